"""What the stand-in knows: its people, the codes it gave out, and how it was told to fail."""

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

CODE_SECONDS = 300
TOKEN_SECONDS = 7200


@dataclass(slots=True)
class Code:
    """A code somebody's phone was given: whose, since when, and whether it was used."""

    meaning: str
    given_at: float
    is_used: bool = False


@dataclass(slots=True)
class State:
    """`faults` holds, by call, what the next answers are instead: an error code, "slow", "html" or "reset"."""

    appid: str
    secret: str
    login_codes: dict[str, Code] = field(default_factory=dict)
    phone_codes: dict[str, Code] = field(default_factory=dict)
    faults: dict[str, list[int | str]] = field(default_factory=lambda: defaultdict(list))
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    shipped: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))  # by transaction id
    token: str = field(default_factory=lambda: secrets.token_urlsafe(96))
    token_at: float = 0
    grants: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))  # by openid and template id
    sent: list[dict[str, Any]] = field(default_factory=list)  # the messages, as they were asked for
    push_token: str = ""
    push_key: str = ""  # the EncodingAESKey
    push_url: str = ""  # where the shop is told
    watermark: str | None = None  # the appid that is told as the number's, if not our own

    def give_login_code(self, openid: str, now: float) -> str:
        """What `wx.login` answers on the phone of `openid`."""
        code = secrets.token_hex(16)
        self.login_codes[code] = Code(openid, now)
        return code

    def give_phone_code(self, number: str, now: float) -> str:
        """What the button `getPhoneNumber` answers to the owner of `number`."""
        code = secrets.token_hex(32)
        self.phone_codes[code] = Code(number, now)
        return code

    def take(self, codes: dict[str, Code], code: object, now: float) -> Code | int:
        """The code, used from now on, or the error code it is refused with."""
        found = codes.get(code) if isinstance(code, str) else None
        if found is None or now - found.given_at > CODE_SECONDS:
            return 40029
        if found.is_used:
            return 40163
        found.is_used = True
        return found

    def newest_token(self, now: float) -> str:
        """The access token, a new one once the old is over."""
        if now - self.token_at >= TOKEN_SECONDS:
            self.token, self.token_at = secrets.token_urlsafe(96), now
        return self.token
