"""Tables of messages: what customers granted, and what was sent for it."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare
from app.orders.messages.enums import MessageState, MessageTemplate

MOST_GRANTS = 20  # of one template, for one customer: who taps "always" grants one at each prompt


class MessageGrant(Model):
    """How many messages of a template a customer lets the shop still send her; each is good once, without an end."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    customer_id: int
    template = choice(MessageTemplate)
    remaining = fields.SmallIntField()

    class Meta:
        """One count for each customer and template."""

        table = "message_grant"
        constraints = (
            unique("message_grant", "customer_id", "template"),
            known("message_grant", "template", MessageTemplate),
            check("message_grant", "count", f"remaining BETWEEN 0 AND {MOST_GRANTS}"),
        )


class SubscribeMessage(Model):
    """A message for which a grant was taken: about which order, and what became of it.

    Its texts are made when it is sent, so that nothing personal stands here or in a job.
    """

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    customer_id: int
    order = ref("Order")
    order_id: int
    template = choice(MessageTemplate)
    occasion_id = fields.BigIntField()  # the granted refund or the substitution it is about; else 0
    state = choice(MessageState, default=MessageState.QUEUED)
    tries = fields.SmallIntField(default=0)
    code = fields.IntField(null=True)  # WeChat's last error
    created_at: datetime = fields.DatetimeField()
    sending_at: datetime | None = fields.DatetimeField(null=True)
    done_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        """Each occasion is told once."""

        table = "subscribe_message"
        indexes = (Index(fields=("state", "sending_at"), name="subscribe_message_by_state"),)
        constraints = (
            unique("subscribe_message", "order_id", "template", "occasion_id"),
            known("subscribe_message", "template", MessageTemplate),
            known("subscribe_message", "state", MessageState),
            check("subscribe_message", "done_has_time", "(state IN ('QUEUED', 'SENDING')) = (done_at IS NULL)"),
            check("subscribe_message", "tries", "tries BETWEEN 0 AND 10"),
        )


_WHY = "telling a customer of her order"

declare(
    MessageGrant,
    plain=("id", "template", "remaining"),
    customer_id=(_WHY, "until closure", Mask.HIDDEN, Erase.DELETE_ROW),
)
declare(
    SubscribeMessage,
    plain=(
        *("id", "order_id", "template", "occasion_id", "state", "tries", "code"),
        *("created_at", "sending_at", "done_at"),
    ),
    customer_id=(_WHY, "30 days after it was sent", Mask.HIDDEN, Erase.DELETE_ROW),
)
