from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.partners.enums import DeliveryStatus


class Migration(migrations.Migration):
    dependencies = [("shop", "0018_uploads")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PartnerEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("uid", fields.UUIDField(unique=True)),
                ("type", fields.CharField(max_length=40)),
                ("payload", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                (
                    "partner",
                    fields.ForeignKeyField(
                        "shop.Partner",
                        source_field="partner_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("happened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "partner_event",
                "app": "shop",
                "indexes": [Index(fields=["happened_at"], name="partner_event_by_age")],
                "pk_attr": "id",
                "table_description": "Something that happened, written with it. The payload holds global ids and times, nothing personal.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PartnerEvent",
            [
                CheckConstraint(check="type ~ '^[A-Z][A-Za-z]{1,39}$'", name="partner_event_type_form"),
                CheckConstraint(check="jsonb_typeof(payload) = 'object'", name="partner_event_payload_is_object"),
            ],
        ),
        ops.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "event",
                    fields.ForeignKeyField(
                        "shop.PartnerEvent",
                        source_field="event_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "webhook",
                    fields.ForeignKeyField(
                        "shop.Webhook",
                        source_field="webhook_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "status",
                    fields.CharEnumField(
                        default=DeliveryStatus.PENDING,
                        description="PENDING: PENDING\nDELIVERED: DELIVERED\nDEAD: DEAD",
                        enum_type=DeliveryStatus,
                        max_length=24,
                    ),
                ),
                ("attempts", fields.IntField(default=0)),
                ("next_try_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("response_status", fields.IntField(null=True)),
                ("error", fields.CharField(null=True, max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "webhook_delivery",
                "app": "shop",
                "indexes": [
                    Index(fields=["status", "next_try_at"], name="webhook_delivery_waiting"),
                    Index(fields=["event_id"], name="webhook_delivery_by_event"),
                ],
                "pk_attr": "id",
                "table_description": "One event on its way to one webhook.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "WebhookDelivery",
            [
                UniqueConstraint(fields=("webhook_id", "event_id"), name="webhook_delivery_webhook_id_event_id_key"),
                CheckConstraint(
                    check="status IN ('PENDING', 'DELIVERED', 'DEAD')", name="webhook_delivery_status_known"
                ),
                CheckConstraint(check="attempts >= 0", name="webhook_delivery_attempts"),
                CheckConstraint(
                    check="(next_try_at IS NULL) = (finished_at IS NOT NULL)", name="webhook_delivery_waits_or_is_over"
                ),
                CheckConstraint(
                    check="(status = 'PENDING') = (next_try_at IS NOT NULL)", name="webhook_delivery_pending_waits"
                ),
            ],
        ),
        ops.AddField(
            model_name="InspectionReport",
            name="decided_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="InspectionReport",
            name="decided_by",
            field=fields.CharField(null=True, max_length=60),
        ),
        ops.AddField(
            model_name="InspectionReport",
            name="filed_by",
            field=fields.CharField(null=True, max_length=60),
        ),
        ops.AddField(
            model_name="InspectionReport",
            name="rejection_reason",
            field=fields.CharField(null=True, max_length=300),
        ),
        ops.AddIndex(
            model_name="InspectionReport",
            index=Index(fields=["partner_id", "id"], name="inspection_report_by_partner"),
        ),
        ops.AddIndex(
            model_name="InspectionReport",
            index=Index(fields=["status", "id"], name="inspection_report_by_status"),
        ),
        AddConstraints(
            "InspectionReport",
            [
                CheckConstraint(check="decided_by <> filed_by", name="inspection_report_maker_is_not_checker"),
                CheckConstraint(
                    check="(decided_by IS NULL) = (decided_at IS NULL)", name="inspection_report_decision_has_a_time"
                ),
                CheckConstraint(
                    check="filed_by IS NULL OR (status = 'SUBMITTED') = (decided_by IS NULL)",
                    name="inspection_report_filed_is_decided_by_someone",
                ),
                CheckConstraint(
                    check="filed_by IS NULL OR (status = 'REJECTED') = (rejection_reason IS NOT NULL)",
                    name="inspection_report_rejection_has_a_reason",
                ),
            ],
        ),
        ops.AddField(
            model_name="Partner",
            name="calls_per_day",
            field=fields.IntField(db_default=10000),
        ),
        ops.AddField(
            model_name="Partner",
            name="calls_per_minute",
            field=fields.IntField(db_default=60),
        ),
        ops.AddConstraint(
            model_name="Partner",
            constraint=CheckConstraint(
                check="calls_per_minute BETWEEN 1 AND 100000 AND calls_per_day >= calls_per_minute",
                name="partner_budget",
            ),
        ),
        ops.RemoveConstraint(
            model_name="Webhook",
            name="webhook_url_https",
            fields=None,
        ),
        ops.AlterModelOptions(
            name="Webhook",
            options={
                "table": "webhook",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Where a partner wants to be told of events, and how that goes.",
            },
        ),
        ops.AddField(
            model_name="Webhook",
            name="failing_since",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Webhook",
            name="paused_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Webhook",
            name="previous_secret_sealed",
            field=fields.BinaryField(null=True),
        ),
        ops.AddField(
            model_name="Webhook",
            name="previous_secret_until",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        AddConstraints(
            "Webhook",
            [
                CheckConstraint(
                    check="url ~ '^(https://|http://(127\\.0\\.0\\.1|localhost)[:/])'", name="webhook_url_https"
                ),
                CheckConstraint(
                    check="(previous_secret_sealed IS NULL) = (previous_secret_until IS NULL)",
                    name="webhook_previous_secret_ends",
                ),
                CheckConstraint(
                    check="paused_at IS NULL OR failing_since IS NOT NULL", name="webhook_paused_is_failing"
                ),
            ],
        ),
    ]
