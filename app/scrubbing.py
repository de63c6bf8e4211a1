"""Takes what is personal or secret out of texts that leave for logs and traces (DESIGN rule 9).

The last line of defence: nothing personal should be logged in the first place. What stands under a telling key goes
whole; in any other text, what looks like a phone number, an openid, a token of ours, a card number, or a value behind
a telling name, and PostgreSQL's DETAIL lines, which repeat whole rows.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

HIDDEN = "[hidden]"
SECRET_KEYS = frozenset(
    {
        *(
            "access_token",
            "accesstoken",
            "refresh_token",
            "refreshtoken",
            "token",
            "authorization",
            "cookie",
            "api_key",
        ),
        *("code", "js_code", "secret", "session_key", "password"),
        *("openid", "unionid", "phone", "phonenumber", "purephonenumber", "mobile"),
    }
)
"""Keys whose texts are hidden whole; the columns of the register of personal data are added to them."""

CARD_DIGITS = (13, 19)
_RUN = re.compile(r"\d(?:[ -]?\d){12,}")
_GROUPS = re.compile(r"\d+")
_VALUES = re.compile(
    r"(?P<hash>\b(?:[0-9a-f]{32}|[0-9a-f]{64})\b)"  # trace ids and digests stay, whatever digits are in them
    r"|\byg2\.[\w.-]+|\byg[rk]_[\w-]+"
    r"|\bo(?=[\w-]*[A-Z0-9])[A-Za-z0-9_-]{27}(?![\w-])"  # an openid: 28 characters from an o on
    r"|(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"  # a mobile number of the mainland
    r"|(?P<name>\b(?i:js_code|secret|access_token|refresh_token|session_key|openid|unionid|password|(?:pure)?phoneNumber)"
    r"[\"']?\s?[=:]\s?[\"']?)[^\s\"'&,;)}]+"
    r"|(?P<detail>^DETAIL:).*$",
    re.MULTILINE,
)


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand in `text`: 13 to 19 digits, spaces and hyphens allowed between, that pass Luhn's check.

    A number begins and ends with a group of digits: 4111 1111 1111 1111 is found with an amount before or behind it.
    """
    for run in _RUN.finditer(text):
        groups = [group.span() for group in _GROUPS.finditer(text, *run.span())]
        for first, (start, _) in enumerate(groups):
            for _, end in groups[first:]:
                if passes_luhn(text[start:end]):
                    yield start, end


def passes_luhn(text: str) -> bool:
    """Whether the digits of `text` are 13 to 19 and their last one is the check digit of the others."""
    digits = [int(each) for each in text if each.isdecimal()]
    if not CARD_DIGITS[0] <= len(digits) <= CARD_DIGITS[1]:
        return False
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def scrubbed(text: str) -> str:
    """`text` with HIDDEN where something personal or secret stood."""
    for start, end in reversed(list(cards(text))):
        text = f"{text[:start]}{HIDDEN}{text[end:]}"
    return _VALUES.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    return found["hash"] or f"{found['name'] or ''}{found['detail'] or ''}{HIDDEN}"


class Scrubber:
    """Scrubs structured values; `keys` are hidden besides SECRET_KEYS."""

    def __init__(self, keys: Collection[str] = ()) -> None:
        self._keys = SECRET_KEYS | {key.lower() for key in keys}

    def __call__(self, value: Any, key: str = "") -> Any:
        """`value` without anything personal, inside it too; an object that tells something becomes a text."""
        if isinstance(value, Mapping):
            return {name: self(each, str(name)) for name, each in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self(each, key) for each in value]
        if value is None or isinstance(value, bool):
            return value
        name = key.lower().rpartition(".")[2]
        if name in self._keys and not (name == "code" and isinstance(value, int)):  # an error's number is a code too
            return HIDDEN
        text = value if isinstance(value, str) else str(value)
        clean = scrubbed(text)
        return value if clean == text else clean
