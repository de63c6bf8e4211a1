"""Table of what customers asked for about their data."""

from datetime import date, datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, choice, document, known, ref, unique
from app.kit.personal import Erase, Mask, declare
from app.privacy.enums import DataRequestKind, DataRequestState, DataSubject


class DataRequest(Model):
    """What a customer asked for about her data, and the proof that it was answered.

    `wish` and `answer` are what she and staff wrote; all else is ids and counts.
    """

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    customer_id: int
    kind = choice(DataRequestKind)
    state = choice(DataRequestState, default=DataRequestState.OPEN)
    requested_at: datetime = fields.DatetimeField()
    due_on: date = fields.DateField()
    done_at: datetime | None = fields.DatetimeField(null=True)
    storage_key = fields.CharField(max_length=200, null=True)
    expires_at: datetime | None = fields.DatetimeField(null=True)  # when the file of an export goes
    counts = document(null=True)  # rows by table
    subject = choice(DataSubject, null=True)  # of what she wrote
    wish = fields.CharField(max_length=1000, null=True)
    answer = fields.CharField(max_length=500, null=True)
    answered_by = ref("Staff", null=True)
    answered_by_id: int | None

    class Meta:
        """One open request of a kind per customer; an answered one says when, and what it touched."""

        table = "data_request"
        indexes = (
            Index(fields=("state", "id"), name="data_request_queue"),
            Index(fields=("customer_id", "id"), name="data_request_by_customer"),
        )
        constraints = (
            known("data_request", "kind", DataRequestKind),
            known("data_request", "state", DataRequestState),
            known("data_request", "subject", DataSubject),
            unique("data_request", "customer_id", "kind", where="state = 'OPEN'"),
            check("data_request", "wish_has_subject", "(wish IS NULL) = (subject IS NULL)"),
            check("data_request", "refused_for_a_reason", "state <> 'REFUSED' OR answer IS NOT NULL"),
            check("data_request", "answered_by_somebody", "(answer IS NULL) = (answered_by_id IS NULL)"),
            check("data_request", "answered_has_time", "(state = 'OPEN') = (done_at IS NULL)"),
            check("data_request", "done_is_counted", "state <> 'DONE' OR counts IS NOT NULL"),
            check("data_request", "file_expires", "(storage_key IS NULL) = (expires_at IS NULL)"),
        )


class RetentionReport(Model):
    """What one day's purge removed: counts by table, nothing of whom."""

    id = fields.BigIntField(primary_key=True)
    run_on: date = fields.DateField()
    started_at: datetime = fields.DatetimeField()
    finished_at: datetime | None = fields.DatetimeField(null=True)  # none: under way, or broken off
    removed: dict[str, int] = document()

    class Meta:
        """One a day."""

        table = "retention_report"
        constraints = (
            unique("retention_report", "run_on"),
            check("retention_report", "counts", "jsonb_typeof(removed) = 'object'"),
        )


_TERM = "3 years after it was answered"

declare(
    DataRequest,
    plain=(
        *("id", "kind", "state", "requested_at", "due_on", "done_at", "storage_key", "expires_at", "counts"),
        *("subject", "answered_by_id"),
    ),
    customer_id=("proof that a request was answered", _TERM, Mask.HIDDEN, Erase.KEEP),
    wish=("answering a request", _TERM, Mask.HIDDEN, Erase.ANONYMISE),
    answer=("proof that a request was answered", _TERM, Mask.HIDDEN, Erase.ANONYMISE),
)
