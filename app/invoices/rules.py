"""Rules of invoices, without I/O."""

import re

from app.invoices.enums import InvoiceKind
from app.invoices.errors import BadInvoice, TaxNumberWrong
from app.kit.errors import Refused

MOST_TITLE, MOST_EMAIL, MOST_REASON = 100, 120, 200

# GB 32100-2015: 31 characters without I, O, S, V, Z; the last of 18 is the check character
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FORM = re.compile(rf"[159ANY][1-9][0-9]{{6}}[{CHARACTERS}]{{10}}")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,63})+"
)
_NUMBER = re.compile(r"[0-9]{8}|[0-9]{20}")  # the paper form's number, and that of a fully electronic invoice


def check_character(body: str) -> str:
    """The check character of the 17 before it (GB 32100-2015, 4.2)."""
    total = sum(CHARACTERS.index(each) * weight for each, weight in zip(body, _WEIGHTS, strict=True))
    return CHARACTERS[-total % 31]


def is_tax_number(text: str) -> bool:
    """Whether it is a unified social credit code, which has been the tax number of companies since 2015."""
    return _FORM.fullmatch(text) is not None and check_character(text[:-1]) == text[-1]


def check_tax_number(kind: InvoiceKind, given: str | None) -> str | None:
    """The number as it is written on the invoice: in capitals, without blanks; None for a person.

    Raises:
        BadInvoice: a person gave one, or a company none.
        Refused: TaxNumberWrong.
    """
    if (given is None) != (kind is InvoiceKind.PERSONAL):
        raise BadInvoice("taxNumber goes with COMPANY, and only with it")
    if given is None:
        return None
    plain = "".join(given.split()).upper()
    if not is_tax_number(plain):
        raise Refused(TaxNumberWrong())
    return plain


def check_email(text: str) -> str:
    """The address.

    Raises:
        BadInvoice: it has another form.
    """
    plain = text.strip()
    if len(plain) > MOST_EMAIL or _EMAIL.fullmatch(plain) is None:
        raise BadInvoice("email is an address such as name@example.cn")
    return plain


def check_number(text: str) -> str:
    """The number of an invoice that was issued.

    Raises:
        BadInvoice: neither 8 nor 20 digits.
    """
    if _NUMBER.fullmatch(text) is None:
        raise BadInvoice("number has 20 digits, or 8 where it is still printed")
    return text
