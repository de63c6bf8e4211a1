"""A cart as it stands now: priced, looked for on the shelf, with its gifts; for the cart, the quote and the order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.coupons.enums import CouponReason
from app.inventory import sellable
from app.inventory.rules import LotOnSale, Shortage, allocate
from app.kit.clock import business_day
from app.pickup.models import PickupSlot
from app.pickup.queries import slots_by_ids
from app.promotions import gifts, wallet
from app.promotions.gifts import Gift
from app.promotions.price import Item, Priced, price
from app.promotions.queries import items as items_of
from app.promotions.wallet import Held


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants: units by SKU, where, when, with which coupon. None: a visitor, or not chosen.

    `own_hold_id`: her open hold, whose things count as there, because her next checkout lets it go first;
    `own_slot_id`: the slot of which it keeps a place.
    """

    customer_id: int | None
    quantities: Mapping[int, int]
    pickup_point_id: int | None
    pickup_slot_id: int | None
    coupon_code_id: int | None
    own_hold_id: int | None = None
    own_slot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Assembled:
    """What is wanted, as far as it is sold, and what it costs now."""

    wanted: Wanted
    items: tuple[Item, ...]  # in the order wanted, gifts behind
    limits: Mapping[int, int]  # units of each SKU that fit into one order; those missing are not sold
    gifts: tuple[Gift, ...]
    slot: PickupSlot | None
    slot_is_open: bool
    slot_is_full: bool
    pickup_on: date | None  # None: no point is chosen
    available: Mapping[int, int]  # units by SKU that keep until then; empty while no point is chosen
    short: Mapping[int, Shortage]
    coupon: Held | None
    priced: Priced
    reason: CouponReason | None  # why the wanted coupon lowers nothing


async def assemble(wanted: Wanted, now: datetime) -> Assembled:
    """Reads all that is wanted: as many statements for a hundred lines as for one."""
    rules = await gifts.live_rules(list(wanted.quantities), now, wanted.own_hold_id)
    asked = [*wanted.quantities, *(rule.gift_sku_id for rule in rules)]
    sold = await items_of(asked, now, wanted.customer_id)
    bought = {sku_id: quantity for sku_id, quantity in wanted.quantities.items() if sku_id in sold}
    slot = await _slot(wanted, now)
    day = business_day(slot.starts_at if slot else now)
    lots = await _lots(wanted, asked, now)
    available = _available(lots, day)
    besides = None if wanted.pickup_point_id is None else _besides(available, bought)
    earned = [gift for gift in gifts.gifts(bought, rules, besides) if gift.sku_id in sold]
    items = [replace(sold[sku_id][0], quantity=quantity) for sku_id, quantity in bought.items()]
    items += _gift_items(earned, {sku_id: item for sku_id, (item, _) in sold.items()})
    short = allocate(bought, lots, day, business_day(now))[1] if wanted.pickup_point_id is not None else []
    coupon = await _coupon(wanted, now)
    barred = CouponReason.UNKNOWN if coupon is None else coupon.reason
    priced = price(items, coupon.terms if coupon and not barred else None)
    own_place = 1 if slot is not None and slot.id == wanted.own_slot_id else 0
    return Assembled(
        wanted=wanted,
        items=tuple(items),
        limits={sku_id: limit for sku_id, (_, limit) in sold.items()},
        gifts=tuple(earned),
        slot=slot,
        slot_is_open=slot is not None and slot.is_offered(now),
        slot_is_full=slot is not None and slot.remaining + own_place <= 0,
        pickup_on=None if wanted.pickup_point_id is None else day,
        available=available,
        short={each.sku_id: each for each in short},
        coupon=coupon,
        priced=priced,
        reason=None if wanted.coupon_code_id is None else barred or priced.reason,
    )


async def _slot(wanted: Wanted, now: datetime) -> PickupSlot | None:
    found = await slots_by_ids([wanted.pickup_slot_id], now) if wanted.pickup_slot_id is not None else []
    return found[0] if found else None


async def _lots(wanted: Wanted, sku_ids: list[int], now: datetime) -> list[LotOnSale]:
    if wanted.pickup_point_id is None:
        return []
    return await sellable.at_point(sku_ids, wanted.pickup_point_id, now, wanted.own_hold_id)


async def _coupon(wanted: Wanted, now: datetime) -> Held | None:
    if wanted.customer_id is None or wanted.coupon_code_id is None:
        return None
    return await wallet.code_of(wanted.customer_id, wanted.coupon_code_id, now, wanted.own_hold_id)


def _available(lots: list[LotOnSale], day: date) -> dict[int, int]:
    found: Counter[int] = Counter()
    for lot in lots:
        if lot.collectable_until >= day:
            found[lot.sku_id] += lot.available
    return dict(found)


def _besides(available: Mapping[int, int], bought: Mapping[int, int]) -> dict[int, int]:
    return {sku_id: units - bought.get(sku_id, 0) for sku_id, units in available.items()}


def _gift_items(earned: list[Gift], sold: Mapping[int, Item]) -> list[Item]:
    units: Counter[int] = Counter()
    for gift in earned:
        units[gift.sku_id] += gift.quantity
    return [
        replace(sold[sku_id], quantity=quantity, offer=None, is_gift=True)
        for sku_id, quantity in units.items()
        if quantity
    ]
