"""GS1 identification keys by application identifier (AI), and their canonical Digital Link."""

import re
from dataclasses import dataclass
from urllib.parse import quote

_GTIN_LENGTH = 14
_FINEST = {"01": ("21", "235", "10"), "8006": ("21", "10"), "414": ("254",), "8010": ("8011",)}
_GTIN_KEYS = frozenset({"01", "8006"})
_GLN_KEYS = frozenset({"414", "417"})
_LOT = "10"
_SAFE = "';="

MAX_LOT_LENGTH = 20
"""GS1 General Specifications, AI (10)."""

VALUE_CHARACTERS = r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]"
"""GS1 AI encodable character set 82."""

_CPI_CHARACTERS = r"[#\-/0-9A-Z]"
_PREFIXED = r"(?=[0-9]{4}.)"  # a GS1 company prefix and something after it, so that ordinary paths are no keys
KEY_FORMATS = {
    ai: re.compile(pattern + r"\Z")
    for ai, pattern in {
        "00": r"[0-9]{18}",
        "01": r"(?:[0-9]{8}|[0-9]{12,14})",
        "253": rf"[0-9]{{13}}{VALUE_CHARACTERS}{{0,17}}",
        "255": r"[0-9]{13}[0-9]{0,12}",
        "401": rf"{_PREFIXED}{VALUE_CHARACTERS}{{1,30}}",
        "402": r"[0-9]{17}",
        "414": r"[0-9]{13}",
        "417": r"[0-9]{13}",
        "8003": rf"[0-9]{{14}}{VALUE_CHARACTERS}{{0,16}}",
        "8004": rf"{_PREFIXED}{VALUE_CHARACTERS}{{1,30}}",
        "8006": r"[0-9]{18}",
        "8010": rf"{_PREFIXED}{_CPI_CHARACTERS}{{1,30}}",
        "8017": r"[0-9]{18}",
        "8018": r"[0-9]{18}",
    }.items()
}
"""The form of each primary key that the event hash knows."""


@dataclass(frozen=True, slots=True)
class Gs1Key:
    """A primary key with its qualifiers, all values decoded; `value` of AI 01 always has 14 digits."""

    ai: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()

    def qualifier(self, ai: str) -> str | None:
        """The value of a qualifier, None when it is absent."""
        return next((value for name, value in self.qualifiers if name == ai), None)

    @property
    def gtin14(self) -> str | None:
        """The GTIN of a trade item or of a piece of one."""
        return self.value[:_GTIN_LENGTH] if self.ai in _GTIN_KEYS else None

    @property
    def lot(self) -> str | None:
        """The batch or lot of a trade item."""
        return self.qualifier(_LOT)

    @property
    def digital_link(self) -> str:
        """The canonical Digital Link with the finest level only, as the event hash wants it (CBV 2.0, 8.9.2)."""
        link = f"https://id.gs1.org/{self.ai}/{quote(self.value, safe=_SAFE)}"
        for ai in _FINEST.get(self.ai, ()):
            value = self.qualifier(ai)
            if value is not None:
                return f"{link}/{ai}/{quote(value, safe=_SAFE)}"
        return link

    @property
    def has_right_check_digit(self) -> bool:
        """Whether the check digit of a GTIN or GLN is right; true for every other key.

        SSCCs are not judged: published test data that GS1's own schema accepts carry random ones.
        """
        digits = self.value if self.ai in _GLN_KEYS else self.gtin14
        return digits is None or check_digit(digits[:-1]) == digits[-1]


def check_digit(digits: str) -> str:
    """The GS1 mod-10 check digit that belongs after these digits (GS1 General Specifications, 7.9.1)."""
    total = 3 * sum(map(int, digits[-1::-2])) + sum(map(int, digits[-2::-2]))
    return str(-total % 10)
