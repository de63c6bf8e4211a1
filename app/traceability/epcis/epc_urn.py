"""EPC URNs (`urn:epc:id:`, `urn:epc:class:`, `urn:epc:idpat:`) as GS1 keys (GS1 EPC Tag Data Standard)."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from app.traceability.epcis.gs1_keys import Gs1Key, check_digit

PREFIX = "urn:epc:"

_TEXT = re.compile(r"(?:%[0-9A-Fa-f]{2}|[!'()*+,.0-9:;=A-Za-z_-])+\Z")
_CPI_REFERENCE = re.compile(r"(?:%2[3Ff]|[0-9A-Z-])+\Z")
_COMPANY_PREFIX = re.compile(r"[0-9]{6,12}\Z")
_DIGITS = re.compile(r"[0-9]+\Z")
_PIECES = re.compile(r"[0-9]{2}\.[0-9]{2}\.")
_APPENDED = ""
_LONGEST_REFERENCE = 30
_LONGEST_CPI_SERIAL = 12


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How `company prefix . reference . tail` becomes a key with a check digit.

    `digits` counts company prefix and reference together. The tail is a qualifier of this AI, is appended to
    the key, or does not exist (None). `indicator` says that the reference begins with the key's first digit.
    """

    ai: str
    digits: int
    tail: str | None = None
    longest: int = 0
    tail_form: re.Pattern[str] = _TEXT
    indicator: bool = False
    lead: str = ""


_SGTIN = _Scheme("01", 13, "21", 20, indicator=True)
_UPUI = _Scheme("01", 13, "235", 28, indicator=True)
_ITIP = _Scheme("8006", 13, "21", 20, indicator=True)
_GRAI = _Scheme("8003", 12, _APPENDED, 16, lead="0")
_GDTI = _Scheme("253", 12, _APPENDED, 17)
_SGCN = _Scheme("255", 12, _APPENDED, 12, _DIGITS)
_SCHEMES = {
    "id:sgtin": _SGTIN,
    "id:upui": _UPUI,
    "id:itip": _ITIP,
    "id:sscc": _Scheme("00", 17, indicator=True),
    "id:sgln": _Scheme("414", 12, "254", 20),
    "id:pgln": _Scheme("417", 12),
    "id:grai": _GRAI,
    "id:gsrn": _Scheme("8018", 17),
    "id:gsrnp": _Scheme("8017", 17),
    "id:gdti": _GDTI,
    "id:sgcn": _SGCN,
    "id:gsin": _Scheme("402", 16),
    "class:lgtin": _Scheme("01", 13, "10", 20, indicator=True),
    "idpat:sgtin": _SGTIN,
    "idpat:upui": _UPUI,
    "idpat:itip": _ITIP,
    "idpat:grai": _GRAI,
    "idpat:gdti": _GDTI,
    "idpat:sgcn": _SGCN,
}
_WITHOUT_CHECK_DIGIT = {"id:giai": "8004", "id:ginc": "401", "id:cpi": "8010", "idpat:cpi": "8010"}


def is_known(urn: str) -> bool:
    """Whether a text is an EPC URN of a scheme that has a GS1 key, well-formed or not.

    Patterns that leave more open than the serial number (`urn:epc:idpat:sgtin:4012345.*.*`) stand for no key.
    """
    name, body = _split(urn)
    known = name in _SCHEMES or name in _WITHOUT_CHECK_DIGIT
    return known and not (name.startswith("idpat:") and ".*." in body)


def parse(urn: str) -> Gs1Key | None:
    """The key of an EPC URN, or None when it has none or does not follow its scheme."""
    name, body = _split(urn)
    company, _, rest = body.partition(".")
    if not _COMPANY_PREFIX.match(company):
        return None
    if name in {"id:giai", "id:ginc"}:
        reference = _decoded(rest, _TEXT, _LONGEST_REFERENCE - len(company))
        return None if reference is None else Gs1Key(_WITHOUT_CHECK_DIGIT[name], company + reference)
    if name in {"id:cpi", "idpat:cpi"}:
        return _cpi(company, rest, is_pattern=name.startswith("idpat:"))
    scheme = _SCHEMES.get(name)
    return None if scheme is None else _key(scheme, company, rest, is_pattern=name.startswith("idpat:"))


def _split(urn: str) -> tuple[str, str]:
    """`id:sgtin` and what follows it."""
    if not urn.startswith(PREFIX):
        return "", ""
    kind, _, rest = urn[len(PREFIX) :].partition(":")
    scheme, _, body = rest.partition(":")
    return f"{kind}:{scheme}", body


def _key(scheme: _Scheme, company: str, rest: str, *, is_pattern: bool) -> Gs1Key | None:
    reference, dot, tail = rest.partition(".")
    complete = len(company) + len(reference) == scheme.digits
    if not complete or (reference and not _DIGITS.match(reference)) or bool(dot) != (scheme.tail is not None):
        return None
    body = reference[:1] + company + reference[1:] if scheme.indicator else company + reference
    value = scheme.lead + body
    value += check_digit(value)
    if scheme.ai == _ITIP.ai:  # piece and total number stand between GTIN and serial number
        if not _PIECES.match(tail):
            return None
        value, tail = value + tail[0:2] + tail[3:5], tail[6:]
    if is_pattern:
        return Gs1Key(scheme.ai, value) if tail == "*" else None
    return _with_tail(scheme, value, tail)


def _with_tail(scheme: _Scheme, value: str, tail: str) -> Gs1Key | None:
    if scheme.tail is None:
        return Gs1Key(scheme.ai, value)
    text = _decoded(tail, scheme.tail_form, scheme.longest)
    if text is None:
        return None
    if scheme.tail == _APPENDED:
        return Gs1Key(scheme.ai, value + text)
    if scheme.ai == "414" and text == "0":  # an SGLN with extension 0 is the GLN itself
        return Gs1Key(scheme.ai, value)
    return Gs1Key(scheme.ai, value, ((scheme.tail, text),))


def _cpi(company: str, rest: str, *, is_pattern: bool) -> Gs1Key | None:
    part, _, serial = rest.rpartition(".")
    reference = _decoded(part, _CPI_REFERENCE, _LONGEST_REFERENCE - len(company))
    if reference is None:
        return None
    if is_pattern:
        return Gs1Key("8010", company + reference) if serial == "*" else None
    number = _decoded(serial, _DIGITS, _LONGEST_CPI_SERIAL)
    return None if number is None else Gs1Key("8010", company + reference, (("8011", number),))


def _decoded(text: str, form: re.Pattern[str], longest: int) -> str | None:
    """The text without percent-encoding, or None when it breaks its form."""
    if not form.match(text):
        return None
    decoded = unquote(text)
    return decoded if len(decoded) <= longest and decoded.isascii() and decoded.isprintable() else None
