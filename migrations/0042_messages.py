"""Subscribe messages and the grants they need."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.orders.messages.enums import MessageState, MessageTemplate


class Migration(migrations.Migration):
    dependencies = [("shop", "0041_invoices")]
    initial = False
    operations = [
        ops.CreateModel(
            name="MessageGrant",
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
                ("template", fields.CharEnumField(enum_type=MessageTemplate, max_length=24)),
                ("remaining", fields.SmallIntField()),
            ],
            options={
                "table": "message_grant",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "How many messages of a template a customer lets the shop still send her; each is good once, without an end.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "MessageGrant",
            [
                UniqueConstraint(fields=("customer_id", "template"), name="message_grant_customer_id_template_key"),
                CheckConstraint(
                    check="template IN ('ORDER_READY', 'PICKUP_REMINDER', 'REFUND_DONE', 'SUBSTITUTION_OFFER')",
                    name="message_grant_template_known",
                ),
                CheckConstraint(check="remaining BETWEEN 0 AND 20", name="message_grant_count"),
            ],
        ),
        ops.CreateModel(
            name="SubscribeMessage",
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
                    "order",
                    fields.ForeignKeyField(
                        "shop.Order",
                        source_field="order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("template", fields.CharEnumField(enum_type=MessageTemplate, max_length=24)),
                ("occasion_id", fields.BigIntField()),
                ("state", fields.CharEnumField(default=MessageState.QUEUED, enum_type=MessageState, max_length=24)),
                ("tries", fields.SmallIntField(default=0)),
                ("code", fields.IntField(null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sending_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "subscribe_message",
                "app": "shop",
                "indexes": [Index(fields=["state", "sending_at"], name="subscribe_message_by_state")],
                "pk_attr": "id",
                "table_description": "A message for which a grant was taken: about which order, and what became of it.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "SubscribeMessage",
            [
                UniqueConstraint(
                    fields=("order_id", "template", "occasion_id"),
                    name="subscribe_message_order_id_template_occasion_id_key",
                ),
                CheckConstraint(
                    check="template IN ('ORDER_READY', 'PICKUP_REMINDER', 'REFUND_DONE', 'SUBSTITUTION_OFFER')",
                    name="subscribe_message_template_known",
                ),
                CheckConstraint(
                    check="state IN ('QUEUED', 'SENDING', 'SENT', 'NOT_GRANTED', 'FAILED', 'UNKNOWN')",
                    name="subscribe_message_state_known",
                ),
                CheckConstraint(
                    check="(state IN ('QUEUED', 'SENDING')) = (done_at IS NULL)", name="subscribe_message_done_has_time"
                ),
                CheckConstraint(check="tries BETWEEN 0 AND 10", name="subscribe_message_tries"),
            ],
        ),
    ]
