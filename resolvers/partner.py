"""Partners, their keys and webhooks: what staff read of them, and its writes."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.kit import ids
from app.kit.paging import Page
from app.partners import queries, service, signing
from app.partners import webhooks as hooks
from app.partners.deliveries import WebhookDelivery
from app.partners.enums import PartnerEventType, PartnerKind
from app.partners.models import ApiKey, Partner, Webhook
from app.partners.service import Grant, Issued, NewPartner, Rotation
from app.partners.webhooks import Registered
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many, 1 to 50.")]


def partners(first: First = 20, after: After = None) -> Awaitable[Page[Partner]]:
    """A page of the partners."""
    return queries.PARTNERS.page(first=first, after=after)


def dead_letters(first: First = 20, after: After = None) -> Awaitable[Page[WebhookDelivery]]:
    """A page of what could not be delivered."""
    return queries.DEAD_LETTERS.page(first=first, after=after)


def api_keys(parent: Parent[Partner], info: Info) -> Awaitable[list[ApiKey]]:
    """Its keys."""
    return info.context.loaders.api_keys_by_partner.load(parent.id)


def webhooks(parent: Parent[Partner], info: Info) -> Awaitable[list[Webhook]]:
    """Its webhooks."""
    return info.context.loaders.webhooks_by_partner.load(parent.id)


def webhook(parent: Parent[WebhookDelivery], info: Info) -> Awaitable[Webhook | None]:
    """Where it goes."""
    return info.context.loaders.webhooks.load(parent.webhook_id)


def events(parent: Parent[Webhook]) -> list[PartnerEventType]:
    """What it listens to."""
    return [PartnerEventType(each) for each in parent.events]


def key_text(parent: Parent[Issued]) -> str | None:
    """The key, shown once."""
    return parent.text


def event_id(parent: Parent[WebhookDelivery]) -> str:
    """How receivers know the event."""
    return signing.event_name(parent.uid)


def event_type(parent: Parent[WebhookDelivery]) -> PartnerEventType:
    """What happened."""
    return PartnerEventType(parent.type)


def happened_at(parent: Parent[WebhookDelivery]) -> datetime:
    """When."""
    return parent.happened_at


def create(
    info: Info,
    *,
    idempotency_key: str,
    code: str,
    name: str,
    kind: PartnerKind,
    calls_per_minute: int,
    calls_per_day: int,
) -> Awaitable[Partner]:
    """A new partner."""
    new = NewPartner(code, name, kind, calls_per_minute, calls_per_day)
    return service.create(info.context.caller, idempotency_key=idempotency_key, new=new)


def activate(info: Info, partner_id: ID) -> Awaitable[Partner]:
    """The partner, switched on."""
    return service.switch(info.context.caller, ids.decode(partner_id, "Partner"), is_active=True)


def deactivate(info: Info, partner_id: ID) -> Awaitable[Partner]:
    """The partner, switched off."""
    return service.switch(info.context.caller, ids.decode(partner_id, "Partner"), is_active=False)


def issue_key(
    info: Info, *, idempotency_key: str, partner_id: ID, scopes: list[str], expires_at: datetime
) -> Awaitable[Issued]:
    """A new key."""
    grant = Grant(ids.decode(partner_id, "Partner"), scopes, expires_at)
    return service.issue_key(info.context.caller, idempotency_key=idempotency_key, grant=grant)


def rotate_key(
    info: Info, *, idempotency_key: str, api_key_id: ID, old_ends_at: datetime, expires_at: datetime
) -> Awaitable[Issued]:
    """The key's successor."""
    rotation = Rotation(ids.decode(api_key_id, "ApiKey"), old_ends_at, expires_at)
    return service.rotate_key(info.context.caller, idempotency_key=idempotency_key, rotation=rotation)


def revoke_key(info: Info, api_key_id: ID) -> Awaitable[ApiKey]:
    """The key, ended."""
    return service.revoke_key(info.context.caller, ids.decode(api_key_id, "ApiKey"))


def add_webhook(
    info: Info, *, idempotency_key: str, partner_id: ID, url: str, events: list[PartnerEventType]
) -> Awaitable[Registered]:
    """A new webhook."""
    partner, context = ids.decode(partner_id, "Partner"), info.context
    return context.webhooks.add(
        context.caller, idempotency_key=idempotency_key, partner_id=partner, url=url, events=events
    )


def replace_secret(info: Info, *, idempotency_key: str, webhook_id: ID) -> Awaitable[Registered]:
    """The webhook with a new secret."""
    key, context = ids.decode(webhook_id, "Webhook"), info.context
    return context.webhooks.replace_secret(context.caller, idempotency_key=idempotency_key, webhook_id=key)


def resume(info: Info, webhook_id: ID) -> Awaitable[Webhook]:
    """The webhook, told again."""
    return hooks.resume(info.context.caller, ids.decode(webhook_id, "Webhook"))


def replay(info: Info, delivery_id: ID) -> Awaitable[WebhookDelivery]:
    """The dead letter, on its way again."""
    return hooks.replay(info.context.caller, ids.decode(delivery_id, "WebhookDelivery"))
