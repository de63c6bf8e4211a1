"""What stands at pickup points, for those who look after it."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.catalog.models import Sku
from app.inventory import overview, receiving, service
from app.inventory.enums import WriteOffReason
from app.inventory.models import StockLot, StockMovement
from app.inventory.receiving import Delivery
from app.kit import ids
from app.kit.paging import Page
from app.pickup.models import PickupPoint
from app.traceability.models import Lot
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 50.")]
PointId = Annotated[ID, strawberry.argument(description="The pickup point, one that you serve.")]
SkuId = Annotated[ID | None, strawberry.argument(description="Of this SKU only.")]
StockLotId = Annotated[ID, strawberry.argument(description="The stock lot, at a point that you serve.")]


def lots(
    info: Info, pickup_point_id: PointId, sku_id: SkuId = None, first: First = 20, after: After = None
) -> Awaitable[Page[StockLot] | None]:
    """A page of what stands at a point."""
    sku = None if sku_id is None else ids.decode(sku_id, "Sku")
    return overview.stock_lots(info.context.caller, _point(pickup_point_id), sku, first=first, after=after)


def expired(
    info: Info, pickup_point_id: PointId, first: First = 20, after: After = None
) -> Awaitable[Page[StockLot] | None]:
    """A page of what nobody may be sold any more."""
    return overview.expired_stock(info.context.caller, _point(pickup_point_id), first=first, after=after)


def movements(
    info: Info, stock_lot_id: StockLotId, first: First = 20, after: After = None
) -> Awaitable[Page[StockMovement] | None]:
    """A page of what changed a stock lot."""
    return overview.movements(info.context.caller, _lot(stock_lot_id), first=first, after=after)


def receive(
    info: Info,
    *,
    idempotency_key: str,
    pickup_point_id: ID,
    lot_id: ID | None,
    lot_code: str | None,
    gtin: str | None,
    quantity: int,
) -> Awaitable[StockLot]:
    """A stock lot with what came."""
    lot = None if lot_id is None else ids.decode(lot_id, "Lot")
    delivery = Delivery(_point(pickup_point_id), lot, lot_code, gtin, quantity)
    return receiving.receive(info.context.caller, idempotency_key=idempotency_key, delivery=delivery)


def adjust(info: Info, idempotency_key: str, stock_lot_id: ID, on_hand: int, reason: str) -> Awaitable[StockLot]:
    """A stock lot as it was counted."""
    count = service.Count(_lot(stock_lot_id), on_hand, reason)
    return service.adjust(info.context.caller, idempotency_key=idempotency_key, count=count)


def write_off(
    info: Info, *, idempotency_key: str, stock_lot_id: ID, quantity: int, reason: WriteOffReason, remark: str | None
) -> Awaitable[StockLot]:
    """A stock lot without what is given up."""
    loss = service.Loss(_lot(stock_lot_id), quantity, reason, remark)
    return service.write_off(info.context.caller, idempotency_key=idempotency_key, loss=loss)


def transfer(
    info: Info, idempotency_key: str, stock_lot_id: ID, to_pickup_point_id: ID, quantity: int
) -> Awaitable[StockLot]:
    """What stands of the lot where it was brought."""
    way = service.Way(_lot(stock_lot_id), _point(to_pickup_point_id), quantity)
    return service.transfer(info.context.caller, idempotency_key=idempotency_key, way=way)


def point_of(parent: Parent[StockLot], info: Info) -> Awaitable[PickupPoint | None]:
    """Where it stands."""
    return info.context.loaders.points.load(parent.pickup_point_id)


def sku_of(parent: Parent[StockLot], info: Info) -> Awaitable[Sku | None]:
    """What it is sold as."""
    return info.context.loaders.skus.load(parent.sku_id)


def lot_of(parent: Parent[StockLot], info: Info) -> Awaitable[Lot | None]:
    """The lot it is of."""
    return info.context.loaders.lots.load(parent.lot_id)


def _point(pickup_point_id: ID) -> int:
    return ids.decode(pickup_point_id, "PickupPoint")


def _lot(stock_lot_id: ID) -> int:
    return ids.decode(stock_lot_id, "StockLot")
