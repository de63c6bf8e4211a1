"""Trade item numbers."""

import re

_FORM = re.compile(r"[0-9]{14}")


def is_gtin14(text: str) -> bool:
    """Whether `text` is a GTIN of 14 digits whose last one is the GS1 check digit of the others (mod 10, 3 and 1)."""
    if _FORM.fullmatch(text) is None:
        return False
    return sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(text)) % 10 == 0
