"""Payments as staff see them: the daily comparison with the bill, and refunds that need somebody."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.kit import ids
from app.kit.paging import Page
from app.payments import queries, retrying
from app.payments.enums import RefundState
from app.payments.models import GrantedRefund
from app.payments.reports import ReconciliationDifference, ReconciliationReport
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 50.")]


def reconciliations(first: First = 20, after: After = None) -> Awaitable[Page[ReconciliationReport]]:
    """A page of the reports."""
    return queries.RECONCILIATIONS.page(first=first, after=after)


def failed_refunds(first: First = 20, after: After = None) -> Awaitable[Page[GrantedRefund]]:
    """A page of the refunds that need somebody."""
    return queries.FAILED_REFUNDS.page(first=first, after=after)


def differences(parent: Parent[ReconciliationReport], info: Info) -> Awaitable[list[ReconciliationDifference]]:
    """What differed."""
    return info.context.loaders.differences_by_report.load(parent.id)


def charged(parent: Parent[ReconciliationReport]) -> int:
    """What the bill says came."""
    fen: int = parent.charge_fen
    return fen


def refunded(parent: Parent[ReconciliationReport]) -> int:
    """What the bill says went back."""
    fen: int = parent.refund_fen
    return fen


def on_bill(parent: Parent[ReconciliationDifference]) -> int | None:
    """The bill's amount."""
    fen: int | None = parent.bill_fen
    return fen


def on_ledger(parent: Parent[ReconciliationDifference]) -> int | None:
    """The ledger's amount."""
    fen: int | None = parent.ledger_fen
    return fen


def amount(parent: Parent[GrantedRefund]) -> int:
    """What goes back."""
    fen: int = parent.amount_fen
    return fen


def state(parent: Parent[GrantedRefund]) -> RefundState:
    """How far it is."""
    return parent.state


def number(parent: Parent[GrantedRefund]) -> str:
    """The current attempt's number."""
    return parent.number


def retry(info: Info, refund_id: ID) -> Awaitable[GrantedRefund]:
    """The refund, on its way again."""
    return retrying.retry(info.context.caller, ids.decode(refund_id, "GrantedRefund"))
