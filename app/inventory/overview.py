"""What staff see of stock: only at points they serve."""

from app.inventory import queries
from app.inventory.models import StockLot, StockMovement
from app.kit import clock
from app.kit.caller import Caller
from app.kit.paging import Page
from app.pickup.staff import serves


async def stock_lots(
    caller: Caller, pickup_point_id: int, sku_id: int | None, *, first: int | None, after: str | None
) -> Page[StockLot] | None:
    """A page of what stands at a point, of one SKU or of all, newest first; None if it is no point of the caller's.

    Raises:
        Forbidden, BadPageSize, BadCursor.
    """
    if not await serves(caller, [pickup_point_id]):
        return None
    if sku_id is None:
        return await queries.AT_POINT.page(pickup_point_id, now=clock.now(), first=first, after=after)
    return await queries.OF_SKU.page(pickup_point_id, sku_id, now=clock.now(), first=first, after=after)


async def expired_stock(
    caller: Caller, pickup_point_id: int, *, first: int | None, after: str | None
) -> Page[StockLot] | None:
    """A page of what stands at a point though it is over; None if it is no point of the caller's.

    Raises:
        Forbidden, BadPageSize, BadCursor.
    """
    if not await serves(caller, [pickup_point_id]):
        return None
    now = clock.now()
    return await queries.EXPIRED.page(pickup_point_id, clock.business_day(now), now=now, first=first, after=after)


async def movements(
    caller: Caller, stock_lot_id: int, *, first: int | None, after: str | None
) -> Page[StockMovement] | None:
    """A page of what changed a stock lot, newest first; None if there is none at a point of the caller's.

    Raises:
        Forbidden, BadPageSize, BadCursor.
    """
    found = await queries.by_ids([stock_lot_id])
    if not found or not await serves(caller, [found[0].pickup_point_id]):
        return None
    return await queries.movements(stock_lot_id, first=first, after=after)
