"""Table of edits waiting for a second pair of eyes."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.catalog.enums import RevisionStatus
from app.kit.fields import check, choice, document, known, ref


class ProductRevision(Model):
    """A proposed content of a product, approved by its hash and never by its maker."""

    id = fields.BigIntField(primary_key=True)
    product = ref("Product")
    content = document()
    content_hash = fields.CharField(max_length=64)
    status = choice(RevisionStatus, default=RevisionStatus.DRAFT)
    maker = ref("Staff")
    checker = ref("Staff", null=True)
    approved_hash = fields.CharField(max_length=64, null=True)
    reason = fields.CharField(max_length=400, null=True)
    created_at = fields.DatetimeField()
    submitted_at = fields.DatetimeField(null=True)
    decided_at = fields.DatetimeField(null=True)
    publish_at = fields.DatetimeField(null=True)

    class Meta:
        """DESIGN rule 10: maker is not checker. An approval holds only for the content it saw."""

        table = "product_revision"
        indexes = (Index(fields=("product_id", "created_at"), name="product_revision_by_product"),)
        constraints = (
            known("product_revision", "status", RevisionStatus),
            check("product_revision", "maker_is_not_checker", "maker_id <> checker_id"),
            check("product_revision", "hash_hex", "content_hash ~ '^[0-9a-f]{64}$'"),
            check(
                "product_revision",
                "approved_content",
                "status NOT IN ('APPROVED', 'PUBLISHED')"
                " OR (approved_hash IS NOT NULL AND approved_hash = content_hash AND checker_id IS NOT NULL)",
            ),
            check(
                "product_revision",
                "rejected_has_reason",
                "status <> 'REJECTED' OR (checker_id IS NOT NULL AND reason IS NOT NULL)",
            ),
        )
