from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.privacy.enums import DataRequestKind, DataRequestState


class Migration(migrations.Migration):
    dependencies = [("shop", "0023_staff_sign_in")]
    initial = False
    operations = [
        ops.CreateModel(
            name="DataRequest",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
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
                    "kind",
                    fields.CharEnumField(
                        description="EXPORT: EXPORT\nCLOSURE: CLOSURE", enum_type=DataRequestKind, max_length=24
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=DataRequestState.OPEN,
                        description="OPEN: OPEN\nDONE: DONE\nENDED: ENDED",
                        enum_type=DataRequestState,
                        max_length=24,
                    ),
                ),
                ("requested_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("due_on", fields.DateField()),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("storage_key", fields.CharField(null=True, max_length=200)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("counts", fields.JSONField(null=True)),
            ],
            options={
                "table": "data_request",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A request for a copy or for closing the account, and the proof that it was answered: ids and counts only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "DataRequest",
            [
                CheckConstraint(check="kind IN ('EXPORT', 'CLOSURE')", name="data_request_kind_known"),
                CheckConstraint(check="state IN ('OPEN', 'DONE', 'ENDED')", name="data_request_state_known"),
                UniqueConstraint(
                    fields=("customer_id", "kind"),
                    name="data_request_customer_id_kind_key",
                    condition="state = 'OPEN'",
                ),
                CheckConstraint(check="(state = 'OPEN') = (done_at IS NULL)", name="data_request_answered_has_time"),
                CheckConstraint(check="state <> 'DONE' OR counts IS NOT NULL", name="data_request_done_is_counted"),
                CheckConstraint(check="(storage_key IS NULL) = (expires_at IS NULL)", name="data_request_file_expires"),
            ],
        ),
    ]
