"""What the mutations of partners answer."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.partners import errors
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.types.partner import ApiKey, IssuedApiKey, Partner, RegisteredWebhook, Webhook, WebhookDelivery


@strawberry.type(description="Returned when there is no partner of this id.")
@of(errors.PartnerNotFound)
class PartnerNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when another partner has the code.")
@of(errors.PartnerCodeTaken)
class PartnerCodeTaken(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the partner is deactivated: nothing new is given to it.")
@of(errors.PartnerSwitchedOff)
class PartnerSwitchedOff(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no key of this id.")
@of(errors.ApiKeyNotFound)
class ApiKeyNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the key has expired or was revoked.")
@of(errors.ApiKeyEnded)
class ApiKeyEnded(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when a partner of this kind may not have some of the scopes.")
@of(errors.ScopesNotAllowed)
class ScopesNotAllowed(UserError):
    """Its source is the refusal."""

    allowed: list[str] = field(description="Those it may have.", list_size=5)


@strawberry.type(description="Returned when a key's end is past or too far away.")
@of(errors.ApiKeyTimeNotAllowed)
class ApiKeyTimeNotAllowed(UserError):
    """Its source is the refusal."""

    latest: datetime = field(description="The latest end.")


@strawberry.type(description="Returned when a webhook's address is not https, or not public.")
@of(errors.WebhookUrlRefused)
class WebhookUrlRefused(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the partner has a webhook with this address.")
@of(errors.WebhookExists)
class WebhookExists(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no webhook of this id.")
@of(errors.WebhookNotFound)
class WebhookNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the webhook is not paused.")
@of(errors.WebhookNotPaused)
class WebhookNotPaused(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the delivery is no dead letter: delivered, waiting, or not there.")
@of(errors.DeliveryNotDead)
class DeliveryNotDead(UserError):
    """Its source is the refusal."""


CreatePartnerResult = Annotated[
    Partner | PartnerCodeTaken | IdempotencyKeyReused,
    strawberry.union("CreatePartnerResult", description="The partner, or why there is none."),
]
ActivatePartnerResult = Annotated[
    Partner | PartnerNotFound,
    strawberry.union("ActivatePartnerResult", description="The partner, switched on, or why not."),
]
DeactivatePartnerResult = Annotated[
    Partner | PartnerNotFound,
    strawberry.union("DeactivatePartnerResult", description="The partner, switched off, or why not."),
]
IssueApiKeyResult = Annotated[
    IssuedApiKey
    | PartnerNotFound
    | PartnerSwitchedOff
    | ScopesNotAllowed
    | ApiKeyTimeNotAllowed
    | IdempotencyKeyReused,
    strawberry.union("IssueApiKeyResult", description="The key, shown this once, or why there is none."),
]
RotateApiKeyResult = Annotated[
    IssuedApiKey | ApiKeyNotFound | ApiKeyEnded | PartnerSwitchedOff | ApiKeyTimeNotAllowed | IdempotencyKeyReused,
    strawberry.union("RotateApiKeyResult", description="The successor, shown this once, or why there is none."),
]
RevokeApiKeyResult = Annotated[
    ApiKey | ApiKeyNotFound,
    strawberry.union("RevokeApiKeyResult", description="The key, ended, or why not."),
]
AddWebhookResult = Annotated[
    RegisteredWebhook | WebhookUrlRefused | WebhookExists | PartnerNotFound | PartnerSwitchedOff | IdempotencyKeyReused,
    strawberry.union("AddWebhookResult", description="The webhook with its secret, or why there is none."),
]
ReplaceWebhookSecretResult = Annotated[
    RegisteredWebhook | WebhookNotFound | IdempotencyKeyReused,
    strawberry.union("ReplaceWebhookSecretResult", description="The webhook with its new secret, or why not."),
]
ResumeWebhookResult = Annotated[
    Webhook | WebhookNotFound | WebhookNotPaused,
    strawberry.union("ResumeWebhookResult", description="The webhook, told again, or why not."),
]
ReplayWebhookDeliveryResult = Annotated[
    WebhookDelivery | DeliveryNotDead,
    strawberry.union("ReplayWebhookDeliveryResult", description="The delivery, waiting again, or why not."),
]
