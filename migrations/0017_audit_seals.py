from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.kit.add_constraints import AddConstraints

# what was written before there was a chain is chained too
EARLIER = "INSERT INTO audit_unsealed (entry_id) SELECT id FROM audit_entry ORDER BY id"
LEDGER = "REVOKE UPDATE, DELETE ON audit_seal FROM yougou_app"


def entry() -> fields.ForeignKeyField:
    return fields.ForeignKeyField(
        "shop.AuditEntry",
        source_field="entry_id",
        db_constraint=True,
        to_field="id",
        related_name=False,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    dependencies = [("shop", "0016_favourites")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AuditUnsealed",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("entry", entry()),
            ],
            options={
                "table": "audit_unsealed",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "An audit entry that waits to be chained.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="AuditUnsealed",
            constraint=UniqueConstraint(fields=("entry_id",), name="audit_unsealed_entry_id_key"),
        ),
        ops.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("sequence", fields.BigIntField()),
                ("entry", entry()),
                ("previous_hash", fields.BinaryField(null=True)),
                ("chain_hash", fields.BinaryField()),
                ("sealed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "audit_seal",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "A link of the audit log's hash chain: seals one entry and the link before. Append-only.",
            },
            bases=["Model"],
        ),
        AddConstraints(
            "AuditSeal",
            [
                UniqueConstraint(fields=("sequence",), name="audit_seal_sequence_key"),
                UniqueConstraint(fields=("entry_id",), name="audit_seal_entry_id_key"),
                UniqueConstraint(fields=("previous_hash",), name="audit_seal_previous_hash_key"),
                CheckConstraint(
                    check="sequence > 0 AND (sequence = 1) = (previous_hash IS NULL)", name="audit_seal_first_is_first"
                ),
                CheckConstraint(check="octet_length(chain_hash) = 32", name="audit_seal_hash_length"),
            ],
        ),
        ops.RunSQL([EARLIER, LEDGER], reverse_sql="SELECT 1"),
    ]
