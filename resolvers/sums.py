"""Sums of orders and of quotes, in fen: what they are called is the same on both."""

from strawberry import Parent

from app.claims.models import DefectClaim
from app.orders.models import Order, OrderLine, OrderRefund, Substitution
from app.orders.quotes import QuoteLine
from app.orders.quoting import Checkout


def unit_price(parent: Parent[OrderLine | QuoteLine | Substitution]) -> int:
    """What one unit costs."""
    return parent.unit_price_fen


def subtotal(parent: Parent[Order | OrderLine | QuoteLine]) -> int:
    """Before the discount."""
    return parent.subtotal_fen


def discount(parent: Parent[Order | OrderLine | QuoteLine]) -> int:
    """What the coupon takes off."""
    return parent.discount_fen


def total(parent: Parent[Order | OrderLine | QuoteLine]) -> int:
    """What is paid."""
    return parent.total_fen


def refund_granted(parent: Parent[Order | OrderLine]) -> int:
    """What goes back, or has gone."""
    fen: int = parent.refund_granted_fen
    return fen


def refund_amount(parent: Parent[OrderRefund]) -> int:
    """What goes back for one reason."""
    fen: int = parent.amount_fen
    return fen


def asked(parent: Parent[DefectClaim]) -> int:
    """What a claim is worth."""
    fen: int = parent.asked_fen
    return fen


def granted(parent: Parent[DefectClaim]) -> int | None:
    """What of it goes back, once that is decided."""
    fen: int | None = parent.granted_fen
    return fen


def quote_subtotal(parent: Parent[Checkout]) -> int:
    """All lines before the discount."""
    return parent.quote.subtotal_fen


def quote_discount(parent: Parent[Checkout]) -> int:
    """What the coupon takes off."""
    return parent.quote.discount_fen


def quote_total(parent: Parent[Checkout]) -> int:
    """What is to be paid."""
    return parent.quote.total_fen
