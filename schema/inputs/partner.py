"""What staff write about partners."""

from datetime import datetime

import strawberry
from strawberry import ID

from app.partners.enums import PartnerEventType, PartnerKind

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it does nothing twice."


@strawberry.input(description="A new partner.")
class CreatePartnerInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    code: str = strawberry.field(description="2 to 40 lower-case letters, digits and hyphens; for good.")
    name: str = strawberry.field(description="Its name; at most 80 characters.")
    kind: PartnerKind = strawberry.field(description="What it does for the shop.")
    calls_per_minute: int = strawberry.field(
        default=60, description="How often each of its documents may be sent in a minute."
    )
    calls_per_day: int = strawberry.field(
        default=10_000, description="How often each may be sent on a business day; not less than in a minute."
    )


@strawberry.input(description="A partner.")
class PartnerInput:
    """Its fields are the resolver's arguments."""

    partner_id: ID = strawberry.field(description="The partner's id.")


@strawberry.input(description="A new key.")
class IssueApiKeyInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    partner_id: ID = strawberry.field(description="Whose.")
    scopes: list[str] = strawberry.field(description="What it allows, of what a partner of its kind may have.")
    expires_at: datetime = strawberry.field(description="Its end: in the future, within 400 days.")


@strawberry.input(description="A key to replace.")
class RotateApiKeyInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    api_key_id: ID = strawberry.field(description="The key that ends.")
    old_ends_at: datetime = strawberry.field(description="When it ends; sooner if it ends sooner anyway.")
    expires_at: datetime = strawberry.field(description="When its successor ends: within 400 days.")


@strawberry.input(description="A key to end.")
class RevokeApiKeyInput:
    """Its fields are the resolver's arguments."""

    api_key_id: ID = strawberry.field(description="The key.")


@strawberry.input(description="A new webhook.")
class AddWebhookInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    partner_id: ID = strawberry.field(description="Whose.")
    url: str = strawberry.field(description="Where events are posted to: https and public; at most 300 characters.")
    events: list[PartnerEventType] = strawberry.field(description="What it is told of; at least one.")


@strawberry.input(description="A webhook that gets a new secret.")
class ReplaceWebhookSecretInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    webhook_id: ID = strawberry.field(description="The webhook; the old secret signs too for a day.")


@strawberry.input(description="A paused webhook.")
class ResumeWebhookInput:
    """Its fields are the resolver's arguments."""

    webhook_id: ID = strawberry.field(description="The webhook.")


@strawberry.input(description="A dead letter.")
class ReplayWebhookDeliveryInput:
    """Its fields are the resolver's arguments."""

    delivery_id: ID = strawberry.field(description="The delivery.")
