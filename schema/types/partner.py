"""Partners, their keys, their webhooks, and what could not be told to them: for staff."""

from datetime import datetime

import strawberry

from app.partners.deliveries import WebhookDelivery as DeliveryRow
from app.partners.enums import DeliveryStatus, PartnerEventType, PartnerKind
from app.partners.models import ApiKey as KeyRow
from app.partners.models import Partner as PartnerRow
from app.partners.models import Webhook as WebhookRow
from app.partners.service import Issued
from app.partners.webhooks import Registered
from resolvers import node as resolve_node
from resolvers import partner as resolve
from schema.binding import field, of

_ID = "Opaque; the mutations take it."


@strawberry.type(description="A partner's key. The key itself is shown once, when it is issued.")
@of(KeyRow)
class ApiKey:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description=_ID)
    prefix: str = field(description="The public part, between `ygk_` and the second underscore.")
    scopes: list[str] = field(description="What it allows beyond what everybody may.", list_size=5)
    created_at: datetime = field(description="When it was issued.")
    expires_at: datetime = field(description="Until when it holds, unless it is revoked.")
    revoked_at: datetime | None = field(description="When it was revoked; null if it was not.")
    last_used_at: datetime | None = field(
        description="When it was last used, to about half a minute; null if it never was."
    )


@strawberry.type(description="An address of a partner that is told of events.")
@of(WebhookRow)
class Webhook:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description=_ID)
    url: str = field(description="Where events are posted to.")
    events: list[PartnerEventType] = field(resolve.events, description="What it is told of.", list_size=5)
    is_active: bool = field(description="Whether it is told at all.")
    failing_since: datetime | None = field(description="The first failure since the last success; null if none.")
    paused_at: datetime | None = field(
        description="When it was paused because it had failed for three days; null unless it is paused."
    )
    created_at: datetime = field(description="When it was registered.")


@strawberry.type(description="A company that calls the API with a key.")
@of(PartnerRow)
class Partner:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description=_ID)
    code: str = field(description="Its short name, also that of its app.")
    name: str = field(description="Its name.")
    kind: PartnerKind = field(description="What it does for the shop.")
    is_active: bool = field(description="Whether its keys hold and its webhooks are told.")
    calls_per_minute: int = field(description="How often each of its documents may be sent in a minute.")
    calls_per_day: int = field(description="How often each may be sent on a business day.")
    created_at: datetime = field(description="Since when it is a partner.")
    api_keys: list[ApiKey] = field(
        resolve.api_keys, description="Its keys, newest first, also those that ended.", list_size=5
    )
    webhooks: list[Webhook] = field(resolve.webhooks, description="Its webhooks, the paused ones first.", list_size=5)


@strawberry.type(description="A key just issued.")
@of(Issued)
class IssuedApiKey:
    """Its source is app.partners.service.Issued."""

    api_key: ApiKey = field(description="What is known of it.")
    key: str | None = field(
        resolve.key_text,
        description="The key, this once. Null on a retry: if the first answer was lost, revoke it and issue another.",
    )


@strawberry.type(description="A webhook with a secret just made.")
@of(Registered)
class RegisteredWebhook:
    """Its source is app.partners.webhooks.Registered."""

    webhook: Webhook = field(description="The webhook.")
    secret: str | None = field(
        description="What its requests are signed with (Standard Webhooks, v1), this once. Null on a retry."
    )


@strawberry.type(description="An event on its way to a webhook.")
@of(DeliveryRow)
class WebhookDelivery:
    """Its source is a row, with its event's id, type and time."""

    id: strawberry.ID = field(resolve_node.global_id, description=_ID)
    event_id: str = field(resolve.event_id, description="The event, as its receivers know it (`webhook-id`).")
    type: PartnerEventType = field(resolve.event_type, description="What happened.")
    happened_at: datetime = field(resolve.happened_at, description="When it happened.")
    webhook: Webhook | None = field(resolve.webhook, description="Where it goes.")
    status: DeliveryStatus = field(description="How far it has come.")
    attempts: int = field(description="How often it was tried.")
    response_status: int | None = field(description="The last answer's status; null if there was none.")
    error: str | None = field(description="Why the last attempt failed; null if it did not.")
    finished_at: datetime | None = field(description="Since when it is over; null while it waits.")
