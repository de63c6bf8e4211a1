"""Grants of messages."""

import strawberry

from app.orders.messages.enums import MessageTemplate
from app.orders.messages.models import MessageGrant as Row
from schema.binding import field, of


@strawberry.type(description="How many messages of a template the customer lets the shop still send her.")
@of(Row)
class MessageGrant:
    """Its source is a row."""

    template: MessageTemplate = field(description="What they tell.")
    remaining: int = field(description="How many may be sent: ask her again when there is none.")
