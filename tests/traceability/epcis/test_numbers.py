"""Numbers read from text and written plainly."""

from decimal import Decimal

import pytest

from app.traceability.epcis.numbers import parse, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.0", "1"),
        ("+007", "7"),
        ("-0.50", "-0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("25e-4", "0.0025"),
        ("-0", "0"),
    ],
)
def test_a_number_and_its_plain_form(text: str, expected: str) -> None:
    """No exponent, no leading or trailing zeros, no plus sign."""
    number = parse(text)
    assert number is not None
    assert plain(number) == expected


@pytest.mark.parametrize(
    "text",
    ["", "1_000", "١٢", "0x1f", "nan", "inf", "1e", "--1", "1" * 41, "1e41", "1.175e-38", "1e-99999999999999999999"],
)
def test_a_text_that_is_no_number(text: str) -> None:
    """Other forms, and numbers that would unfold into a very long text."""
    assert parse(text) is None


def test_integers_and_zero() -> None:
    """An int stays; a zero is 0 whatever its exponent."""
    assert (plain(120), plain(Decimal("0E+5")), plain(Decimal("-0.000"))) == ("120", "0", "0")
