from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints
from app.traceability.enums import CertificateBasis, ReportStatus, Verdict


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_lots_and_events")]

    initial = False

    operations = [
        ops.CreateModel(
            name="InspectionReport",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "lot",
                    fields.ForeignKeyField(
                        "shop.Lot",
                        source_field="lot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
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
                ("lab", fields.CharField(max_length=80)),
                ("number", fields.CharField(max_length=60)),
                ("sample_name", fields.CharField(max_length=80)),
                ("sampled_on", fields.DateField()),
                ("issued_on", fields.DateField()),
                (
                    "verdict",
                    fields.CharEnumField(description="PASS: PASS\nFAIL: FAIL", enum_type=Verdict, max_length=24),
                ),
                (
                    "status",
                    fields.CharEnumField(
                        default=ReportStatus.SUBMITTED,
                        description="SUBMITTED: SUBMITTED\nACCEPTED: ACCEPTED\nREJECTED: REJECTED",
                        enum_type=ReportStatus,
                        max_length=24,
                    ),
                ),
                ("items", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                (
                    "file",
                    fields.ForeignKeyField(
                        "shop.Upload",
                        source_field="file_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "inspection_report",
                "app": "shop",
                "indexes": [Index(fields=["lot_id", "issued_on"], name="inspection_report_by_lot")],
                "pk_attr": "id",
                "table_description": "A laboratory's report on a sample of a lot (fields as on a CMA/CNAS report).",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "InspectionReport",
            [
                UniqueConstraint(fields=("lab", "number"), name="inspection_report_lab_number_key"),
                CheckConstraint(check="verdict IN ('PASS', 'FAIL')", name="inspection_report_verdict_known"),
                CheckConstraint(
                    check="status IN ('SUBMITTED', 'ACCEPTED', 'REJECTED')", name="inspection_report_status_known"
                ),
                CheckConstraint(check="sampled_on <= issued_on", name="inspection_report_dates_in_order"),
                CheckConstraint(
                    check="jsonb_typeof(items) = 'array' AND jsonb_array_length(items) > 0",
                    name="inspection_report_items_present",
                ),
            ],
        ),
        ops.CreateModel(
            name="ConformityCertificate",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "lot",
                    fields.ForeignKeyField(
                        "shop.Lot",
                        source_field="lot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.CharField(unique=True, max_length=60)),
                ("product_name", fields.CharField(max_length=80)),
                ("quantity", fields.CharField(max_length=40)),
                ("origin", fields.CharField(max_length=80)),
                ("issuer", fields.CharField(max_length=80)),
                (
                    "basis",
                    fields.CharEnumField(
                        description="ENTRUSTED_TEST: ENTRUSTED_TEST\nSELF_TEST: SELF_TEST\nINTERNAL_CONTROL: INTERNAL_CONTROL\nSELF_COMMITMENT: SELF_COMMITMENT",
                        enum_type=CertificateBasis,
                        max_length=24,
                    ),
                ),
                ("issued_on", fields.DateField()),
                ("expires_on", fields.DateField(null=True)),
            ],
            options={
                "table": "conformity_certificate",
                "app": "shop",
                "indexes": [Index(fields=["lot_id", "issued_on"], name="conformity_certificate_by_lot")],
                "pk_attr": "id",
                "table_description": "A producer's 承诺达标合格证 for a lot.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "ConformityCertificate",
            [
                CheckConstraint(
                    check="basis IN ('ENTRUSTED_TEST', 'SELF_TEST', 'INTERNAL_CONTROL', 'SELF_COMMITMENT')",
                    name="conformity_certificate_basis_known",
                ),
                CheckConstraint(check="issued_on <= expires_on", name="conformity_certificate_dates_in_order"),
            ],
        ),
    ]
