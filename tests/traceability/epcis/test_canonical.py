"""Canonical JSON: RFC 8785 with exact numbers."""

import json
from decimal import Decimal

from app.traceability.epcis.canonical import canonical_event, canonical_json
from app.traceability.epcis.context import Context


def test_members_escapes_and_order_of_the_rfc() -> None:
    """The sorting example of RFC 8785, 3.2.3, and the escapes of 3.2.2.2."""
    names = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}
    assert list(json.loads(canonical_json(dict(names)))) == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]
    assert canonical_json('€$\x0f\nA\'B"\\\\"/优') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/优"'


def test_numbers_are_exact_and_plain() -> None:
    """Digits beyond a double survive; exponents and trailing zeros go."""
    numbers = [Decimal("12345678901234567.8900"), 2**60, Decimal("1E+3"), Decimal("-0.0"), Decimal("2.50E-2"), 100]
    assert canonical_json(list(numbers)) == "[12345678901234567.89,1152921504606846976,1000,0,0.025,100]"


def test_constants() -> None:
    """true, false and null; a truth value is no number."""
    assert canonical_json([True, False, None, {}, []]) == "[true,false,null,{},[]]"


def test_an_event_takes_the_prefixes_it_uses_with_it() -> None:
    """Prefixes of member names and of CURIEs, nested ones too; others stay behind."""
    context = Context({"a": "https://a.example/", "b": "https://b.example/", "c": "https://c.example/"})
    text = canonical_event({"type": "ObjectEvent", "a:x": [{"y": "b:z"}]}, context)
    assert text == (
        '{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",'
        '{"a":"https://a.example/","b":"https://b.example/"}],"a:x":[{"y":"b:z"}],"type":"ObjectEvent"}'
    )
