from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints

# what is held beyond its time: read with every price, and by the sweep; few rows at any time
ENDING = """CREATE INDEX offer_hold_ending ON offer_hold (offer_id, expires_at) INCLUDE (quantity)
  WHERE released_at IS NULL AND expires_at IS NOT NULL"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0027_data_request_queue")]
    initial = False
    operations = [
        ops.CreateModel(
            name="OfferHold",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "hold",
                    fields.ForeignKeyField(
                        "shop.Hold",
                        source_field="hold_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "offer",
                    fields.ForeignKeyField(
                        "shop.Offer",
                        source_field="offer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("quantity", fields.IntField()),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("released_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "offer_hold",
                "app": "shop",
                "indexes": [Index(fields=["hold_id"], name="offer_hold_by_hold")],
                "pk_attr": "id",
                "table_description": "Units of an offer kept for a checkout, and then for its order: counted in the offer's `sold` while it lives.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "OfferHold",
            [
                UniqueConstraint(
                    fields=("offer_id", "hold_id"),
                    name="offer_hold_offer_id_hold_id_key",
                    condition="released_at IS NULL",
                ),
                CheckConstraint(check="quantity > 0", name="offer_hold_quantity_positive"),
            ],
        ),
        ops.RunSQL(ENDING, reverse_sql="DROP INDEX offer_hold_ending"),
    ]
