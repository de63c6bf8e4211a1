from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.payments.enums import DifferenceKind, EventKind, EventOutcome, EventSource

LEDGERS = "REVOKE UPDATE, DELETE ON payment_event, reconciliation_report, reconciliation_difference FROM yougou_app"
SCOPES = """
UPDATE role SET scopes = array(SELECT unnest(scopes || '{payments:read,payments:write}') ORDER BY 1)
WHERE code = 'ADMINISTRATOR'
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0025_holds")]
    initial = False
    operations = [
        ops.CreateModel(
            name="Payment",
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
                ("out_trade_no", fields.CharField(unique=True, max_length=32)),
                ("amount_fen", fields.BigIntField()),
                ("description", fields.CharField(max_length=120)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("asked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("prepay_id", fields.CharField(null=True, max_length=64)),
                ("prepay_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closing_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("paid_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("transaction_id", fields.CharField(null=True, max_length=32)),
                ("paid_fen", fields.BigIntField(db_default=0)),
                ("refund_granted_fen", fields.BigIntField(db_default=0)),
                ("refunded_fen", fields.BigIntField(db_default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payment",
                "app": "shop",
                "indexes": [
                    Index(fields=["customer_id", "id"], name="payment_by_customer"),
                    Index(fields=["expires_at"], name="payment_by_end"),
                ],
                "pk_attr": "id",
                "table_description": "Money a customer is asked for: its own number at WeChat, one end, and counters of the ledger below it.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "Payment",
            [
                UniqueConstraint(fields=("transaction_id",), name="payment_transaction_id_key"),
                CheckConstraint(check="out_trade_no ~ '^YG[0-9]{20}$'", name="payment_number_form"),
                CheckConstraint(check="amount_fen > 0", name="payment_amount_positive"),
                CheckConstraint(check="expires_at > created_at", name="payment_ends_later"),
                CheckConstraint(
                    check="0 <= refunded_fen AND refunded_fen <= refund_granted_fen AND refund_granted_fen <= paid_fen",
                    name="payment_balance",
                ),
                CheckConstraint(check="(prepay_id IS NULL) = (prepay_until IS NULL)", name="payment_prepay_pair"),
                CheckConstraint(check="(paid_at IS NULL) = (transaction_id IS NULL)", name="payment_paid_pair"),
                CheckConstraint(check="paid_at IS NULL OR paid_fen >= amount_fen", name="payment_paid_in_full"),
                CheckConstraint(check="closed_at IS NULL OR closing_at IS NOT NULL", name="payment_closed_was_closing"),
                CheckConstraint(check="paid_at IS NULL OR closed_at IS NULL", name="payment_paid_or_closed"),
            ],
        ),
        ops.CreateModel(
            name="GrantedRefund",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "payment",
                    fields.ForeignKeyField(
                        "shop.Payment",
                        source_field="payment_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("key", fields.CharField(max_length=64)),
                ("ordinal", fields.SmallIntField()),
                ("transaction_id", fields.CharField(max_length=32)),
                ("amount_fen", fields.BigIntField()),
                ("reason", fields.CharField(max_length=80)),
                ("out_refund_no", fields.CharField(unique=True, max_length=40)),
                ("attempt", fields.SmallIntField(db_default=1)),
                ("tries", fields.IntField(db_default=0)),
                ("next_try_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("accepted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("succeeded_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("failure", fields.CharField(null=True, max_length=40)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "granted_refund",
                "app": "shop",
                "indexes": [
                    Index(fields=["next_try_at"], name="granted_refund_by_next_try"),
                    Index(fields=["accepted_at"], name="granted_refund_by_day"),
                ],
                "pk_attr": "id",
                "table_description": "What is to go back, and why; the money itself moves by entries of the ledger.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "GrantedRefund",
            [
                UniqueConstraint(fields=("payment_id", "key"), name="granted_refund_payment_id_key_key"),
                UniqueConstraint(fields=("payment_id", "ordinal"), name="granted_refund_payment_id_ordinal_key"),
                CheckConstraint(check="amount_fen > 0", name="granted_refund_amount_positive"),
                CheckConstraint(check="ordinal BETWEEN 1 AND 50", name="granted_refund_ordinal_range"),
                CheckConstraint(check="attempt BETWEEN 1 AND 2", name="granted_refund_attempt_range"),
                CheckConstraint(check="succeeded_at IS NULL OR failure IS NULL", name="granted_refund_done_or_failed"),
                CheckConstraint(
                    check="(next_try_at IS NULL) = (succeeded_at IS NOT NULL OR failure IS NOT NULL)",
                    name="granted_refund_waits_or_is_over",
                ),
            ],
        ),
        ops.CreateModel(
            name="PaymentEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "payment",
                    fields.ForeignKeyField(
                        "shop.Payment",
                        source_field="payment_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharEnumField(enum_type=EventKind, max_length=24)),
                ("outcome", fields.CharEnumField(enum_type=EventOutcome, max_length=24)),
                ("source", fields.CharEnumField(enum_type=EventSource, max_length=24)),
                ("amount_fen", fields.BigIntField()),
                ("transaction_id", fields.CharField(null=True, max_length=32)),
                (
                    "refund",
                    fields.ForeignKeyField(
                        "shop.GrantedRefund",
                        source_field="refund_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("out_refund_no", fields.CharField(null=True, max_length=40)),
                ("code", fields.CharField(null=True, max_length=40)),
                ("happened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("recorded_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payment_event",
                "app": "shop",
                "indexes": [
                    Index(fields=["payment_id", "id"], name="payment_event_by_payment"),
                    Index(fields=["happened_at"], name="payment_event_by_time"),
                ],
                "pk_attr": "id",
                "table_description": "An entry of the ledger: what was asked of WeChat and what WeChat said. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "PaymentEvent",
            [
                CheckConstraint(check="kind IN ('CHARGE', 'CLOSE', 'REFUND')", name="payment_event_kind_known"),
                CheckConstraint(
                    check="outcome IN ('REQUEST', 'SUCCESS', 'FAILURE')", name="payment_event_outcome_known"
                ),
                CheckConstraint(
                    check="source IN ('NOTIFY', 'QUERY', 'REQUEST', 'RECONCILE')", name="payment_event_source_known"
                ),
                UniqueConstraint(
                    fields=("transaction_id",),
                    name="payment_event_transaction_id_key",
                    condition="kind = 'CHARGE' AND outcome = 'SUCCESS'",
                ),
                UniqueConstraint(
                    fields=("payment_id",),
                    name="payment_event_payment_id_key",
                    condition="kind = 'CLOSE' AND outcome = 'SUCCESS'",
                ),
                UniqueConstraint(
                    fields=("out_refund_no", "outcome"),
                    name="payment_event_out_refund_no_outcome_key",
                    condition="kind = 'REFUND' AND outcome IN ('REQUEST', 'SUCCESS')",
                ),
                UniqueConstraint(
                    fields=("out_refund_no", "code"),
                    name="payment_event_out_refund_no_code_key",
                    condition="kind = 'REFUND' AND outcome = 'FAILURE'",
                ),
                CheckConstraint(
                    check="amount_fen >= 0 AND (kind = 'CLOSE') = (amount_fen = 0)", name="payment_event_amount"
                ),
                CheckConstraint(
                    check="kind <> 'CHARGE' OR outcome <> 'SUCCESS' OR transaction_id IS NOT NULL",
                    name="payment_event_charge_named",
                ),
                CheckConstraint(
                    check="(kind = 'REFUND') = (out_refund_no IS NOT NULL)", name="payment_event_refund_named"
                ),
                CheckConstraint(
                    check="(kind = 'REFUND') = (refund_id IS NOT NULL)", name="payment_event_refund_granted"
                ),
                CheckConstraint(check="(outcome = 'FAILURE') = (code IS NOT NULL)", name="payment_event_failure_told"),
            ],
        ),
        ops.CreateModel(
            name="ReconciliationReport",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("day", fields.DateField()),
                ("charge_count", fields.IntField()),
                ("charge_fen", fields.BigIntField()),
                ("refund_count", fields.IntField()),
                ("refund_fen", fields.BigIntField()),
                ("matched", fields.IntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "reconciliation_report",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "What came of comparing a business day: written once, with its differences. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "ReconciliationReport",
            [
                UniqueConstraint(fields=("day",), name="reconciliation_report_day_key"),
                CheckConstraint(
                    check="matched >= 0 AND charge_count >= 0 AND refund_count >= 0 AND charge_fen >= 0 AND refund_fen >= 0",
                    name="reconciliation_report_counts",
                ),
            ],
        ),
        ops.CreateModel(
            name="ReconciliationDifference",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "report",
                    fields.ForeignKeyField(
                        "shop.ReconciliationReport",
                        source_field="report_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("kind", fields.CharEnumField(enum_type=DifferenceKind, max_length=24)),
                ("out_trade_no", fields.CharField(max_length=32)),
                ("out_refund_no", fields.CharField(null=True, max_length=64)),
                ("bill_fen", fields.BigIntField(null=True)),
                ("ledger_fen", fields.BigIntField(null=True)),
                ("is_healed", fields.BooleanField()),
            ],
            options={
                "table": "reconciliation_difference",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "One charge or refund that is not the same on both sides. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "ReconciliationDifference",
            [
                CheckConstraint(
                    check="kind IN ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS', 'REFUND_DIFFERS')",
                    name="reconciliation_difference_kind_known",
                ),
                UniqueConstraint(
                    fields=("report_id", "out_trade_no", "out_refund_no", "kind"),
                    name="reconciliation_difference_report_id_out_trade_no_out_refund_no_kind_key",
                ),
                CheckConstraint(
                    check="bill_fen IS NOT NULL OR ledger_fen IS NOT NULL", name="reconciliation_difference_has_a_side"
                ),
            ],
        ),
        ops.RunSQL([LEDGERS, SCOPES], reverse_sql="SELECT 1"),
    ]
