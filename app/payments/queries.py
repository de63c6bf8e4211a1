"""Reads of payments."""

from datetime import datetime

from app.accounts.models import Customer
from app.kit import db
from app.kit.db import RequestConnection
from app.kit.listing import Listing
from app.kit.rows import select
from app.payments.errors import PaymentUnknown
from app.payments.gateway import Charge
from app.payments.models import GrantedRefund, Payment
from app.payments.reports import ReconciliationDifference, ReconciliationReport

_PAYMENT, _REFUND = select(Payment, "p"), select(GrantedRefund, "r")
_BY_ID = f"SELECT {_PAYMENT} FROM payment p WHERE p.id = $1"
_LOCK = f"{_BY_ID} FOR NO KEY UPDATE"
_BY_NUMBER = f"SELECT {_PAYMENT} FROM payment p WHERE p.out_trade_no = $1"
_REFUND_BY_ID = f"SELECT {_REFUND} FROM granted_refund r WHERE r.id = $1"
_REFUND_BY_NUMBER = f"SELECT {_REFUND} FROM granted_refund r WHERE r.out_refund_no = $1"
_REFUNDS_OF = f"SELECT {_REFUND} FROM granted_refund r WHERE r.payment_id = ANY($1) ORDER BY r.payment_id, r.ordinal"
_CHARGE = """SELECT transaction_id, amount_fen, happened_at FROM payment_event
WHERE payment_id = $1 AND transaction_id = $2 AND kind = 'CHARGE' AND outcome = 'SUCCESS'"""
_PAYER = f"SELECT {select(Customer, 'c')} FROM customer c WHERE c.id = $1 AND c.status = 'ACTIVE'"
_WAITING = """SELECT id FROM payment
WHERE paid_at IS NULL AND closed_at IS NULL AND asked_at < $1 AND expires_at > $2 ORDER BY expires_at, id LIMIT $3"""
_DIFFERENCES = f"""SELECT {select(ReconciliationDifference, "d")} FROM reconciliation_difference d
WHERE d.report_id = ANY($1) ORDER BY d.report_id, d.is_healed, d.id"""


async def payment(payment_id: int) -> Payment:
    """The payment.

    Raises:
        PaymentUnknown: there is none.
    """
    return _one(await db.rows(Payment, _BY_ID, payment_id))


async def lock(tx: RequestConnection, payment_id: int) -> Payment:
    """The payment, whose money nobody else moves until the transaction ends.

    Who locks an order too locks that first.

    Raises:
        PaymentUnknown: there is none.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    return _one(await db.rows(Payment, _LOCK, payment_id))


def _one(found: list[Payment]) -> Payment:
    if not found:
        raise PaymentUnknown
    return found[0]


async def by_number(out_trade_no: str) -> Payment | None:
    """The payment WeChat knows by this number; None if there is none."""
    found = await db.rows(Payment, _BY_NUMBER, out_trade_no)
    return found[0] if found else None


async def charge_of(paid: Payment) -> Charge | None:
    """The charge that pays it; None while it is not paid."""
    if paid.transaction_id is None:
        return None
    found = (await db.fetch(_CHARGE, paid.id, paid.transaction_id))[0]
    return Charge(paid.out_trade_no, found["transaction_id"], found["amount_fen"], found["happened_at"])


async def refund(refund_id: int) -> GrantedRefund | None:
    """The granted refund; None if there is none."""
    found = await db.rows(GrantedRefund, _REFUND_BY_ID, refund_id)
    return found[0] if found else None


async def refund_by_number(base: str) -> GrantedRefund | None:
    """The granted refund whose first attempt has this number; None if there is none."""
    found = await db.rows(GrantedRefund, _REFUND_BY_NUMBER, base)
    return found[0] if found else None


async def refunds_of(payment_ids: list[int]) -> list[GrantedRefund]:
    """What was granted of these payments, each one's in the order of granting."""
    return await db.rows(GrantedRefund, _REFUNDS_OF, payment_ids)


async def payer(customer_id: int) -> Customer | None:
    """The customer; None when she closed her account."""
    found = await db.rows(Customer, _PAYER, customer_id)
    return found[0] if found else None


async def waiting(asked_before: datetime, ends_after: datetime, most: int) -> list[int]:
    """The payments WeChat may have been paid without our knowing, the first to end first: ids."""
    return [record["id"] for record in await db.fetch(_WAITING, asked_before, ends_after, most)]


async def differences_by_report(report_ids: list[int]) -> list[ReconciliationDifference]:
    """What differed, of each report: what is still open first."""
    return await db.rows(ReconciliationDifference, _DIFFERENCES, report_ids)


RECONCILIATIONS = Listing(
    "reconciliation",
    ReconciliationReport,
    select(ReconciliationReport, "r"),
    "FROM reconciliation_report r WHERE true",
    "r",
)
FAILED_REFUNDS = Listing(
    "failed_refund",
    GrantedRefund,
    _REFUND,
    "FROM granted_refund r WHERE r.failure IS NOT NULL",
    "r",
)
