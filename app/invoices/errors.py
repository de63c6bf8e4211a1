"""What asking for an invoice, and issuing it, are refused for."""

from dataclasses import dataclass

from app.invoices.enums import InvoiceState
from app.kit.errors import BadInput, Refusal


class BadInvoice(BadInput):
    """An e-mail address, a number or a mixture of fields that cannot be right."""


@dataclass(frozen=True, slots=True)
class TaxNumberWrong(Refusal):
    """The tax number is no unified social credit code: its form or its check character is wrong."""

    zh = "纳税人识别号（统一社会信用代码）有误，请核对。"
    en = "The tax number is no unified social credit code: check it again."


@dataclass(frozen=True, slots=True)
class InvoiceExists(Refusal):
    """The order has an invoice, or one is asked for."""

    state: InvoiceState

    zh = "该订单已申请或已开具发票。"
    en = "An invoice of this order was asked for, or issued, already."


@dataclass(frozen=True, slots=True)
class NothingToInvoice(Refusal):
    """All that was paid has gone back."""

    zh = "该订单没有可开票金额。"
    en = "Nothing of this order is left to be invoiced."


@dataclass(frozen=True, slots=True)
class InvoiceNotFound(Refusal):
    """There is no such invoice at a point this member of staff serves."""

    zh = "没有这个发票申请。"
    en = "There is no such invoice."


@dataclass(frozen=True, slots=True)
class InvoiceDecided(Refusal):
    """It was issued or rejected before."""

    state: InvoiceState

    zh = "该发票申请已处理。"
    en = "The invoice was issued or rejected before."


@dataclass(frozen=True, slots=True)
class InvoiceAmountChanged(Refusal):
    """More has gone back since it was asked for: an invoice is of what was kept."""

    amount_fen: int

    zh = "申请后发生了退款，开票金额已变化。"
    en = "Money went back meanwhile: the invoice is of another amount now."
