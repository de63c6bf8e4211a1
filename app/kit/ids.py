"""Global ids: base64url of `Type:key`, so that the raw key never leaves the shop (DESIGN section 5).

Source of the form: the Relay object identification specification, which keeps ids opaque to clients.
"""

import binascii
import re

from app.kit.errors import BadInput

MAX_KEY = 2**63 - 1  # a bigint
MAX_LENGTH = 100  # of the text: a type name of 40, a colon and 19 digits take 80

_PLAIN = re.compile(rb"([A-Z][A-Za-z0-9]{0,39}):(0|[1-9][0-9]{0,18})")
_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")


class BadId(BadInput):
    """The text is no global id, or one of another type than asked for."""


def encode(type_name: str, key: int) -> str:
    """The global id of the row `key` (0 to 2^63 - 1) of a GraphQL type."""
    plain = b"%s:%d" % (type_name.encode(), key)
    return binascii.b2a_base64(plain, newline=False).rstrip(b"=").translate(_TO_URL).decode()


def parse(text: str) -> tuple[str, int]:
    """The type name and key in a global id; only the spelling that `encode` gives is accepted.

    Raises:
        BadId: malformed, a key beyond a bigint, or another spelling of a valid id.
    """
    if not 0 < len(text) <= MAX_LENGTH or not text.isascii():
        raise BadId("not an id")
    coded = text.encode().translate(_FROM_URL)
    try:
        plain = binascii.a2b_base64(coded + b"=" * (-len(coded) % 4))
    except binascii.Error:
        raise BadId("not an id") from None
    found = _PLAIN.fullmatch(plain)
    if found is None:
        raise BadId("not an id")
    name, key = found[1].decode(), int(found[2])
    if key > MAX_KEY or encode(name, key) != text:
        raise BadId("not an id")
    return name, key


def decode(text: str, *types: str) -> int:
    """The key in a global id of one of `types`.

    Raises:
        BadId: no global id, or one of another type.
    """
    name, key = parse(text)
    if name not in types:
        raise BadId(f"an id of {' or '.join(types)} is expected here")
    return key
