"""What WeChat's servers tell the shop by themselves: the message push of a mini-program, in its safe mode.

A message is signed over its ciphertext, its time and a nonce, and sealed with AES-256-CBC (WeChat's technical plan of
message encryption). In the other mode the signature does not cover the message: whoever saw one address could write
any, so that mode is refused.
"""

import hashlib
import hmac
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from app.kit import clock

FRESH = timedelta(minutes=5)  # how far a message's time may be from ours
BLOCK = 32  # the padding's, twice that of AES
_HEAD = 16 + 4  # random bytes, and the length of what follows
_PLACES = ("Event", "OpenID", "AppID", "CreateTime", "RevokeInfo")
_XML = r"<{0}>(?:<!\[CDATA\[(?P<raw>[^\]]*)\]\]>|(?P<plain>[^<&]*))</{0}>"


class NotFromWeChat(Exception):  # noqa: N818 - refusals carry no suffix
    """The signature, the time or the mini-program is another. Nothing of the message is repeated."""


class NoMessage(Exception):  # noqa: N818 - as above
    """It is signed well, and cannot be read."""


class PushKeys:
    """The token and the EncodingAESKey of the mini-program's console, and whose messages they are."""

    def __init__(self, token: str, encoding_key: str, appid: str) -> None:
        """`encoding_key`: 43 characters, base64 of 32 bytes without the sign at its end.

        Raises:
            ValueError: it is none. Nothing of it is repeated.
        """
        try:
            key = b64decode(f"{encoding_key}=", validate=True)
        except NotBase64:
            key = b""
        if len(key) != BLOCK or not token:
            raise ValueError(
                "WECHAT_PUSH_TOKEN and WECHAT_PUSH_KEY are those of the console; the key has 43 characters"
            )
        self._token = token
        self._key = key
        self._appid = appid.encode()

    def echo(self, query: Mapping[str, str]) -> str:
        """What the console wants back when an address is entered there.

        Raises:
            NotFromWeChat: it is not signed so.
        """
        self._check(query, query.get("signature", ""))
        return query.get("echostr", "")

    def opened(self, query: Mapping[str, str], body: bytes) -> "Event":
        """The event of a message, verified before it is opened.

        Raises:
            NotFromWeChat: signed otherwise, too long ago, or for another mini-program.
            NoMessage: it cannot be read, which nobody without the token can bring about.
        """
        encrypted = _values(body, ("Encrypt",)).get("Encrypt", "")
        if not encrypted:
            raise NotFromWeChat("not in safe mode")
        self._check(query, query.get("msg_signature", ""), encrypted)
        found = _values(self._decrypt(encrypted), _PLACES)
        return Event.of(found, self._appid.decode())

    def _check(self, query: Mapping[str, str], signature: str, *parts: str) -> None:
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        text = "".join(sorted((self._token, timestamp, nonce, *parts)))
        right = hashlib.sha1(text.encode(), usedforsecurity=True).hexdigest()  # noqa: S324 - WeChat's choice
        if not hmac.compare_digest(right.encode(), signature.encode()):
            raise NotFromWeChat("signature")
        if abs(clock.now() - _moment(timestamp)) > FRESH:
            raise NotFromWeChat("time")

    def _decrypt(self, encrypted: str) -> bytes:
        try:
            sealed = b64decode(encrypted, validate=True)
            opening = Cipher(AES(self._key), CBC(self._key[:16])).decryptor()
            padded = opening.update(sealed) + opening.finalize()
        except ValueError:
            raise NoMessage("cipher") from None
        fill = padded[-1] if padded else 0
        if not 0 < fill <= BLOCK or padded[-fill:] != bytes([fill]) * fill:
            raise NoMessage("padding")
        content = padded[:-fill]
        end = _HEAD + int.from_bytes(content[16:_HEAD])
        if len(content) < end:
            raise NoMessage("length")
        if not hmac.compare_digest(content[end:], self._appid):
            raise NotFromWeChat("mini-program")
        return content[_HEAD:end]


class Event:
    """Something that happened to a person at WeChat. Its text shows nothing of her."""

    def __init__(self, name: str, openid: str, created_at: datetime, revoked: frozenset[int]) -> None:
        """`revoked`: what she takes back, by WeChat's numbers, such as 8 for the phone number."""
        self.name = name
        self.openid = openid
        self.created_at = created_at
        self.revoked = revoked

    @classmethod
    def of(cls, found: Mapping[str, str], appid: str) -> "Event":
        """The event of a message's values.

        Raises:
            NotFromWeChat: it names another mini-program.
            NoMessage: what every event has is missing.
        """
        if found.get("AppID", appid) != appid:
            raise NotFromWeChat("mini-program")
        if not found.get("Event"):
            raise NoMessage("event")
        revoked = frozenset(int(each) for each in re.findall(r"\d{1,4}", found.get("RevokeInfo", "")))
        return cls(found["Event"], found.get("OpenID", ""), _moment(found.get("CreateTime", "")), revoked)

    def __repr__(self) -> str:
        """Nothing that a log should not keep."""
        return f"Event({self.name})"


def _moment(text: str) -> datetime:
    """Seconds since 1970 as a time; what is none is long ago."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= 11  # noqa: PLR2004 - of the year 5138
    return datetime.fromtimestamp(int(text) if is_number else 0, UTC)


def _values(message: bytes, names: tuple[str, ...]) -> dict[str, str]:
    """Those of a message's values that are named: WeChat sends a flat JSON object or flat XML, as the console says."""
    try:
        text = message.decode()
    except UnicodeDecodeError:
        raise NoMessage("bytes") from None
    if text.lstrip().startswith("<"):
        found = {name: re.search(_XML.format(name), text) for name in names}
        return {name: each["raw"] or each["plain"] or "" for name, each in found.items() if each is not None}
    try:
        read: Any = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise NoMessage("neither JSON nor XML") from None
    if not isinstance(read, dict):
        raise NoMessage("no object")
    return {name: str(read[name]).strip() for name in names if isinstance(read.get(name), str | int)}
