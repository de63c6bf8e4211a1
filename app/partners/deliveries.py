"""Tables of what partners are told: events, and their delivery to each webhook."""

from datetime import datetime
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, choice, document, known, ref, unique
from app.partners.enums import DeliveryStatus


class PartnerEvent(Model):
    """Something that happened, written with it. The payload holds global ids and times, nothing personal."""

    id = fields.BigIntField(primary_key=True)
    uid = fields.UUIDField(unique=True)  # how receivers know it
    type = fields.CharField(max_length=40)
    payload = document()
    partner = ref("Partner", null=True)  # whom alone it concerns; null: everybody who listens
    happened_at = fields.DatetimeField()

    class Meta:
        """A type is a word that program and partner agree on: a new one needs no migration."""

        table = "partner_event"
        indexes = (Index(fields=("happened_at",), name="partner_event_by_age"),)
        constraints = (
            check("partner_event", "type_form", "type ~ '^[A-Z][A-Za-z]{1,39}$'"),
            check("partner_event", "payload_is_object", "jsonb_typeof(payload) = 'object'"),
        )


class WebhookDelivery(Model):
    """One event on its way to one webhook."""

    id = fields.BigIntField(primary_key=True)
    event = ref("PartnerEvent")
    webhook = ref("Webhook")
    webhook_id: int
    uid: UUID  # the event's, as are the next two: read along with it
    type: str
    happened_at: datetime
    status = choice(DeliveryStatus, default=DeliveryStatus.PENDING)
    attempts = fields.IntField(default=0)
    next_try_at = fields.DatetimeField(null=True)
    response_status = fields.IntField(null=True)  # of the last attempt; null: there was no answer
    error = fields.CharField(max_length=200, null=True)  # why the last attempt failed, in the shop's words
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        """An event goes to a webhook once; what waits says when it is tried, what is over says since when."""

        table = "webhook_delivery"
        indexes = (
            Index(fields=("status", "next_try_at"), name="webhook_delivery_waiting"),
            Index(fields=("event_id",), name="webhook_delivery_by_event"),
        )
        constraints = (
            unique("webhook_delivery", "webhook_id", "event_id"),
            known("webhook_delivery", "status", DeliveryStatus),
            check("webhook_delivery", "attempts", "attempts >= 0"),
            check("webhook_delivery", "waits_or_is_over", "(next_try_at IS NULL) = (finished_at IS NOT NULL)"),
            check("webhook_delivery", "pending_waits", "(status = 'PENDING') = (next_try_at IS NOT NULL)"),
        )
