from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints

# "all of these keys": the exact search reads keys, the forgiving one name_keys
FOUND_BY = """
CREATE INDEX product_search_by_keys ON product_search USING gin (keys);
CREATE INDEX product_search_by_name_keys ON product_search USING gin (name_keys)
"""

# app.storefront.orders says the same expression; few reviews count for less
BEST_RATED = """
CREATE INDEX product_best_rated ON product (
  ((rating_sum * 1000 + 40000) / (10 + star_counts[1] + star_counts[2] + star_counts[3] + star_counts[4]
    + star_counts[5])) DESC, id DESC
) WHERE status = 'PUBLISHED'
"""

DROP = "DROP INDEX product_search_by_keys, product_search_by_name_keys, product_best_rated"


class Migration(migrations.Migration):
    dependencies = [("shop", "0014_roles")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ProductSearch",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "product",
                    fields.ForeignKeyField(
                        "shop.Product",
                        source_field="product_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.TextField(unique=False)),
                ("name_keys", ArrayField(default=list, element_type="TEXT")),
                ("topic_keys", ArrayField(default=list, element_type="TEXT")),
                ("keys", ArrayField(default=list, element_type="TEXT")),
            ],
            options={
                "table": "product_search",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "What a product is found by: app.catalog.search_entry makes it whenever the product is written.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "ProductSearch",
            [
                UniqueConstraint(fields=("product_id",), name="product_search_product_id_key"),
                CheckConstraint(check="keys @> name_keys AND keys @> topic_keys", name="product_search_keys_complete"),
            ],
        ),
        ops.CreateModel(
            name="HotWord",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("word", fields.CharField(unique=True, max_length=20)),
                ("position", fields.SmallIntField()),
            ],
            options={
                "table": "hot_word",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A word the shop proposes to search for, chosen by people who run it.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="HotWord",
            constraint=CheckConstraint(check="word ~ '[^[:space:]]'", name="hot_word_not_blank"),
        ),
        ops.RunSQL([FOUND_BY, BEST_RATED], reverse_sql=DROP),
    ]
