"""A cart on its way to an order: the same items, prices, gifts and slot that the cart showed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.carts.assembling import Assembled, Wanted, assemble
from app.carts.errors import CartEmpty, PickupNotChosen, QuantityOutOfRange
from app.carts.queries import lines_of, row_of_customer, wanted_in
from app.coupons.errors import CouponNotApplicable
from app.kit import clock
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.pickup.errors import PickupSlotClosed
from app.promotions.price import CouponTerms, Item, Priced

_TAKE_OUT = """WITH w AS (SELECT * FROM unnest($2::bigint[], $3::int[]) AS w(sku_id, units)), gone AS (
  DELETE FROM cart_line l USING cart c, w
  WHERE c.customer_id = $1 AND l.cart_id = c.id AND l.sku_id = w.sku_id AND l.quantity <= w.units
), fewer AS (
  UPDATE cart_line l SET quantity = l.quantity - w.units FROM cart c, w
  WHERE c.customer_id = $1 AND l.cart_id = c.id AND l.sku_id = w.sku_id AND l.quantity > w.units
) UPDATE cart SET coupon_code_id = NULL, touched_at = $4 WHERE customer_id = $1"""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a customer is about to buy. `items` has the gifts too; `gift_units`: units by gift rule."""

    wanted: Wanted
    items: tuple[Item, ...]
    gift_units: Mapping[int, int]
    pickup_point_id: int
    pickup_slot_id: int
    pickup_on: date
    coupon_code_id: int | None
    coupon: CouponTerms | None
    priced: Priced


async def of_cart(customer_id: int, now: datetime) -> Purchase:
    """What a customer's cart says, priced exactly as it is shown; lines that are not sold now are left out.

    Raises:
        Refused: CartEmpty, PickupNotChosen, PickupSlotClosed, QuantityOutOfRange, CouponNotApplicable.
    """
    row = await row_of_customer(customer_id, now)
    if row is None:
        raise Refused(CartEmpty())
    return await of_wanted(wanted_in(row, await lines_of(row.id)), now)


async def of_wanted(wanted: Wanted, now: datetime) -> Purchase:
    """As `of_cart`, for what is wanted, by whoever wants it: the lines of a quote that is over, without its gifts.

    Raises:
        As `of_cart`.
    """
    return _purchase(await assemble(wanted, now))


async def again(purchase: Purchase, now: datetime) -> Purchase:
    """The same purchase as it is now: to be asked when everything it takes is locked, and her old hold let go.

    Raises:
        As `of_cart`.
    """
    return await of_wanted(replace(purchase.wanted, own_hold_id=None, own_slot_id=None), now)


async def bought(tx: RequestConnection, customer_id: int, quantities: Mapping[int, int]) -> None:
    """Takes what a customer, locked before, has ordered out of her cart: so many units by SKU, and the coupon.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await tx.execute(_TAKE_OUT, customer_id, list(quantities), list(quantities.values()), clock.now())


def _purchase(assembled: Assembled) -> Purchase:
    wanted = assembled.wanted
    if not any(not item.is_gift for item in assembled.items):
        raise Refused(CartEmpty())
    for item in assembled.items:
        if not item.is_gift and item.quantity > assembled.limits[item.sku_id]:
            raise Refused(QuantityOutOfRange(assembled.limits[item.sku_id]))
    if wanted.pickup_point_id is None or wanted.pickup_slot_id is None or assembled.pickup_on is None:
        raise Refused(PickupNotChosen())
    if not assembled.slot_is_open:
        raise Refused(PickupSlotClosed())
    if assembled.reason is not None:
        raise Refused(CouponNotApplicable(assembled.reason))
    return Purchase(
        wanted=wanted,
        items=assembled.items,
        gift_units={gift.rule_id: gift.quantity for gift in assembled.gifts if gift.quantity},
        pickup_point_id=wanted.pickup_point_id,
        pickup_slot_id=wanted.pickup_slot_id,
        pickup_on=assembled.pickup_on,
        coupon_code_id=wanted.coupon_code_id,
        coupon=assembled.coupon.terms if assembled.coupon else None,
        priced=assembled.priced,
    )
