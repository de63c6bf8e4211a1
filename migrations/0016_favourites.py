from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint


def ref(to: str, column: str) -> fields.ForeignKeyField:
    return fields.ForeignKeyField(
        to, source_field=column, db_constraint=True, to_field="id", related_name=False, on_delete=OnDelete.RESTRICT
    )


class Migration(migrations.Migration):
    dependencies = [("shop", "0015_search")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Favourite",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("customer", ref("shop.Customer", "customer_id")),
                ("product", ref("shop.Product", "product_id")),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "favourite",
                "app": "shop",
                "indexes": [Index(fields=["customer_id", "created_at", "id"], name="favourite_listing")],
                "pk_attr": "id",
                "table_description": "A product a customer wants to find again.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Favourite",
            constraint=UniqueConstraint(
                fields=("customer_id", "product_id"), name="favourite_customer_id_product_id_key"
            ),
        ),
        ops.CreateModel(
            name="ProductView",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("customer", ref("shop.Customer", "customer_id")),
                ("product", ref("shop.Product", "product_id")),
                ("viewed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "product_view",
                "app": "shop",
                "indexes": [
                    Index(fields=["customer_id", "viewed_at", "id"], name="product_view_listing"),
                    Index(fields=["viewed_at"], name="product_view_by_age"),
                ],
                "pk_attr": "id",
                "table_description": "When a customer last looked at a product.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="ProductView",
            constraint=UniqueConstraint(
                fields=("customer_id", "product_id"), name="product_view_customer_id_product_id_key"
            ),
        ),
    ]
