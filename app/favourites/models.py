"""Tables of what a customer keeps for herself."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import ref, unique
from app.kit.personal import Erase, Mask, declare


class Favourite(Model):
    """A product a customer wants to find again."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    product = ref("Product")
    created_at = fields.DatetimeField()

    class Meta:
        """A product is a favourite once; the list is read newest first."""

        table = "favourite"
        indexes = (Index(fields=("customer_id", "created_at", "id"), name="favourite_listing"),)
        constraints = (unique("favourite", "customer_id", "product_id"),)


class ProductView(Model):
    """When a customer last looked at a product."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    product = ref("Product")
    viewed_at = fields.DatetimeField()

    class Meta:
        """One row per product; the list is read newest first, and the oldest rows go by age."""

        table = "product_view"
        indexes = (
            Index(fields=("customer_id", "viewed_at", "id"), name="product_view_listing"),
            Index(fields=("viewed_at",), name="product_view_by_age"),
        )
        constraints = (unique("product_view", "customer_id", "product_id"),)


declare(
    Favourite,
    plain=("id", "product_id", "created_at"),
    customer_id=("finding chosen products again", "until removed or closure", Mask.HIDDEN, Erase.DELETE_ROW),
)
declare(
    ProductView,
    plain=("id", "product_id", "viewed_at"),
    customer_id=("finding seen products again", "90 days", Mask.HIDDEN, Erase.DELETE_ROW),
)
