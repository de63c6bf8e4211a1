"""Table of edits waiting for a second pair of eyes."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.catalog.enums import OPEN, RevisionStatus
from app.kit.fields import check, choice, document, known, ref, unique

_OPEN = ", ".join(f"'{status}'" for status in sorted(OPEN))


class ProductRevision(Model):
    """A proposed content of a product, approved by its hash and never by its maker."""

    id = fields.BigIntField(primary_key=True)
    product = ref("Product")
    product_id: int
    content = document()  # app.catalog.content.Content as JSON
    content_hash = fields.CharField(max_length=64)
    base = document(null=True)  # what was published when the maker began; null: nothing was
    base_hash = fields.CharField(max_length=64, null=True)
    status = choice(RevisionStatus, default=RevisionStatus.DRAFT)
    maker = ref("Staff")
    maker_id: int
    checker = ref("Staff", null=True)
    checker_id: int | None
    approved_hash = fields.CharField(max_length=64, null=True)
    reason = fields.CharField(max_length=400, null=True)
    created_at = fields.DatetimeField()
    submitted_at = fields.DatetimeField(null=True)
    decided_at = fields.DatetimeField(null=True)
    publish_at = fields.DatetimeField(null=True)
    published_at = fields.DatetimeField(null=True)
    restores = ref("ProductRevision", null=True)  # the earlier publication a roll back brought back
    restores_id: int | None

    @property
    def waiting_since(self) -> datetime:
        """Since when it is where it waits: submitted, or else begun."""
        since: datetime = self.submitted_at or self.created_at
        return since

    class Meta:
        """DESIGN rule 10: maker is not checker. An approval holds only for the content it saw (and a trigger says so).

        A product has one open revision at most.
        """

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
            unique("product_revision", "product_id", where=f"status IN ({_OPEN})"),
            check("product_revision", "base_has_hash", "(base IS NULL) = (base_hash IS NULL)"),
            check("product_revision", "published_is_dated", "(status = 'PUBLISHED') = (published_at IS NOT NULL)"),
        )
