"""Publishing: revisions know what they began with, and an approval cannot outlive the content it saw."""

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from app.catalog.enums import RevisionStatus
from app.kit.add_constraints import AddConstraints

# Whoever changes a content, this service or a later one, ends what was decided about it; a publication is history.
VOIDED = """
CREATE FUNCTION product_revision_content_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.content IS DISTINCT FROM OLD.content) <> (NEW.content_hash IS DISTINCT FROM OLD.content_hash)
    OR NEW.content IS DISTINCT FROM OLD.content
      AND (OLD.status IN ('PUBLISHED', 'DISCARDED') OR NEW.status <> 'DRAFT' OR NEW.approved_hash IS NOT NULL)
    OR OLD.status = 'PUBLISHED' AND NEW.status <> 'PUBLISHED'
  THEN
    RAISE EXCEPTION 'a changed content is a draft with a hash of its own' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'product_revision_change_voids_approval', TABLE = 'product_revision';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER product_revision_changed BEFORE UPDATE ON product_revision
FOR EACH ROW EXECUTE FUNCTION product_revision_content_changes();
CREATE INDEX product_revision_waiting ON product_revision (status, COALESCE(submitted_at, created_at), id);
CREATE INDEX product_revision_due ON product_revision (publish_at) WHERE status = 'APPROVED';
UPDATE role SET scopes = array_append(scopes, 'catalog:read') WHERE code IN ('CATALOGUE_EDITOR', 'CATALOGUE_APPROVER')
"""
WITHOUT = """
UPDATE role SET scopes = array_remove(scopes, 'catalog:read');
DROP INDEX product_revision_waiting, product_revision_due;
DROP TRIGGER product_revision_changed ON product_revision;
DROP FUNCTION product_revision_content_changes()
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0035_pickup_plans")]

    initial = False

    operations = [
        ops.RemoveConstraint(model_name="ProductRevision", name="product_revision_status_known", fields=None),
        ops.AlterField(
            model_name="ProductRevision",
            name="status",
            field=fields.CharEnumField(default=RevisionStatus.DRAFT, enum_type=RevisionStatus, max_length=24),
        ),
        ops.AddField(
            model_name="ProductRevision",
            name="base",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name="ProductRevision",
            name="base_hash",
            field=fields.CharField(null=True, max_length=64),
        ),
        ops.AddField(
            model_name="ProductRevision",
            name="published_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="ProductRevision",
            name="restores",
            field=fields.ForeignKeyField(
                "shop.ProductRevision",
                source_field="restores_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        AddConstraints(
            "ProductRevision",
            [
                CheckConstraint(
                    check="status IN ('DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'PUBLISHED', 'DISCARDED')",
                    name="product_revision_status_known",
                ),
                UniqueConstraint(
                    fields=("product_id",),
                    name="product_revision_product_id_key",
                    condition="status IN ('APPROVED', 'DRAFT', 'REJECTED', 'SUBMITTED')",
                ),
                CheckConstraint(
                    check="(base IS NULL) = (base_hash IS NULL)",
                    name="product_revision_base_has_hash",
                ),
                CheckConstraint(
                    check="(status = 'PUBLISHED') = (published_at IS NOT NULL)",
                    name="product_revision_published_is_dated",
                ),
            ],
        ),
        ops.RunSQL(VOIDED, reverse_sql=WITHOUT),
    ]
