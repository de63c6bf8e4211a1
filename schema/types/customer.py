"""The customer who asks, and what is hers."""

import strawberry

from app.accounts.models import Customer as Row
from resolvers import after_sales as resolve_after_sales
from resolvers import cart as resolve_cart
from resolvers import coupon as resolve_coupon
from resolvers import customer as resolve
from resolvers import order as resolve_order
from resolvers import privacy as resolve_privacy
from resolvers import session as resolve_session
from schema.binding import field, of
from schema.types.cart import Cart
from schema.types.consent import Consent
from schema.types.coupon import CouponCode
from schema.types.data_request import DataRequest
from schema.types.device import Device
from schema.types.message_grant import MessageGrant
from schema.types.order import Order
from schema.types.page import Connection
from schema.types.product import Product


@strawberry.type(description="The customer who signed in: what only she sees.")
@of(Row)
class Customer:
    """Its source is a row."""

    display_name: str = field(description="The name she chose to be seen by.")
    phone: str | None = field(
        resolve_session.masked_phone, description="Her phone number, masked: +86138****8000; null before `bindPhone`."
    )
    devices: list[Device] = field(
        resolve_session.devices, description="Where she is signed in, the last seen first.", list_size=20
    )
    birth_year: int | None = field(description="The year she was born in; null unless she agreed to its being kept.")
    consents: list[Consent] = field(
        resolve_privacy.consents,
        description="Her newest decision about each purpose; one that is missing was never decided, so not agreed to.",
        list_size=5,
    )
    data_requests: list[DataRequest] = field(
        resolve_privacy.data_requests,
        description="What she asked for about her data, the newest first; the last 20.",
        list_size=5,
    )
    message_grants: list[MessageGrant] = field(
        resolve_after_sales.message_grants, description="Which messages she lets the shop send her.", list_size=4
    )
    orders: Connection[Order] = field(resolve_order.orders, description="Her orders, the newest first.")
    cart: Cart | None = field(resolve_cart.mine, description="Her cart; null before she put anything into one.")
    coupons: Connection[CouponCode] = field(
        resolve_coupon.wallet_page, description="Her coupons in a state, those that expire soonest first."
    )
    favourites: Connection[Product] = field(
        resolve.favourites, description="Her favourite products that are sold, the newest favourite first."
    )
    seen_products: Connection[Product] = field(
        resolve.seen_products,
        description="What she looked at in the last 90 days and is sold, 100 products at most, the latest first.",
    )
