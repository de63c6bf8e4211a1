"""Tables of the papers that vouch for a lot."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, choice, document, known, ref, unique
from app.traceability.enums import CertificateBasis, ReportStatus, Verdict


class InspectionReport(Model):
    """A laboratory's report on a sample of a lot (fields as on a CMA/CNAS report)."""

    id = fields.BigIntField(primary_key=True)
    lot = ref("Lot")
    lot_id: int
    partner = ref("Partner", null=True)
    lab = fields.CharField(max_length=80)
    number = fields.CharField(max_length=60)
    sample_name = fields.CharField(max_length=80)
    sampled_on = fields.DateField()
    issued_on = fields.DateField()
    verdict = choice(Verdict)
    status = choice(ReportStatus, default=ReportStatus.SUBMITTED)
    items = document()  # [{name, method, limit, value, unit, verdict}], in the report's order
    file = ref("Upload", null=True)
    file_id: int | None
    file_key: str | None  # the file's key in the store, read with the row
    filed_by = fields.CharField(max_length=60, null=True)  # the caller; null: it came with the lot's own papers
    decided_by = fields.CharField(max_length=60, null=True)
    decided_at = fields.DatetimeField(null=True)
    rejection_reason = fields.CharField(max_length=300, null=True)
    created_at = fields.DatetimeField()

    class Meta:
        """A lab numbers its reports once, issues them after sampling, tests something, and does not decide on them."""

        table = "inspection_report"
        indexes = (
            Index(fields=("lot_id", "issued_on"), name="inspection_report_by_lot"),
            Index(fields=("partner_id", "id"), name="inspection_report_by_partner"),
            Index(fields=("status", "id"), name="inspection_report_by_status"),
        )
        constraints = (
            unique("inspection_report", "lab", "number"),
            known("inspection_report", "verdict", Verdict),
            known("inspection_report", "status", ReportStatus),
            check("inspection_report", "dates_in_order", "sampled_on <= issued_on"),
            check(
                "inspection_report",
                "items_present",
                "jsonb_typeof(items) = 'array' AND jsonb_array_length(items) > 0",
            ),
            check("inspection_report", "maker_is_not_checker", "decided_by <> filed_by"),
            check("inspection_report", "decision_has_a_time", "(decided_by IS NULL) = (decided_at IS NULL)"),
            check(
                "inspection_report",
                "filed_is_decided_by_someone",
                "filed_by IS NULL OR (status = 'SUBMITTED') = (decided_by IS NULL)",
            ),
            check(
                "inspection_report",
                "rejection_has_a_reason",
                "filed_by IS NULL OR (status = 'REJECTED') = (rejection_reason IS NOT NULL)",
            ),
        )


class ConformityCertificate(Model):
    """A producer's 承诺达标合格证 for a lot."""

    id = fields.BigIntField(primary_key=True)
    lot = ref("Lot")
    lot_id: int
    number = fields.CharField(max_length=60, unique=True)
    product_name = fields.CharField(max_length=80)
    quantity = fields.CharField(max_length=40)
    origin = fields.CharField(max_length=80)
    issuer = fields.CharField(max_length=80)
    basis = choice(CertificateBasis)
    issued_on = fields.DateField()
    expires_on = fields.DateField(null=True)

    class Meta:
        """Issued before it ends."""

        table = "conformity_certificate"
        indexes = (Index(fields=("lot_id", "issued_on"), name="conformity_certificate_by_lot"),)
        constraints = (
            known("conformity_certificate", "basis", CertificateBasis),
            check("conformity_certificate", "dates_in_order", "issued_on <= expires_on"),
        )
