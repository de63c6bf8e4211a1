"""GS1 Digital Links of any domain as GS1 keys (GS1 Digital Link Standard: URI Syntax)."""

import re
from urllib.parse import unquote

from app.traceability.epcis.gs1_keys import KEY_FORMATS, VALUE_CHARACTERS, Gs1Key

_LINK = re.compile(r"https?://[^/?#]+/([^?#]+)", re.IGNORECASE)
_GS1_DOMAIN = re.compile(r"https?://id\.gs1\.org/", re.IGNORECASE)
_QUALIFIER = re.compile(rf"{VALUE_CHARACTERS}{{1,30}}\Z")
_GTIN_LENGTH = 14

_SHORT_NAMES = {
    "gtin": "01",
    "itip": "8006",
    "cpid": "8010",
    "gln": "414",
    "party": "417",
    "gsrnp": "8017",
    "gsrn": "8018",
    "gcn": "255",
    "sscc": "00",
    "gdti": "253",
    "ginc": "401",
    "gsin": "402",
    "grai": "8003",
    "giai": "8004",
    "cpv": "22",
    "lot": "10",
    "ser": "21",
}
_QUALIFIERS = {
    "01": ("22", "10", "21", "235"),
    "8006": ("22", "10", "21"),
    "414": ("254", "7040"),
    "417": ("7040",),
    "8010": ("8011",),
    "8017": ("8019",),
    "8018": ("8019",),
}


def is_gs1_domain(uri: str) -> bool:
    """Whether a URI stands on id.gs1.org, where everything is a Digital Link."""
    return _GS1_DOMAIN.match(uri) is not None


def parse(uri: str) -> Gs1Key | None:
    """The key in the path of a URI, or None when the path holds none.

    The path may begin with other segments; after the key only its qualifiers may follow. Query and fragment
    do not count.
    """
    found = _LINK.match(uri)
    if found is None:
        return None
    segments = found.group(1).removesuffix("/").split("/")
    for index, segment in enumerate(segments[:-1]):
        ai = _SHORT_NAMES.get(segment, segment)
        pattern = KEY_FORMATS.get(ai)
        if pattern is not None:
            value = unquote(segments[index + 1])
            if pattern.match(value):
                return _with_qualifiers(ai, value, segments[index + 2 :])
    return None


def _with_qualifiers(ai: str, value: str, segments: list[str]) -> Gs1Key | None:
    allowed = _QUALIFIERS.get(ai, ())
    qualifiers: list[tuple[str, str]] = []
    if len(segments) % 2:
        return None
    for name, text in zip(segments[::2], segments[1::2], strict=True):
        qualifier, decoded = _SHORT_NAMES.get(name, name), unquote(text)
        if qualifier not in allowed or not _QUALIFIER.match(decoded):
            return None
        qualifiers.append((qualifier, decoded))
    return Gs1Key(ai, value.zfill(_GTIN_LENGTH) if ai == "01" else value, tuple(qualifiers))
