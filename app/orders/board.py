"""What staff see of the orders at their points: the list of a slot, the list to pick by lot, and orders looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.accounts.places import PHONE, PHONE_TAIL
from app.accounts.rules import phone_number, phone_tail
from app.kit import db, paging
from app.kit.caller import Caller
from app.kit.clock import SHANGHAI
from app.kit.cursors import Column, Sort
from app.kit.errors import BadInput
from app.kit.paging import Page
from app.kit.rows import select
from app.kit.vault import Vault
from app.orders import code_attempts
from app.orders.enums import OrderStatus
from app.orders.models import Order
from app.pickup.staff import points_of, serves

MAX_PAGE = 100
DEFAULT_PAGE = 50
AT_WORK = (OrderStatus.PAID, OrderStatus.PICKING, OrderStatus.READY, OrderStatus.NO_SHOW)
"""What a clerk has to do with, or may have."""

SORT = Sort("pickup", (Column("starts_at", datetime, "s.starts_at"), Column("id", int, "o.id")))
_ORDER = f"{select(Order, 'o')}, s.starts_at"
_OF_POINTS = """FROM customer_order o JOIN pickup_slot s ON s.id = o.pickup_slot_id
WHERE ($1::bigint[] IS NULL OR o.pickup_point_id = ANY($1)) AND ($2::bigint IS NULL OR o.pickup_slot_id = $2)
AND ($3::timestamptz IS NULL OR s.starts_at >= $3) AND ($4::timestamptz IS NULL OR s.starts_at < $4)
AND o.status = ANY($5) AND ($6::text IS NULL OR o.number = $6) AND ($7::text IS NULL OR o.pickup_code = $7)
AND ($8::bytea IS NULL OR o.customer_id = (SELECT c.id FROM customer c WHERE c.phone_index = $8))
AND ($9::bytea IS NULL OR o.customer_id IN (SELECT c.id FROM customer c WHERE c.phone_tail_index = $9))"""
_FIRST = f"SELECT {_ORDER} {_OF_POINTS} ORDER BY {SORT.order_by} LIMIT $10"
_AFTER = f"SELECT {_ORDER} {_OF_POINTS} AND {SORT.after(11)} ORDER BY {SORT.order_by} LIMIT $10"
_COUNT = f"SELECT count(*) {_OF_POINTS}"
_OF_DAY = f"""SELECT {select(Order, "o")} FROM customer_order o JOIN pickup_slot s ON s.id = o.pickup_slot_id
WHERE o.pickup_point_id = $1 AND s.starts_at >= $2 AND s.starts_at < $3 AND o.status = ANY($4)
ORDER BY s.starts_at, o.id"""
_PICK_LIST = """SELECT h.sku_id, t.lot_id, p.name, c.spec, sum(t.quantity - coalesce(g.units, 0))::int AS units,
  count(DISTINCT l.order_id)::int AS orders
FROM customer_order o JOIN order_line l ON l.order_id = o.id JOIN order_line_lot t ON t.order_line_id = l.id
JOIN stock_hold k ON k.id = t.stock_hold_id JOIN stock_lot h ON h.id = k.stock_lot_id JOIN lot b ON b.id = t.lot_id
JOIN sku c ON c.id = h.sku_id JOIN product p ON p.id = c.product_id
LEFT JOIN LATERAL (SELECT sum(s.quantity) AS units FROM order_line_short s
  WHERE s.order_line_id = t.order_line_id AND s.stock_hold_id = t.stock_hold_id) g ON true
WHERE o.pickup_point_id = $1 AND o.pickup_slot_id = $2 AND o.status IN ('PAID', 'PICKING')
AND t.quantity > coalesce(g.units, 0)
GROUP BY h.sku_id, t.lot_id, p.name, c.spec, b.expires_on ORDER BY h.sku_id, b.expires_on, t.lot_id"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders: None stands for any. `day`: of the slot, Asia/Shanghai."""

    pickup_point_id: int | None = None
    slot_id: int | None = None
    day: date | None = None
    statuses: Sequence[OrderStatus] | None = None
    number: str | None = None
    pickup_code: str | None = None
    phone: str | None = None
    phone_tail: str | None = None


@dataclass(frozen=True, slots=True)
class ToPick:
    """So many units of a SKU from one lot, for so many orders."""

    sku_id: int
    lot_id: int
    name: str
    spec: str
    units: int
    orders: int


class _Whose(NamedTuple):
    """Blind indexes of a customer's number and of its last four digits: a search knows no more of her."""

    phone: bytes | None = None
    tail: bytes | None = None

    @classmethod
    def of(cls, vault: Vault, wanted: Wanted) -> "_Whose":
        return cls(
            None if wanted.phone is None else vault.index(PHONE, phone_number(wanted.phone)),
            None if wanted.phone_tail is None else vault.index(PHONE_TAIL, phone_tail(wanted.phone_tail)),
        )


_ANYBODY = _Whose()


async def page(caller: Caller, wanted: Wanted, *, first: int | None, after: str | None) -> Page[Order] | None:
    """A page of the orders at a point, by slot and then as they were placed; None if the caller does not serve it.

    Without `statuses` those a clerk has to do with (AT_WORK).

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
        Forbidden: the caller is no member of staff.
    """
    if wanted.pickup_point_id is None or not await serves(caller, [wanted.pickup_point_id]):
        return None
    statuses = list(wanted.statuses or AT_WORK)
    return await _page([wanted.pickup_point_id], wanted, statuses, _ANYBODY, first=first, after=after)


async def search(
    vault: Vault, caller: Caller, wanted: Wanted, *, first: int | None, after: str | None
) -> Page[Order] | None:
    """A page of orders in any state, at one point or at all the caller serves; None if she does not serve that point.

    A pickup code is looked for at one point, and wrong ones count as at the hand-over.

    Raises:
        BadInput: nothing to look for; a pickup code without a point; no phone number, or not four digits of one.
        Refused: HandOverLocked.
        BadPageSize, BadCursor, Forbidden: as `page`.
    """
    point_id, code = wanted.pickup_point_id, wanted.pickup_code
    if all(each is None for each in (wanted.number, code, wanted.phone, wanted.phone_tail, wanted.slot_id)):
        raise BadInput("give a number, a pickup code, a phone number, a phone tail or a slot")
    whose = _Whose.of(vault, wanted)
    if point_id is not None and not await serves(caller, [point_id]):
        return None
    if code is not None:
        if point_id is None:
            raise BadInput("a pickup code is looked for at one pickup point")
        await code_attempts.take(caller, point_id)
    points = await points_of(caller) if point_id is None else [point_id]
    found = await _page(points, wanted, list(wanted.statuses or OrderStatus), whose, first=first, after=after)
    if code is not None and point_id is not None:
        await _judge(caller, point_id, is_right=bool(found.rows))
    return found


async def of_day(point_id: int, day: date) -> list[Order]:
    """All orders of a point that a clerk has to do with on a day, by slot: no more than the places of its slots."""
    begins, ends = _day(day)
    return await db.rows(Order, _OF_DAY, point_id, begins, ends, [each.value for each in AT_WORK])


async def pick_list(caller: Caller, pickup_point_id: int, slot_id: int) -> list[ToPick] | None:
    """What is still to be packed for a slot, by SKU and lot, first to expire first; None as `page`.

    Raises:
        Forbidden: the caller is no member of staff.
    """
    if not await serves(caller, [pickup_point_id]):
        return None
    return [ToPick(*record) for record in await db.fetch(_PICK_LIST, pickup_point_id, slot_id)]


async def _page(
    points: list[int] | None,
    wanted: Wanted,
    statuses: list[OrderStatus],
    whose: _Whose,
    *,
    first: int | None,
    after: str | None,
) -> Page[Order]:
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    begins, ends = _day(wanted.day)
    code = None if wanted.pickup_code is None else wanted.pickup_code.strip().upper()
    number = None if wanted.number is None else wanted.number.strip()
    given = (points, wanted.slot_id, begins, ends, [each.value for each in statuses], number, code, *whose)
    if after is None:
        rows = await db.rows(Order, _FIRST, *given, size + 1)
    else:
        rows = await db.rows(Order, _AFTER, *given, size + 1, *SORT.values(after))

    async def total() -> int:
        return int((await db.fetch(_COUNT, *given))[0][0])

    return paging.cut(rows, size, sort=SORT, after=after, total=total)


async def _judge(caller: Caller, point_id: int, *, is_right: bool) -> None:
    if not is_right:
        await code_attempts.wrong(caller, point_id)
        return
    async with db.transaction() as tx:
        await code_attempts.forgive(tx, caller, point_id)


def _day(day: date | None) -> tuple[datetime | None, datetime | None]:
    if day is None:
        return None, None
    begins = datetime.combine(day, time(), SHANGHAI)
    return begins, begins + timedelta(days=1)
