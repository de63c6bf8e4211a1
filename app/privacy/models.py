"""Table of what customers asked for about their data."""

from datetime import date, datetime

from tortoise import fields
from tortoise.models import Model

from app.kit.fields import check, choice, document, known, ref, unique
from app.kit.personal import Erase, Mask, declare
from app.privacy.enums import DataRequestKind, DataRequestState


class DataRequest(Model):
    """A request for a copy or for closing the account, and the proof that it was answered: ids and counts only."""

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

    class Meta:
        """One open request of a kind per customer; an answered one says when, and what it touched."""

        table = "data_request"
        constraints = (
            known("data_request", "kind", DataRequestKind),
            known("data_request", "state", DataRequestState),
            unique("data_request", "customer_id", "kind", where="state = 'OPEN'"),
            check("data_request", "answered_has_time", "(state = 'OPEN') = (done_at IS NULL)"),
            check("data_request", "done_is_counted", "state <> 'DONE' OR counts IS NOT NULL"),
            check("data_request", "file_expires", "(storage_key IS NULL) = (expires_at IS NULL)"),
        )


declare(
    DataRequest,
    plain=("id", "kind", "state", "requested_at", "due_on", "done_at", "storage_key", "expires_at", "counts"),
    customer_id=("proof that a request was answered", "3 years after it", Mask.HIDDEN, Erase.KEEP),
)
