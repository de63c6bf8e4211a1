from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.kit.fields import WallTimeField
from app.pickup.enums import PickupPointKind, PickupPointStatus


class Migration(migrations.Migration):
    dependencies = [("shop", "0003_partners_and_documents")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PickupPoint",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("code", fields.CharField(unique=True, max_length=20)),
                ("name", fields.CharField(max_length=60)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="STORE: STORE\nCOMMUNITY: COMMUNITY", enum_type=PickupPointKind, max_length=24
                    ),
                ),
                (
                    "status",
                    fields.CharEnumField(
                        default=PickupPointStatus.OPEN,
                        description="OPEN: OPEN\nSUSPENDED: SUSPENDED\nCLOSED: CLOSED",
                        enum_type=PickupPointStatus,
                        max_length=24,
                    ),
                ),
                ("city", fields.CharField(max_length=40)),
                ("district", fields.CharField(max_length=40)),
                ("address", fields.CharField(max_length=120)),
                ("phone", fields.CharField(max_length=20)),
                ("latitude", fields.DecimalField(max_digits=8, decimal_places=5)),
                ("longitude", fields.DecimalField(max_digits=8, decimal_places=5)),
                ("gln", fields.CharField(null=True, unique=True, max_length=13)),
                ("opens_at", WallTimeField()),
                ("closes_at", WallTimeField()),
                ("prep_minutes", fields.SmallIntField()),
                ("position", fields.SmallIntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "pickup_point",
                "app": "shop",
                "indexes": [Index(fields=["position", "id"], name="pickup_point_listing")],
                "pk_attr": "id",
                "table_description": "A store or a community point where orders are collected. Stock stands here, slots belong here.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PickupPoint",
            [
                CheckConstraint(check="kind IN ('STORE', 'COMMUNITY')", name="pickup_point_kind_known"),
                CheckConstraint(check="status IN ('OPEN', 'SUSPENDED', 'CLOSED')", name="pickup_point_status_known"),
                CheckConstraint(check="opens_at < closes_at", name="pickup_point_hours"),
                CheckConstraint(check="prep_minutes >= 0", name="pickup_point_prep_not_negative"),
                CheckConstraint(check="gln ~ '^[0-9]{13}$'", name="pickup_point_gln_digits"),
                CheckConstraint(check="abs(latitude) <= 90 AND abs(longitude) <= 180", name="pickup_point_coordinates"),
            ],
        ),
        ops.CreateModel(
            name="StaffPickupPoint",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "staff",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="staff_id",
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
            ],
            options={
                "table": "staff_pickup_point",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Which staff serve a point.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="StaffPickupPoint",
            constraint=UniqueConstraint(
                fields=("staff_id", "pickup_point_id"), name="staff_pickup_point_staff_id_pickup_point_id_key"
            ),
        ),
        ops.CreateModel(
            name="SlotRule",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
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
                ("weekday", fields.SmallIntField()),
                ("starts_at", WallTimeField()),
                ("ends_at", WallTimeField()),
                ("cutoff_days_before", fields.SmallIntField()),
                ("cutoff_at", WallTimeField()),
                ("capacity", fields.IntField()),
                ("is_active", fields.BooleanField(default=True)),
            ],
            options={
                "table": "slot_rule",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A weekly window from which the daily job makes slots.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "SlotRule",
            [
                UniqueConstraint(
                    fields=("pickup_point_id", "weekday", "starts_at"),
                    name="slot_rule_pickup_point_id_weekday_starts_at_key",
                ),
                CheckConstraint(check="weekday BETWEEN 1 AND 7", name="slot_rule_weekday_iso"),
                CheckConstraint(check="starts_at < ends_at", name="slot_rule_window"),
                CheckConstraint(check="capacity > 0", name="slot_rule_capacity_positive"),
                CheckConstraint(
                    check="cutoff_days_before BETWEEN 0 AND 7 AND (cutoff_days_before > 0 OR cutoff_at <= starts_at)",
                    name="slot_rule_cutoff_before",
                ),
            ],
        ),
        ops.CreateModel(
            name="SlotClosure",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
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
                ("closed_on", fields.DateField()),
                ("reason", fields.CharField(max_length=80)),
            ],
            options={
                "table": "slot_closure",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A day on which a point gives nothing out, whatever its weekly rules say.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="SlotClosure",
            constraint=UniqueConstraint(
                fields=("pickup_point_id", "closed_on"), name="slot_closure_pickup_point_id_closed_on_key"
            ),
        ),
        ops.CreateModel(
            name="PickupSlot",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
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
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("cutoff_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("capacity", fields.IntField()),
                ("reserved", fields.IntField(default=0)),
            ],
            options={
                "table": "pickup_slot",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A window at a point in which a limited number of orders can be collected.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PickupSlot",
            [
                UniqueConstraint(
                    fields=("pickup_point_id", "starts_at"), name="pickup_slot_pickup_point_id_starts_at_key"
                ),
                CheckConstraint(check="starts_at < ends_at", name="pickup_slot_window"),
                CheckConstraint(check="cutoff_at <= starts_at", name="pickup_slot_cutoff_before"),
                CheckConstraint(
                    check="capacity >= 0 AND reserved BETWEEN 0 AND capacity", name="pickup_slot_within_capacity"
                ),
            ],
        ),
    ]
