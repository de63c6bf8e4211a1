"""What can stand on an invoice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.invoices import rules
from app.invoices.enums import InvoiceKind
from app.invoices.errors import BadInvoice
from app.kit.errors import Refused

GOOD = "91350100M000100Y43"  # the example of GB 32100-2015 that is passed around


def test_a_tax_number_has_its_check_character() -> None:
    """As it is printed, with blanks and in small letters too."""
    assert rules.is_tax_number(GOOD)
    assert rules.check_tax_number(InvoiceKind.COMPANY, " 91350100 m000100y43 ") == GOOD
    assert rules.check_tax_number(InvoiceKind.PERSONAL, None) is None


@given(st.integers(0, 17), st.sampled_from(rules.CHARACTERS))
def test_one_wrong_character_is_noticed(place: int, other: str) -> None:
    """Wherever it is: 31 is a prime."""
    changed = GOOD[:place] + other + GOOD[place + 1 :]
    assert rules.is_tax_number(changed) == (changed == GOOD)


@given(st.integers(8, 16))
def test_neighbours_that_changed_places_are_noticed(place: int) -> None:
    """Unless they are the same."""
    swapped = GOOD[:place] + GOOD[place + 1] + GOOD[place] + GOOD[place + 2 :]
    assert rules.is_tax_number(swapped) == (swapped == GOOD)


@pytest.mark.parametrize("text", ["", "9135", GOOD + "3", "I" + GOOD[1:], GOOD[:8] + "O" + GOOD[9:], "１" + GOOD[1:]])
def test_other_forms_are_none(text: str) -> None:
    """Too short, too long, letters that look like digits, wide digits."""
    with pytest.raises(Refused):
        rules.check_tax_number(InvoiceKind.COMPANY, text)


@pytest.mark.parametrize(("kind", "number"), [(InvoiceKind.COMPANY, None), (InvoiceKind.PERSONAL, GOOD)])
def test_companies_have_one_and_people_none(kind: InvoiceKind, number: str | None) -> None:
    """Anything else is a mistake of the client."""
    with pytest.raises(BadInvoice):
        rules.check_tax_number(kind, number)


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "a b@c.cn", "a@b..cn", "@c.cn", "a@-c.cn", "王@例.cn", "a" * 120 + "@b.cn"]
)
def test_an_address_has_its_form(text: str) -> None:
    """A plain one passes."""
    with pytest.raises(BadInvoice):
        rules.check_email(text)
    assert rules.check_email(" wang.fang+fp@example.com.cn ") == "wang.fang+fp@example.com.cn"


@pytest.mark.parametrize("text", ["", "1234567", "1" * 21, "1234567a"])
def test_a_number_has_8_or_20_digits(text: str) -> None:
    """Others are none."""
    with pytest.raises(BadInvoice):
        rules.check_number(text)
    assert rules.check_number("2" * 20) == "2" * 20
