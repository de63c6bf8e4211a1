"""Numbers of JSON texts: read without losing a digit, written in one plain form."""

import re
from decimal import Decimal, InvalidOperation

MAX_LENGTH = 40
"""The longest number read, as given and in plain form, so that no short text unfolds into a huge one."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")


def parse(text: str) -> Decimal | None:
    """The number that a text writes, or None when it writes none or one beyond `MAX_LENGTH`."""
    if len(text) > MAX_LENGTH or not _NUMBER.match(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond what the decimal module holds
        return None
    if not number.is_zero() and abs(number.adjusted()) > MAX_LENGTH:
        return None
    return number if len(plain(number)) <= MAX_LENGTH else None


def plain(number: int | Decimal) -> str:
    """The number without exponent, leading or trailing zeros, or a plus sign: `12.1`, `26`, `0`."""
    if isinstance(number, int):
        return str(number)
    if number.is_zero():
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
