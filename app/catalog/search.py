"""Tables of what is searched for."""

from tortoise import fields
from tortoise.models import Model

from app.kit.fields import check, ref, texts, unique


class ProductSearch(Model):
    """What a product is found by: app.catalog.search_entry makes it whenever the product is written."""

    id = fields.BigIntField(primary_key=True)
    product = ref("Product")
    product_id: int
    name = fields.TextField()  # its letters and characters alone
    name_keys = texts()
    topic_keys = texts()
    keys = texts()  # those two and the description's

    class Meta:
        """One per product; beside it, because no page of the shop reads these columns (migration: GIN)."""

        table = "product_search"
        constraints = (
            unique("product_search", "product_id"),
            check("product_search", "keys_complete", "keys @> name_keys AND keys @> topic_keys"),
        )


class HotWord(Model):
    """A word the shop proposes to search for, chosen by people who run it."""

    id = fields.BigIntField(primary_key=True)
    word = fields.CharField(max_length=20, unique=True)
    position = fields.SmallIntField()

    class Meta:
        """A word is not blank."""

        table = "hot_word"
        constraints = (check("hot_word", "not_blank", "word ~ '[^[:space:]]'"),)
