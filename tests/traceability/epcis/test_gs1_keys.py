"""Check digits and canonical Digital Links of GS1 keys."""

import pytest

from app.traceability.epcis.gs1_keys import Gs1Key, check_digit


@pytest.mark.parametrize(
    ("digits", "digit"),
    [("690123400001", "6"), ("0690123412345", "6"), ("9638507", "4"), ("01234567890", "5"), ("0", "0")],
)
def test_check_digit(digits: str, digit: str) -> None:
    """The digit that makes the weighted sum a multiple of ten, for keys of any length."""
    assert check_digit(digits) == digit


def test_the_finest_qualifier_stands_in_the_link() -> None:
    """A serial number hides the lot in the link, but the key knows both."""
    key = Gs1Key("01", "06901234123456", (("10", "L1"), ("21", "S/9")))
    assert key.digital_link == "https://id.gs1.org/01/06901234123456/21/S%2F9"
    assert (key.gtin14, key.lot) == ("06901234123456", "L1")


def test_a_logistic_unit_is_judged_by_no_check_digit() -> None:
    """GTIN and GLN must have the right digit; an SSCC need not."""
    assert Gs1Key("00", "069012340000000019").has_right_check_digit
    assert not Gs1Key("01", "06901234123457").has_right_check_digit
    assert not Gs1Key("414", "6901234000017").has_right_check_digit
    assert Gs1Key("8006", "069012341234560102").has_right_check_digit
