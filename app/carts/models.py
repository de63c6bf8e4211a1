"""Tables of carts and their lines."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, ref, unique
from app.kit.personal import Erase, Mask, declare


class Cart(Model):
    """What somebody wants to buy: a customer's one cart, or a visitor's, found by a secret token (a hash is kept).

    A visitor's cart that a customer took over keeps no lines, only whose they are now.
    """

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer", null=True)
    customer_id: int | None
    token_hash: bytes | None = fields.BinaryField(null=True)
    address_index: bytes | None = fields.BinaryField(null=True)  # of the network address it came from, blind
    pickup_point = ref("PickupPoint", null=True)
    pickup_point_id: int | None
    pickup_slot = ref("PickupSlot", null=True)
    pickup_slot_id: int | None
    coupon_code = ref("CouponCode", null=True)
    coupon_code_id: int | None
    merged_into = ref("Cart", null=True)
    merged_into_id: int | None
    created_at: datetime = fields.DatetimeField()
    touched_at: datetime = fields.DatetimeField()

    # the open hold of its customer, and the slot it keeps a place of, joined by app.carts.queries
    own_hold_id: int | None
    own_slot_id: int | None

    class Meta:
        """A customer has one cart; a visitor's has its token, no coupon, and is made over once."""

        table = "cart"
        indexes = (
            Index(fields=("address_index", "created_at"), name="cart_by_address"),
            Index(fields=("merged_into_id",), name="cart_by_merged_into"),
        )
        constraints = (
            unique("cart", "customer_id"),
            unique("cart", "token_hash"),
            check("cart", "one_owner", "(customer_id IS NULL) <> (token_hash IS NULL)"),
            check("cart", "visitor_has_address", "(token_hash IS NULL) = (address_index IS NULL)"),
            check("cart", "token_hash_length", "octet_length(token_hash) = 32 AND octet_length(address_index) = 32"),
            check("cart", "coupons_are_of_customers", "coupon_code_id IS NULL OR customer_id IS NOT NULL"),
            check("cart", "customers_stay", "merged_into_id IS NULL OR customer_id IS NULL"),
            check("cart", "slot_has_point", "pickup_slot_id IS NULL OR pickup_point_id IS NOT NULL"),
        )


class CartLine(Model):
    """Units of a SKU in a cart, and what one cost when the line was last written."""

    id = fields.BigIntField(primary_key=True)
    cart = ref("Cart")
    cart_id: int
    sku = ref("Sku")
    sku_id: int
    quantity: int = fields.SmallIntField()
    seen_price_fen: int = fields.BigIntField()
    added_at: datetime = fields.DatetimeField()

    class Meta:
        """A SKU stands in a cart once."""

        table = "cart_line"
        constraints = (
            unique("cart_line", "cart_id", "sku_id"),
            check("cart_line", "quantity_positive", "quantity > 0 AND seen_price_fen > 0"),
        )


declare(
    Cart,
    plain=(
        "id",
        "pickup_point_id",
        "pickup_slot_id",
        "coupon_code_id",
        "merged_into_id",
        "created_at",
        "touched_at",
    ),
    customer_id=("finding chosen goods again", "until closure", Mask.HIDDEN, Erase.DELETE_ROW),
    token_hash=("finding a visitor's cart", "30 days", Mask.HIDDEN, Erase.KEEP),
    address_index=("limit on carts of one address", "30 days", Mask.HIDDEN, Erase.KEEP),
)
