from tortoise import fields, migrations
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.notices.enums import NoticeKind

OPEN = "CREATE INDEX staff_notice_open ON staff_notice (id) WHERE handled_at IS NULL"
GIVE = """UPDATE role SET scopes = array_append(scopes, 'notices:handle')
WHERE code IN ('CATALOGUE_APPROVER', 'QUALITY_MANAGER', 'ADMINISTRATOR')"""
TAKE = "UPDATE role SET scopes = array_remove(scopes, 'notices:handle')"


class Migration(migrations.Migration):
    dependencies = [("shop", "0037_fulfilment")]

    initial = False

    operations = [
        ops.CreateModel(
            name="StaffNotice",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharEnumField(enum_type=NoticeKind, max_length=24)),
                ("entity", fields.CharField(max_length=40)),
                ("entity_id", fields.BigIntField()),
                ("occasion", fields.CharField(max_length=40)),
                ("ends_on", fields.DateField(null=True)),
                ("product_ids", ArrayField(element_type="bigint")),
                ("lot_ids", ArrayField(element_type="bigint")),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("handled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "handled_by",
                    fields.ForeignKeyField(
                        "shop.Staff",
                        source_field="handled_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "staff_notice",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Something a job found that somebody has to look at. It names rows by their ids and holds no text of its own.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "StaffNotice",
            [
                CheckConstraint(
                    check="kind IN ('CERTIFICATE_ENDS', 'CERTIFICATE_LAPSED', 'LICENCE_ENDS', 'LICENCE_LAPSED', 'PRODUCT_UNPUBLISHED', 'REPORT_FAILED')",
                    name="staff_notice_kind_known",
                ),
                UniqueConstraint(
                    fields=("entity", "entity_id", "kind", "occasion"),
                    name="staff_notice_entity_entity_id_kind_occasion_key",
                ),
                CheckConstraint(
                    check="(handled_at IS NULL) = (handled_by_id IS NULL)", name="staff_notice_handled_by_somebody"
                ),
            ],
        ),
        ops.RunSQL(OPEN, reverse_sql="DROP INDEX staff_notice_open"),
        ops.RunSQL(GIVE, reverse_sql=TAKE),
    ]
