"""Reads of orders."""

from datetime import datetime

from app.kit import db, paging
from app.kit.cursors import Column, Sort
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.paging import Page
from app.kit.rows import select
from app.orders.errors import OrderNotFound
from app.orders.models import Order, OrderEvent, OrderLine, OrderLineLot, OrderRefund, Substitution

MAX_PAGE = 50
DEFAULT_PAGE = 20

_ORDER = select(Order, "o")
_BY_ID = f"SELECT {_ORDER} FROM customer_order o WHERE o.id = ANY($1)"
_LOCK = f"SELECT {_ORDER} FROM customer_order o WHERE o.id = $1 FOR NO KEY UPDATE"
_LOCK_BY_PAYMENT = f"SELECT {_ORDER} FROM customer_order o WHERE o.payment_id = $1 FOR NO KEY UPDATE"
_LINES = f"SELECT {select(OrderLine, 'l')} FROM order_line l WHERE l.order_id = ANY($1) ORDER BY l.order_id, l.position"
_LINES_BY_ID = f"SELECT {select(OrderLine, 'l')} FROM order_line l WHERE l.id = ANY($1)"
_LOTS = f"""SELECT {select(OrderLineLot, "t")} FROM order_line_lot t
WHERE t.order_line_id = ANY($1) ORDER BY t.order_line_id, t.id"""
_EVENTS = f"SELECT {select(OrderEvent, 'e')} FROM order_event e WHERE e.order_id = ANY($1) ORDER BY e.order_id, e.id"
_REFUNDS = f"""SELECT {select(OrderRefund, "r")}, g.succeeded_at, g.failure, g.accepted_at
FROM order_refund r JOIN granted_refund g ON g.id = r.granted_refund_id
WHERE r.order_id = ANY($1) ORDER BY r.order_id, r.id"""
_SUBSTITUTES_HELD = """SELECT s.hold_id FROM substitution s JOIN order_line l ON l.id = s.order_line_id
WHERE l.order_id = $1 AND s.state IN ('OFFERED', 'ACCEPTED') ORDER BY s.hold_id"""
_SUBSTITUTIONS = f"""SELECT {select(Substitution, "s")} FROM substitution s
WHERE s.order_line_id = ANY($1) ORDER BY s.order_line_id, s.id"""
_OWN_BY_ID = f"{_BY_ID} AND o.customer_id = $2"
_OWN_LINES = f"""SELECT {select(OrderLine, "l")} FROM order_line l JOIN customer_order o ON o.id = l.order_id
WHERE l.id = ANY($1) AND o.customer_id = $2"""
_LATE = """SELECT id FROM customer_order
WHERE status = 'PENDING_PAYMENT' AND pay_by <= $1 AND id > $2 ORDER BY id LIMIT $3"""

SORT = Sort(
    "orders",
    (Column("placed_at", datetime, "o.placed_at", descending=True), Column("id", int, "o.id", descending=True)),
)
_OWN = "FROM customer_order o WHERE o.customer_id = $1 AND ($2::text[] IS NULL OR o.status = ANY($2))"
_FIRST = f"SELECT {_ORDER} {_OWN} ORDER BY {SORT.order_by} LIMIT $3"
_AFTER = f"SELECT {_ORDER} {_OWN} AND {SORT.after(4)} ORDER BY {SORT.order_by} LIMIT $3"
_COUNT = f"SELECT count(*) {_OWN}"
_LIVE = f"""SELECT {_ORDER} FROM customer_order o
WHERE o.customer_id = $1 AND o.status IN ('PENDING_PAYMENT', 'PAID', 'PICKING', 'READY', 'NO_SHOW')
ORDER BY {SORT.order_by} LIMIT {MAX_PAGE}"""


async def by_ids(ids: list[int]) -> list[Order]:
    """The orders with these ids, whoever's they are, in no order."""
    return await db.rows(Order, _BY_ID, ids)


async def own(ids: list[int], *, customer_id: int | None) -> list[Order]:
    """Those of these orders that are the customer's (None: nobody's), in no order."""
    return await db.rows(Order, _OWN_BY_ID, ids, customer_id)


async def live(customer_id: int) -> list[Order]:
    """The customer's orders that are not over, newest first, MAX_PAGE at most."""
    return await db.rows(Order, _LIVE, customer_id)


async def own_lines(ids: list[int], *, customer_id: int | None) -> list[OrderLine]:
    """Those of these lines that are of orders of the customer's (None: nobody's), in no order."""
    return await db.rows(OrderLine, _OWN_LINES, ids, customer_id)


async def lock(tx: RequestConnection, order_id: int) -> Order:
    """The order, which nobody else moves until the transaction ends. What it holds is locked after it.

    Raises:
        Refused: OrderNotFound.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    found = await db.rows(Order, _LOCK, order_id)
    if not found:
        raise Refused(OrderNotFound())
    return found[0]


async def lock_by_payment(tx: RequestConnection, payment_id: int) -> Order | None:
    """The order that a payment pays, locked as by `lock`; None when no order has it."""
    tx.require_transaction()
    found = await db.rows(Order, _LOCK_BY_PAYMENT, payment_id)
    return found[0] if found else None


async def lines_by_order(order_ids: list[int]) -> list[OrderLine]:
    """The lines of these orders, each order's by position."""
    return await db.rows(OrderLine, _LINES, order_ids)


async def lines_by_id(ids: list[int]) -> list[OrderLine]:
    """The lines with these ids, in no order."""
    return await db.rows(OrderLine, _LINES_BY_ID, ids)


async def lots_by_line(line_ids: list[int]) -> list[OrderLineLot]:
    """From which lots the units of these lines come, each line's first to expire first."""
    return await db.rows(OrderLineLot, _LOTS, line_ids)


async def substitutes_held(order_id: int) -> list[int]:
    """The holds under which substitutes are kept for an order, offered or accepted, by id."""
    return [record["hold_id"] for record in await db.fetch(_SUBSTITUTES_HELD, order_id)]


async def substitutions_by_line(line_ids: list[int]) -> list[Substitution]:
    """What was offered instead of units of these lines, each line's in time."""
    return await db.rows(Substitution, _SUBSTITUTIONS, line_ids)


async def events_by_order(order_ids: list[int]) -> list[OrderEvent]:
    """What happened to these orders, each order's in time."""
    return await db.rows(OrderEvent, _EVENTS, order_ids)


async def refunds_by_order(order_ids: list[int]) -> list[OrderRefund]:
    """What was granted to go back of these orders, each with how far it is, each order's in time."""
    return await db.rows(OrderRefund, _REFUNDS, order_ids)


async def late(over: datetime, after: int, most: int) -> list[int]:
    """The orders nobody paid whose time was over by `over`: no more than `most` ids behind `after`, in order."""
    return [record["id"] for record in await db.fetch(_LATE, over, after, most)]


async def page(customer_id: int, statuses: list[str] | None, *, first: int | None, after: str | None) -> Page[Order]:
    """A page of a customer's orders, newest first, those in these statuses (None: all).

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    if after is None:
        rows = await db.rows(Order, _FIRST, customer_id, statuses, size + 1)
    else:
        rows = await db.rows(Order, _AFTER, customer_id, statuses, size + 1, *SORT.values(after))

    async def total() -> int:
        return int((await db.fetch(_COUNT, customer_id, statuses))[0][0])

    return paging.cut(rows, size, sort=SORT, after=after, total=total)
