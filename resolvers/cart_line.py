"""Fields of what stands in a cart, and of what stands in its way."""

from collections.abc import Awaitable

from strawberry import Parent

from app.carts.problems import CouponUnusable, LineProblem, PriceMoved, Problem, SlotFull, SlotGone
from app.carts.queries import CartView
from app.carts.rules import LineView
from app.catalog.models import Sku
from app.coupons.models import CouponCode
from app.kit import ids
from app.pickup.models import PickupPoint, PickupSlot
from app.promotions.price import PricedLine
from app.promotions.wallet import Tried
from resolvers.info import Info


async def pickup_point(parent: Parent[CartView], info: Info) -> PickupPoint | None:
    """Where it is collected."""
    key = parent.assembled.wanted.pickup_point_id
    return None if key is None else await info.context.loaders.points.load(key)


async def pickup_slot(parent: Parent[CartView], info: Info) -> PickupSlot | None:
    """When it is collected."""
    key = parent.assembled.wanted.pickup_slot_id
    return None if key is None else await info.context.loaders.slots.load(key)


async def coupon(parent: Parent[CartView], info: Info) -> CouponCode | None:
    """The chosen coupon."""
    key = parent.assembled.wanted.coupon_code_id
    return None if key is None else await info.context.loaders.coupon_codes.load(key)


def sku(parent: Parent[LineView | PricedLine], info: Info) -> Awaitable[Sku | None]:
    """What it is; None while it is not sold."""
    return info.context.loaders.skus.load(parent.sku_id)


def sku_id(parent: Parent[LineView | LineProblem]) -> str:
    """The id of what it is, sold or not."""
    return ids.encode("Sku", parent.sku_id)


async def is_ceiling(parent: Parent[LineView], info: Info) -> bool:
    """Whether it is weighed when packed."""
    found = await info.context.loaders.skus.load(parent.sku_id)
    return found is not None and found.is_catch_weight


def subtotal(parent: Parent[LineView | PricedLine]) -> int:
    """Before the coupon, in fen."""
    return parent.subtotal_fen


def discount(parent: Parent[LineView | PricedLine]) -> int:
    """Its share of the coupon, in fen."""
    return parent.discount_fen


def total(parent: Parent[LineView | PricedLine]) -> int:
    """What is paid for it, in fen."""
    return parent.total_fen


def unit_price(parent: Parent[PricedLine]) -> int:
    """What one unit costs, in fen."""
    return parent.unit_price_fen


def reference_price(parent: Parent[PricedLine]) -> int | None:
    """What is crossed out beside it, in fen."""
    return parent.reference_fen


def is_offer(parent: Parent[PricedLine]) -> bool:
    """Whether it is an offer's price."""
    return parent.offer_id is not None


def message(parent: Parent[Problem], info: Info) -> str:
    """The sentence for a person."""
    return parent.message(info.context.locale)


def before(parent: Parent[PriceMoved]) -> int:
    """What a unit cost, in fen."""
    return parent.before_fen


def now(parent: Parent[PriceMoved]) -> int:
    """What a unit costs now, in fen."""
    return parent.now_fen


def slot_id(parent: Parent[SlotFull | SlotGone]) -> str:
    """The id of the slot."""
    return ids.encode("PickupSlot", parent.pickup_slot_id)


def missing(parent: Parent[CouponUnusable]) -> int | None:
    """How much more it takes, in fen."""
    return parent.missing_fen or None


def tried_coupon(parent: Parent[Tried], info: Info) -> Awaitable[CouponCode | None]:
    """The coupon that was tried."""
    return info.context.loaders.coupon_codes.load(parent.held.code_id)


def tried_total(parent: Parent[Tried]) -> int:
    """What the cart would cost, in fen."""
    return parent.priced.total_fen


def tried_discount(parent: Parent[Tried]) -> int:
    """What it would take off, in fen."""
    return parent.priced.discount_fen


def tried_missing(parent: Parent[Tried]) -> int | None:
    """How much more it takes, in fen."""
    return parent.priced.missing_fen or None
