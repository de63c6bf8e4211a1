"""Writes of stock by staff: counted anew, written off, moved to another point. Each is a movement in the ledger."""

from dataclasses import dataclass

from app.inventory import holds, queries
from app.inventory.enums import MovementKind, WriteOffReason
from app.inventory.errors import StockHeld, StockLotNotFound
from app.inventory.models import StockLot
from app.inventory.movements import move
from app.inventory.rules import check_reason, check_units
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import BadInput, Refused
from app.kit.idempotency import Reference, once
from app.pickup.errors import PickupPointNotFound
from app.pickup.queries import by_ids as points_by_ids
from app.pickup.staff import require_served

SCOPE = "stock:write"


@dataclass(frozen=True, slots=True)
class Count:
    """How many units of a stock lot somebody counted."""

    stock_lot_id: int
    on_hand: int
    reason: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Units of a stock lot that are given up."""

    stock_lot_id: int
    quantity: int
    reason: WriteOffReason
    remark: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """Units of a stock lot that are brought to another point."""

    stock_lot_id: int
    to_point_id: int
    quantity: int


_STAND = """INSERT INTO stock_lot (pickup_point_id, sku_id, lot_id, on_hand, held, updated_at)
VALUES ($1, $2, $3, 0, 0, $4) ON CONFLICT (sku_id, pickup_point_id, lot_id) DO NOTHING"""


async def adjust(caller: Caller, *, idempotency_key: str, count: Count) -> StockLot:
    """A stock lot with as many units as were counted there; counting what is known changes nothing.

    Raises:
        BadInput: no such number of units, or the reason.
        Refused: StockLotNotFound, PickupPointNotServed, StockHeld (fewer than are held) or IdempotencyKeyReused.
    """
    on_hand, why = check_units(count.on_hand, least=0), check_reason(count.reason)
    async with db.transaction() as tx:

        async def act() -> Reference:
            stock_lot = await _lock(tx, caller, count.stock_lot_id)
            if on_hand < stock_lot.held:
                raise Refused(StockHeld(stock_lot.available, stock_lot.held))
            if on_hand != stock_lot.on_hand:
                await move(tx, caller, MovementKind.ADJUST, [(stock_lot.id, on_hand - stock_lot.on_hand)], why)
                await note(tx, caller, "adjust", stock_lot, on_hand)
            return Reference("StockLot", stock_lot.id)

        reference = await once(tx, caller=caller, operation="adjustStock", key=idempotency_key, input=count, act=act)
    return (await queries.by_ids([reference.key]))[0]


async def write_off(caller: Caller, *, idempotency_key: str, loss: Loss) -> StockLot:
    """A stock lot without the units that are given up.

    Raises:
        BadInput: no such number of units, or the remark.
        Refused: StockLotNotFound, PickupPointNotServed, StockHeld (more than nobody holds) or IdempotencyKeyReused.
    """
    quantity = check_units(loss.quantity)
    why = loss.reason.value if loss.remark is None else f"{loss.reason.value}: {check_reason(loss.remark)}"
    async with db.transaction() as tx:

        async def act() -> Reference:
            stock_lot = await _lock(tx, caller, loss.stock_lot_id)
            _require_available(stock_lot, quantity)
            await move(tx, caller, MovementKind.WRITE_OFF, [(stock_lot.id, -quantity)], why)
            await note(tx, caller, "write off", stock_lot, stock_lot.on_hand - quantity)
            return Reference("StockLot", stock_lot.id)

        reference = await once(tx, caller=caller, operation="writeOff", key=idempotency_key, input=loss, act=act)
    return (await queries.by_ids([reference.key]))[0]


async def transfer(caller: Caller, *, idempotency_key: str, way: Way) -> StockLot:
    """What stands of the lot at the point that units are brought to; the two movements are one transaction.

    Raises:
        BadInput: no such number of units, or they are there already.
        Refused: StockLotNotFound, PickupPointNotFound, PickupPointNotServed (one of the two), StockHeld (more than
            nobody holds) or IdempotencyKeyReused.
    """
    check_units(way.quantity)
    async with db.transaction() as tx:

        async def act() -> Reference:
            return Reference("StockLot", await _carry(tx, caller, way))

        reference = await once(tx, caller=caller, operation="transferStock", key=idempotency_key, input=way, act=act)
    return (await queries.by_ids([reference.key]))[0]


async def stand(tx: RequestConnection, pickup_point_id: int, sku_id: int, lot_id: int) -> None:
    """Lets a lot stand at a point, with no unit yet, if it does not.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_STAND, pickup_point_id, sku_id, lot_id, clock.now())


async def note(tx: RequestConnection, caller: Caller, action: str, stock_lot: StockLot, on_hand: int) -> None:
    """What staff did to a stock lot, in the audit log: how many units there were before and after."""
    await audit.append(
        tx,
        caller,
        scope=SCOPE,
        action=action,
        entity="StockLot",
        entity_id=stock_lot.id,
        before={"on_hand": stock_lot.on_hand},
        after={"on_hand": on_hand},
    )


async def _carry(tx: RequestConnection, caller: Caller, way: Way) -> int:
    source, to_point_id = await _served(caller, way.stock_lot_id), way.to_point_id
    if source.pickup_point_id == to_point_id:
        raise BadInput("the units are at this pickup point already")
    if not await points_by_ids([to_point_id]):
        raise Refused(PickupPointNotFound())
    await require_served(caller, [to_point_id])
    await stand(tx, to_point_id, source.sku_id, source.lot_id)
    await holds.lock_skus(tx, [source.pickup_point_id, to_point_id], [source.sku_id])
    (source,) = await queries.by_ids([source.id])
    target = await queries.at(to_point_id, source.lot_id)
    if target is None:
        raise RuntimeError("the stock lot was made above")
    _require_available(source, way.quantity)
    moved = [(source.id, -way.quantity), (target.id, way.quantity)]
    await move(tx, caller, MovementKind.TRANSFER, moved, f"from {source.pickup_point_id} to {to_point_id}")
    await note(tx, caller, "transfer", source, source.on_hand - way.quantity)
    await note(tx, caller, "transfer", target, target.on_hand + way.quantity)
    return int(target.id)


async def _served(caller: Caller, stock_lot_id: int) -> StockLot:
    found = await queries.by_ids([stock_lot_id])
    if not found:
        raise Refused(StockLotNotFound())
    await require_served(caller, [found[0].pickup_point_id])
    return found[0]


async def _lock(tx: RequestConnection, caller: Caller, stock_lot_id: int) -> StockLot:
    """A stock lot as nobody else changes it, with every other of its SKU at its point locked too."""
    seen = await _served(caller, stock_lot_id)
    await holds.lock_skus(tx, [seen.pickup_point_id], [seen.sku_id])
    return (await queries.by_ids([stock_lot_id]))[0]


def _require_available(stock_lot: StockLot, quantity: int) -> None:
    if quantity > stock_lot.available:
        raise Refused(StockHeld(stock_lot.available, stock_lot.held))
