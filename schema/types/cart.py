"""Carts: what somebody wants to buy, what it costs now, and what stands in the way."""

from datetime import date

import strawberry

from app.carts import problems
from app.carts.queries import CartView
from app.carts.rules import LineView
from app.coupons.enums import CouponReason
from app.promotions.price import PricedLine
from app.promotions.wallet import Tried
from resolvers import cart as resolve
from resolvers import cart_line as resolve_line
from schema.binding import field, of
from schema.types.coupon import CouponCode
from schema.types.money import Money
from schema.types.pickup import PickupPoint, PickupSlot
from schema.types.sku import Sku


@strawberry.interface(description="What stands in the way of buying a cart as it is. Always select its message.")
class CartProblem:
    """Each is found anew whenever the cart is read."""

    message: str = field(
        resolve_line.message, description="A sentence for the customer: Chinese, or English where Accept-Language asks."
    )


@strawberry.type(
    description="A unit costs something else than when the line was last written; writing it again agrees."
)
@of(problems.PriceMoved)
class PriceMoved(CartProblem):
    """Its source is the problem."""

    sku_id: strawberry.ID = field(resolve_line.sku_id, description="The line's SKU.")
    before: Money = field(resolve_line.before, description="What a unit cost then.")
    now: Money = field(resolve_line.now, description="What it costs now: the cart counts with this.")


@strawberry.type(description="A line is not sold now, and counts for nothing.")
@of(problems.ProductUnpublished)
class ProductUnpublished(CartProblem):
    """Its source is the problem."""

    sku_id: strawberry.ID = field(resolve_line.sku_id, description="The line's SKU.")


@strawberry.type(description="A line has more units than one order takes.")
@of(problems.QuantityOverLimit)
class QuantityOverLimit(CartProblem):
    """Its source is the problem."""

    sku_id: strawberry.ID = field(resolve_line.sku_id, description="The line's SKU.")
    limit: int = field(description="How many units one order takes.")


@strawberry.type(description="The chosen point has fewer units than the line wants, whatever the day.")
@of(problems.NotEnoughAtPoint)
class NotEnoughAtPoint(CartProblem):
    """Its source is the problem."""

    sku_id: strawberry.ID = field(resolve_line.sku_id, description="The line's SKU.")
    available: int = field(description="How many units can be had.")


@strawberry.type(
    description="There are enough units, but too few that keep the promised days beyond the day of pickup."
)
@of(problems.LotTooOldForPickupDay)
class LotTooOldForPickupDay(CartProblem):
    """Its source is the problem."""

    sku_id: strawberry.ID = field(resolve_line.sku_id, description="The line's SKU.")
    available: int = field(description="How many units can be had for that day.")
    possible_on: date = field(description="The latest day for which all can be had here.")


@strawberry.type(description="Every place of the chosen slot is taken.")
@of(problems.SlotFull)
class SlotFull(CartProblem):
    """Its source is the problem."""

    pickup_slot_id: strawberry.ID = field(resolve_line.slot_id, description="The slot.")


@strawberry.type(description="The chosen slot takes no more orders.")
@of(problems.SlotGone)
class SlotGone(CartProblem):
    """Its source is the problem."""

    pickup_slot_id: strawberry.ID = field(resolve_line.slot_id, description="The slot.")


@strawberry.type(description="The chosen coupon lowers nothing.")
@of(problems.CouponUnusable)
class CouponUnusable(CartProblem):
    """Its source is the problem."""

    reason: CouponReason = field(description="Why not.")
    missing: Money | None = field(
        resolve_line.missing, description="How much more of what it is for it takes; null for any other reason."
    )


@strawberry.type(description="A gift the cart earns is gone, or part of it.")
@of(problems.GiftRanOut)
class GiftRanOut(CartProblem):
    """Its source is the problem."""

    sku_id: strawberry.ID = field(resolve_line.sku_id, description="The gift's SKU.")
    earned: int = field(description="How many units the cart earns.")
    available: int = field(description="How many it gets.")


PROBLEMS = (
    PriceMoved,
    ProductUnpublished,
    QuantityOverLimit,
    NotEnoughAtPoint,
    LotTooOldForPickupDay,
    SlotFull,
    SlotGone,
    CouponUnusable,
    GiftRanOut,
)


@strawberry.type(
    description="Units of a line at one price: an offer that does not last for all of them makes two parts."
)
@of(PricedLine)
class CartLinePart:
    """Its source is app.promotions.price.PricedLine."""

    quantity: int = field(description="How many units.")
    unit_price: Money = field(resolve_line.unit_price, description="What one costs.")
    reference_price: Money | None = field(
        resolve_line.reference_price, description="The price crossed out beside it (划线价); null when there is none."
    )
    is_offer: bool = field(resolve_line.is_offer, description="Whether this is an offer's price.")
    subtotal: Money = field(resolve_line.subtotal, description="All units before the coupon.")
    discount: Money = field(resolve_line.discount, description="Its share of the coupon.")
    total: Money = field(resolve_line.total, description="What is paid for it.")


@strawberry.type(description="A specification in a cart.")
@of(LineView)
class CartLine:
    """Its source is app.carts.rules.LineView."""

    sku_id: strawberry.ID = field(resolve_line.sku_id, description="The id of what it is, sold or not.")
    sku: Sku | None = field(resolve_line.sku, description="What it is; null while it is not sold.")
    quantity: int = field(description="How many units.")
    available: int | None = field(
        description="How many units can be had at the chosen point for the chosen day; null before a point is chosen."
    )
    parts: list[CartLinePart] = field(
        description="Its units by price: one part or two, none while it is not sold.", list_size=2
    )
    subtotal: Money = field(resolve_line.subtotal, description="All units before the coupon.")
    discount: Money = field(resolve_line.discount, description="Its share of the coupon.")
    total: Money = field(resolve_line.total, description="What is paid for it.")
    is_ceiling: bool = field(
        resolve_line.is_ceiling,
        description=(
            "Whether `total` is the most it can cost: it is weighed when packed, and what it weighs less goes back."
        ),
    )


@strawberry.type(description="What comes for nothing with something else: told with its name and number, priced 0.")
@of(PricedLine)
class CartGift:
    """Its source is app.promotions.price.PricedLine."""

    sku: Sku | None = field(resolve_line.sku, description="What it is.")
    quantity: int = field(description="How many units.")


@strawberry.type(description="A coupon of the customer tried on her cart.")
@of(Tried)
class TriedCoupon:
    """Its source is app.promotions.wallet.Tried."""

    coupon_code: CouponCode | None = field(resolve_line.tried_coupon, description="The coupon.")
    total: Money = field(resolve_line.tried_total, description="What the cart would cost with it.")
    discount: Money = field(resolve_line.tried_discount, description="What it would take off.")
    reason: CouponReason | None = field(description="Why it changes nothing; null when it does.")
    missing: Money | None = field(
        resolve_line.tried_missing, description="How much more of what it is for it takes; null for any other reason."
    )


@strawberry.type(description="What somebody wants to buy: priced as the checkout does it, found anew at each read.")
@of(CartView)
class Cart:
    """Its source is app.carts.queries.CartView."""

    token: str | None = field(
        description="A visitor's secret for this cart: answered once, by `createCart`. Keep it; null everywhere else."
    )
    lines: list[CartLine] = field(description="What was put in, in that order.", list_size=20)
    gifts: list[CartGift] = field(description="What comes for nothing with it.", list_size=3)
    pickup_point: PickupPoint | None = field(
        resolve_line.pickup_point, description="Where it is collected; null before `choosePickup`."
    )
    pickup_slot: PickupSlot | None = field(
        resolve_line.pickup_slot, description="When it is collected; null before it was chosen."
    )
    coupon: CouponCode | None = field(resolve_line.coupon, description="The chosen coupon; null without one.")
    subtotal: Money = field(resolve.subtotal, description="All lines before the coupon.")
    discount: Money = field(resolve.discount, description="What the coupon takes off.")
    total: Money = field(resolve.total, description="What is to be paid: exactly the sum of the lines.")
    problems: list[CartProblem] = field(
        description="What stands in the way, line by line; empty: nothing.", list_size=5
    )
    applicable_coupons: list[TriedCoupon] = field(
        resolve.applicable,
        description=(
            "The customer's coupons tried on this cart, best first: least price, then the earliest end. Those that"
            " change nothing stand behind, with their reason. At most 100; empty for visitors."
        ),
        list_size=10,
    )
