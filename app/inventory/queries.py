"""Reads of what stands at pickup points, for those who look after it."""

from datetime import date, datetime
from typing import Any

from app.inventory.models import StockLot, StockMovement
from app.kit import clock, db, paging
from app.kit.cursors import Column, Sort
from app.kit.paging import Page
from app.kit.rows import select

DEFAULT_PAGE = 20
MAX_PAGE = 50


def _stock(now: int) -> str:
    """Columns of stock lots `t` as of the parameter `$now`.

    Units held beyond their time are nobody's any more: who locks the stock lot next lets them go.
    """
    return f"""{select(StockLot, "t", without=frozenset({"held"}))}, t.held - (
  SELECT coalesce(sum(h.quantity), 0) FROM stock_hold h
  WHERE h.stock_lot_id = t.id AND h.ended_at IS NULL AND h.expires_at <= ${now})::int AS held"""


_BY_ID = f"SELECT {_stock(2)} FROM stock_lot t WHERE t.id = ANY($1)"
_BY_PLACE = f"SELECT {_stock(3)} FROM stock_lot t WHERE t.pickup_point_id = $1 AND t.lot_id = $2"


async def by_ids(ids: list[int], now: datetime | None = None) -> list[StockLot]:
    """The stock lots with these ids as they are at `now`, in no order."""
    return await db.rows(StockLot, _BY_ID, ids, now or clock.now())


async def at(pickup_point_id: int, lot_id: int) -> StockLot | None:
    """What stands at a point of a lot; None if nothing ever did."""
    found = await db.rows(StockLot, _BY_PLACE, pickup_point_id, lot_id, clock.now())
    return found[0] if found else None


class StockListing:
    """Stock lots that fit a condition on so many values, newest first."""

    def __init__(self, name: str, condition: str, values: int) -> None:
        self._sort = Sort(name, (Column("id", int, "t.id", descending=True),))
        source = f"FROM stock_lot t WHERE {condition}"
        now, size, behind = values + 1, values + 2, values + 3
        order = f"ORDER BY {self._sort.order_by} LIMIT ${size}"
        self._first = f"SELECT {_stock(now)} {source} {order}"
        self._after = f"SELECT {_stock(now)} {source} AND {self._sort.after(behind)} {order}"
        self._count = f"SELECT count(*) {source}"

    async def page(self, *values: int | date, now: datetime, first: int | None, after: str | None) -> Page[StockLot]:
        """A page of them as they are at `now`.

        Raises:
            BadPageSize: `first` outside 1 to MAX_PAGE.
            BadCursor: `after` is no cursor of this list.
        """
        size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
        behind = () if after is None else self._sort.values(after)
        sql = self._first if after is None else self._after
        rows = await db.rows(StockLot, sql, *values, now, size + 1, *behind)

        async def total() -> int:
            return int((await db.fetch(self._count, *values))[0][0])

        return paging.cut(rows, size, sort=self._sort, after=after, total=total)


AT_POINT = StockListing("stock_at_point", "t.pickup_point_id = $1", 1)
OF_SKU = StockListing("stock_of_sku", "t.pickup_point_id = $1 AND t.sku_id = $2", 2)
# what stands there though nobody may be sold it any more; the last day it may be sold is the day it expires
EXPIRED = StockListing(
    "expired_stock",
    "t.pickup_point_id = $1 AND t.on_hand > 0"
    " AND EXISTS (SELECT FROM lot l WHERE l.id = t.lot_id AND l.expires_on < $2::date)",
    2,
)

_MOVEMENTS = Sort(
    "stock_movements",
    (
        Column("moved_at", datetime, "m.moved_at", descending=True),
        Column("id", int, "m.id", descending=True),
    ),
)
_MOVEMENT = f"SELECT {select(StockMovement, 'm')} FROM stock_movement m WHERE m.stock_lot_id = $1"
_FIRST_MOVEMENTS = f"{_MOVEMENT} ORDER BY {_MOVEMENTS.order_by} LIMIT $2"
_LATER_MOVEMENTS = f"{_MOVEMENT} AND {_MOVEMENTS.after(3)} ORDER BY {_MOVEMENTS.order_by} LIMIT $2"
_COUNT_MOVEMENTS = "SELECT count(*) FROM stock_movement m WHERE m.stock_lot_id = $1"


async def movements(stock_lot_id: int, *, first: int | None, after: str | None) -> Page[StockMovement]:
    """A page of the changes of a stock lot, newest first.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    behind: tuple[Any, ...] = () if after is None else _MOVEMENTS.values(after)
    sql = _FIRST_MOVEMENTS if after is None else _LATER_MOVEMENTS
    rows = await db.rows(StockMovement, sql, stock_lot_id, size + 1, *behind)

    async def total() -> int:
        return int((await db.fetch(_COUNT_MOVEMENTS, stock_lot_id))[0][0])

    return paging.cut(rows, size, sort=_MOVEMENTS, after=after, total=total)
