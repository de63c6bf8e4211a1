"""Everything a hold keeps, locked, kept and let go in the one order that keeps transactions from waiting in a circle.

Customer or order first, then stock lots, slot, coupon code, offer, gift rule, each by id; the payment last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.coupons import holds as coupons
from app.holds import service as holds
from app.holds.enums import HoldOutcome
from app.inventory import holds as stock
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.pickup import places
from app.promotions import gifts
from app.promotions import holds as offers


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new checkout is about to take, besides what old holds have."""

    pickup_point_id: int
    pickup_slot_id: int
    sku_ids: Sequence[int]
    code_ids: Sequence[int]
    offer_ids: Sequence[int]
    gift_rule_ids: Sequence[int]


async def lock(tx: RequestConnection, hold_ids: Sequence[int], wanted: Wanted | None = None) -> None:
    """Locks what these holds keep and what is wanted; what anybody holds there beyond its time is let go."""
    point, skus = (wanted.pickup_point_id, wanted.sku_ids) if wanted else (None, ())
    await stock.lock(tx, hold_ids, point, skus)
    await places.lock(tx, hold_ids, [wanted.pickup_slot_id] if wanted else ())
    await coupons.lock(tx, hold_ids, wanted.code_ids if wanted else ())
    await offers.lock(tx, hold_ids, wanted.offer_ids if wanted else ())
    await gifts.lock(tx, hold_ids, wanted.gift_rule_ids if wanted else ())


async def keep(tx: RequestConnection, hold_id: int, until: datetime | None) -> tuple[int, int, int]:
    """Gives all a hold keeps, locked before, another end (None: for good): live stock lines, places, codes."""
    lines = await stock.keep(tx, hold_id, until)
    place = await places.keep(tx, hold_id, until)
    code = await coupons.keep(tx, hold_id, until)
    await offers.keep(tx, hold_id, until)
    await gifts.keep(tx, hold_id, until)
    return lines, place, code


async def release(tx: RequestConnection, caller: Caller, hold_ids: Sequence[int]) -> None:
    """Lets everything go that these holds, locked before, keep; redeemed coupons can be used again."""
    await stock.release(tx, caller, hold_ids)
    await places.release(tx, hold_ids)
    await coupons.release(tx, hold_ids)
    await offers.release(tx, hold_ids)
    await gifts.release(tx, hold_ids)


async def let_go(tx: RequestConnection, caller: Caller, hold_ids: Sequence[int], outcome: HoldOutcome) -> None:
    """As `release`, and the holds themselves end."""
    await release(tx, caller, hold_ids)
    await holds.end(tx, list(hold_ids), outcome)
