"""Taking what came to a point into its stock."""

from dataclasses import dataclass

from app.inventory import holds, queries
from app.inventory.announced import announced_units
from app.inventory.enums import LotProblem, MovementKind
from app.inventory.errors import LotNotSellable, ReceivedTooMuch
from app.inventory.models import StockLot
from app.inventory.movements import move
from app.inventory.rules import LotPapers, check_units, lot_problem
from app.inventory.service import note, stand
from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import BadInput, Refused
from app.kit.idempotency import Reference, once
from app.pickup.errors import PickupPointNotFound
from app.pickup.queries import by_ids as points_by_ids
from app.pickup.staff import require_served
from app.traceability import queries as traceability
from app.traceability.errors import LotAmbiguous, LotNotFound
from app.traceability.models import Lot

# the lot stays as it is until what is received stands there: who puts it on hold meanwhile waits, or is waited for
_PAPERS = """SELECT l.sku_id, l.status, l.expires_on, f.licence_expires_on, EXISTS (
  SELECT FROM inspection_report r WHERE r.lot_id = l.id AND r.status = 'ACCEPTED' AND r.verdict = 'FAIL') AS has_failed
FROM lot l LEFT JOIN producer f ON f.id = l.producer_id WHERE l.id = $1 FOR SHARE OF l"""
_RECEIVED = """SELECT coalesce(sum(on_hand_delta), 0)::bigint FROM stock_movement
WHERE stock_lot_id = $1 AND kind = 'RECEIVE'"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Units of a lot that came to a point. The lot is named by its id, or by its code and, where needed, its GTIN."""

    pickup_point_id: int
    lot_id: int | None
    lot_code: str | None
    gtin: str | None
    quantity: int


async def receive(caller: Caller, *, idempotency_key: str, delivery: Delivery) -> StockLot:
    """What stands at the point of the lot, with what came.

    Raises:
        BadInput: neither or both of lot id and code, or no such number of units.
        Refused: PickupPointNotFound, PickupPointNotServed, LotNotFound, LotAmbiguous, LotNotSellable, ReceivedTooMuch
            or IdempotencyKeyReused.
    """
    check_units(delivery.quantity)
    if (delivery.lot_id is None) == (delivery.lot_code is None):
        raise BadInput("name the lot by lotId or by lotCode")
    async with db.transaction() as tx:

        async def act() -> Reference:
            return Reference("StockLot", await _take_in(tx, caller, delivery))

        reference = await once(
            tx, caller=caller, operation="receiveStock", key=idempotency_key, input=delivery, act=act
        )
    return (await queries.by_ids([reference.key]))[0]


async def _take_in(tx: RequestConnection, caller: Caller, delivery: Delivery) -> int:
    point_id = delivery.pickup_point_id
    points = await points_by_ids([point_id])
    if not points:
        raise Refused(PickupPointNotFound())
    await require_served(caller, [point_id])
    lot = await _lot(delivery)
    papers = LotPapers(**dict((await tx.fetch(_PAPERS, lot.id))[0]))
    problem = lot_problem(papers, clock.today())
    if problem is not None or papers.sku_id is None:
        raise Refused(LotNotSellable(problem or LotProblem.NOT_SOLD))
    await stand(tx, point_id, papers.sku_id, lot.id)
    await holds.lock_skus(tx, [point_id], [papers.sku_id])
    stock_lot = await queries.at(point_id, lot.id)
    if stock_lot is None:
        raise RuntimeError("the stock lot was made above")
    announced = await announced_units(lot.id, points[0].gln)
    received = int((await tx.fetch(_RECEIVED, stock_lot.id))[0][0])
    if announced is not None and received + delivery.quantity > announced:
        raise Refused(ReceivedTooMuch(announced, received))
    await move(tx, caller, MovementKind.RECEIVE, [(stock_lot.id, delivery.quantity)], None)
    await note(tx, caller, "receive", stock_lot, stock_lot.on_hand + delivery.quantity)
    return int(stock_lot.id)


async def _lot(delivery: Delivery) -> Lot:
    if delivery.lot_id is not None:
        found = await traceability.lots_by_id([delivery.lot_id])
    else:
        found = await traceability.lots_by_code(delivery.lot_code or "", delivery.gtin)
    if len(found) > 1:
        raise Refused(LotAmbiguous())
    if not found:
        raise Refused(LotNotFound())
    return found[0]
