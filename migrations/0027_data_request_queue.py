from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from app.kit.add_constraints import AddConstraints
from app.privacy.enums import DataRequestKind, DataRequestState, DataSubject

SCOPE = "UPDATE role SET scopes = array_append(scopes, 'privacy:answer') WHERE code = 'ADMINISTRATOR'"
WITHOUT = "UPDATE role SET scopes = array_remove(scopes, 'privacy:answer') WHERE code = 'ADMINISTRATOR'"


class Migration(migrations.Migration):
    dependencies = [("shop", "0026_payments")]

    initial = False

    operations = [
        ops.RemoveConstraint(
            model_name="DataRequest",
            name="data_request_kind_known",
            fields=None,
        ),
        ops.RemoveConstraint(
            model_name="DataRequest",
            name="data_request_state_known",
            fields=None,
        ),
        ops.AlterModelOptions(
            name="DataRequest",
            options={
                "table": "data_request",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "What a customer asked for about her data, and the proof that it was answered.",
            },
        ),
        ops.AlterField(
            model_name="DataRequest",
            name="kind",
            field=fields.CharEnumField(enum_type=DataRequestKind, max_length=24),
        ),
        ops.AlterField(
            model_name="DataRequest",
            name="state",
            field=fields.CharEnumField(default=DataRequestState.OPEN, enum_type=DataRequestState, max_length=24),
        ),
        ops.AddField(
            model_name="DataRequest",
            name="answer",
            field=fields.CharField(null=True, max_length=500),
        ),
        ops.AddField(
            model_name="DataRequest",
            name="answered_by",
            field=fields.ForeignKeyField(
                "shop.Staff",
                source_field="answered_by_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(
            model_name="DataRequest",
            name="subject",
            field=fields.CharEnumField(null=True, enum_type=DataSubject, max_length=24),
        ),
        ops.AddField(
            model_name="DataRequest",
            name="wish",
            field=fields.CharField(null=True, max_length=1000),
        ),
        ops.AddIndex(
            model_name="DataRequest",
            index=Index(fields=["state", "id"], name="data_request_queue"),
        ),
        ops.AddIndex(
            model_name="DataRequest",
            index=Index(fields=["customer_id", "id"], name="data_request_by_customer"),
        ),
        AddConstraints(
            "DataRequest",
            [
                CheckConstraint(
                    check="kind IN ('EXPORT', 'CLOSURE', 'CORRECTION', 'MINOR', 'OTHER')",
                    name="data_request_kind_known",
                ),
                CheckConstraint(check="state IN ('OPEN', 'DONE', 'REFUSED', 'ENDED')", name="data_request_state_known"),
                CheckConstraint(
                    check="subject IN ('PROFILE', 'PHONE', 'WECHAT_ACCOUNT', 'CONSENT_HISTORY', 'REVIEW', 'COUPON', 'ORDER', 'OTHER')",
                    name="data_request_subject_known",
                ),
                CheckConstraint(check="(wish IS NULL) = (subject IS NULL)", name="data_request_wish_has_subject"),
                CheckConstraint(
                    check="state <> 'REFUSED' OR answer IS NOT NULL", name="data_request_refused_for_a_reason"
                ),
                CheckConstraint(
                    check="(answer IS NULL) = (answered_by_id IS NULL)", name="data_request_answered_by_somebody"
                ),
            ],
        ),
        ops.RunSQL(SCOPE, reverse_sql=WITHOUT),
    ]
