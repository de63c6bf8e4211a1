"""Coupons."""

from datetime import datetime

import strawberry

from app.coupons.enums import CouponKind, CouponScope, CouponState
from app.coupons.models import Coupon as Row
from app.coupons.models import CouponCode as CodeRow
from resolvers import coupon as resolve
from resolvers import node as resolve_node
from schema.binding import field, of
from schema.types.money import Money
from schema.types.node import Node


@strawberry.type(description="A coupon that customers can claim, and what it gives.")
@of(Row)
class Coupon(Node):
    """Its source is a row."""

    name: str = field(description="Its name, such as 满39减5.")
    kind: CouponKind = field(description="How it lowers the price.")
    amount: Money | None = field(resolve.amount, description="What it takes off; null for PERCENT.")
    percent_off: int | None = field(description="How many per cent it takes off, 1 to 99; null for AMOUNT.")
    cap: Money | None = field(resolve.cap, description="The most it takes off; null for AMOUNT.")
    minimum_spend: Money = field(resolve.minimum_spend, description="From which spend it works.")
    scope: CouponScope = field(description="What it can be used for.")
    is_stackable: bool = field(description="Whether it can be used together with others.")
    per_customer_limit: int = field(description="How many one customer may claim.")
    remaining: int = field(resolve.remaining, description="How many can still be claimed.")
    claim_ends_at: datetime = field(description="Until when it can be claimed.")
    valid_days: int | None = field(description="How many days it is good for after claiming; null with `validUntil`.")
    valid_until: datetime | None = field(description="Until when it is good; null with `validDays`.")


@strawberry.type(description="A coupon in a customer's wallet.")
@of(CodeRow)
class CouponCode:
    """Its source is a row with its state."""

    id: strawberry.ID = field(resolve_node.global_id, description="Its id, for `chooseCoupon`.")
    code: str = field(description="What it is known by to people.")
    coupon: Coupon | None = field(resolve.template, description="What it gives.")
    state: CouponState = field(description="What can be done with it.")
    claimed_at: datetime = field(description="When it was claimed.")
    expires_at: datetime = field(description="Until when it can be used.")
