"""Money as staff see it: each day's comparison with WeChat's bill, and refunds."""

from datetime import date, datetime

import strawberry

from app.payments.enums import DifferenceKind, RefundState
from app.payments.models import GrantedRefund as RefundRow
from app.payments.reports import ReconciliationDifference as DifferenceRow
from app.payments.reports import ReconciliationReport as ReportRow
from resolvers import node as resolve_node
from resolvers import payment as resolve
from schema.binding import field, of
from schema.types.money import Money


@strawberry.type(description="A charge or a refund that WeChat's bill and the shop's ledger do not have alike.")
@of(DifferenceRow)
class ReconciliationDifference:
    """Its source is a row."""

    kind: DifferenceKind = field(description="How they differ.")
    out_trade_no: str = field(description="The payment, as WeChat knows it.")
    transaction_id: str | None = field(description="The charge, by WeChat's own number; null for a refund.")
    out_refund_no: str | None = field(description="The refund, by the shop's number; null for a charge.")
    on_bill: Money | None = field(resolve.on_bill, description="The bill's amount; null where it has none.")
    on_ledger: Money | None = field(resolve.on_ledger, description="The ledger's amount; null where it has none.")
    is_healed: bool = field(description="Whether they are alike now, after WeChat was asked.")


@strawberry.type(description="What came of comparing a business day: WeChat's bill against the shop's ledger.")
@of(ReportRow)
class ReconciliationReport:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Its id.")
    day: date = field(description="The business day.")
    charge_count: int = field(description="Charges on the bill.")
    charged: Money = field(resolve.charged, description="What they add up to.")
    refund_count: int = field(description="Refunds on the bill.")
    refunded: Money = field(resolve.refunded, description="What they add up to.")
    matched: int = field(description="Charges and refunds that were alike on both sides.")
    differences: list[ReconciliationDifference] = field(
        resolve.differences, description="What was not alike; what still is not comes first.", list_size=5
    )
    created_at: datetime = field(description="When they were compared.")


@strawberry.type(description="Money that was granted to go back to a customer.")
@of(RefundRow)
class GrantedRefund:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque; the mutations take it.")
    number: str = field(resolve.number, description="What WeChat knows it by now; begins with the payment's number.")
    amount: Money = field(resolve.amount, description="What goes back.")
    reason: str = field(description="Why, as the customer reads it in WeChat.")
    state: RefundState = field(resolve.state, description="How far it is.")
    failure: str | None = field(description="Why somebody has to look, in WeChat's word; null if nobody has.")
    tries: int = field(description="How often WeChat was asked.")
    created_at: datetime = field(description="When it was granted.")
    succeeded_at: datetime | None = field(description="When the money went back; null until then.")
