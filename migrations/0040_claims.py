"""Defect claims and their photos, and who decides them."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.claims.enums import ClaimState, DefectReason
from app.kit.add_constraints import AddConstraints

GIVE = "UPDATE role SET scopes = scopes || '{orders:service}' WHERE code IN ('ADMINISTRATOR', 'STORE_CLERK')"
TAKE = "UPDATE role SET scopes = array_remove(scopes, 'orders:service') WHERE code IN ('ADMINISTRATOR', 'STORE_CLERK')"


class Migration(migrations.Migration):
    dependencies = [("shop", "0039_personal_access")]
    initial = False
    operations = [
        ops.CreateModel(
            name="DefectClaim",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "order_line",
                    fields.ForeignKeyField(
                        "shop.OrderLine",
                        source_field="order_line_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "shop.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "pickup_point",
                    fields.ForeignKeyField(
                        "shop.PickupPoint",
                        source_field="pickup_point_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("state", fields.CharEnumField(default=ClaimState.OPEN, enum_type=ClaimState, max_length=24)),
                ("reason", fields.CharEnumField(enum_type=DefectReason, max_length=24)),
                ("text", fields.CharField(max_length=500)),
                ("quantity", fields.IntField(null=True)),
                ("share_percent", fields.SmallIntField(null=True)),
                ("asked_fen", fields.BigIntField()),
                ("claimed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("due_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("escalated_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("accepted_percent", fields.SmallIntField(null=True)),
                ("granted_fen", fields.BigIntField(null=True)),
                ("decision_reason", fields.CharField(null=True, max_length=300)),
                (
                    "decided_by",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="decided_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "defect_claim",
                "app": "shop",
                "indexes": [
                    Index(fields=["order_line_id", "id"], name="defect_claim_by_line"),
                    Index(fields=["state", "due_at", "id"], name="defect_claim_queue"),
                ],
                "pk_attr": "id",
                "table_description": "What a customer says is wrong with a line of hers, what she asks for, and what was decided.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "DefectClaim",
            [
                CheckConstraint(check="state IN ('OPEN', 'ACCEPTED', 'REJECTED')", name="defect_claim_state_known"),
                CheckConstraint(
                    check="reason IN ('ROTTEN', 'DAMAGED', 'WRONG_ITEM', 'MISSING', 'EXPIRED', 'OTHER')",
                    name="defect_claim_reason_known",
                ),
                UniqueConstraint(
                    fields=("order_line_id",), name="defect_claim_order_line_id_key", condition="state = 'OPEN'"
                ),
                CheckConstraint(
                    check="(quantity IS NULL) <> (share_percent IS NULL)", name="defect_claim_units_or_share"
                ),
                CheckConstraint(check="quantity > 0 AND asked_fen > 0", name="defect_claim_asks_for_something"),
                CheckConstraint(check="share_percent BETWEEN 1 AND 100", name="defect_claim_share"),
                CheckConstraint(check="(state = 'OPEN') = (decided_at IS NULL)", name="defect_claim_decided_has_time"),
                CheckConstraint(
                    check="(decided_at IS NULL) = (decision_reason IS NULL) AND (decided_at IS NULL) = (accepted_percent IS NULL) AND (decided_at IS NULL) = (granted_fen IS NULL)",
                    name="defect_claim_decided_is_whole",
                ),
                CheckConstraint(check="granted_fen BETWEEN 0 AND asked_fen", name="defect_claim_granted_within_asked"),
                CheckConstraint(
                    check="accepted_percent BETWEEN 0 AND 100 AND (state = 'REJECTED') = (accepted_percent = 0)",
                    name="defect_claim_state_is_the_share",
                ),
            ],
        ),
        ops.CreateModel(
            name="DefectClaimPhoto",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "claim",
                    fields.ForeignKeyField(
                        "shop.DefectClaim",
                        source_field="claim_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "customer",
                    fields.ForeignKeyField(
                        "shop.Customer",
                        source_field="customer_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "upload",
                    fields.ForeignKeyField(
                        "shop.Upload",
                        source_field="upload_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.SmallIntField()),
            ],
            options={
                "table": "defect_claim_photo",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A photo that a customer took of what she claims.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "DefectClaimPhoto",
            [
                UniqueConstraint(fields=("claim_id", "position"), name="defect_claim_photo_claim_id_position_key"),
                UniqueConstraint(fields=("upload_id",), name="defect_claim_photo_upload_id_key"),
            ],
        ),
        ops.RunSQL(GIVE, reverse_sql=TAKE),
    ]
