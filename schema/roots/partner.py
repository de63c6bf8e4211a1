"""Root fields of partners, their keys and their webhooks."""

import strawberry

from resolvers import partner as resolve_partner
from schema.binding import field, mutation
from schema.inputs.partner import (
    AddWebhookInput,
    CreatePartnerInput,
    IssueApiKeyInput,
    PartnerInput,
    ReplaceWebhookSecretInput,
    ReplayWebhookDeliveryInput,
    ResumeWebhookInput,
    RevokeApiKeyInput,
    RotateApiKeyInput,
)
from schema.results.partner import (
    ActivatePartnerResult,
    AddWebhookResult,
    CreatePartnerResult,
    DeactivatePartnerResult,
    IssueApiKeyResult,
    ReplaceWebhookSecretResult,
    ReplayWebhookDeliveryResult,
    ResumeWebhookResult,
    RevokeApiKeyResult,
    RotateApiKeyResult,
)
from schema.types.page import Connection
from schema.types.partner import Partner, WebhookDelivery

READ_PARTNERS = ("partners:read",)
PARTNERS = ("partners:write",)


@strawberry.type
class PartnerQueries:
    """Reads of partners, their keys and their webhooks."""

    partners: Connection[Partner] = field(
        resolve_partner.partners, requires=READ_PARTNERS, description="The partners, newest first."
    )
    webhook_dead_letters: Connection[WebhookDelivery] = field(
        resolve_partner.dead_letters,
        requires=READ_PARTNERS,
        description="What could not be told to webhooks, newest first.",
    )


@strawberry.type
class PartnerWrites:
    """Writes of partners, their keys and their webhooks."""

    create_partner: CreatePartnerResult = mutation(
        resolve_partner.create, CreatePartnerInput, requires=PARTNERS, description="Makes a partner, active."
    )
    activate_partner: ActivatePartnerResult = mutation(
        resolve_partner.activate,
        PartnerInput,
        requires=PARTNERS,
        description="Lets a partner's keys hold and its webhooks be told again.",
    )
    deactivate_partner: DeactivatePartnerResult = mutation(
        resolve_partner.deactivate,
        PartnerInput,
        requires=PARTNERS,
        description="From now on the partner's keys do not hold, and its webhooks are told nothing.",
    )
    issue_api_key: IssueApiKeyResult = mutation(
        resolve_partner.issue_key, IssueApiKeyInput, requires=PARTNERS, description="Issues a key, shown once."
    )
    rotate_api_key: RotateApiKeyResult = mutation(
        resolve_partner.rotate_key,
        RotateApiKeyInput,
        requires=PARTNERS,
        description="Issues a key's successor, shown once; both hold until the old one ends.",
    )
    revoke_api_key: RevokeApiKeyResult = mutation(
        resolve_partner.revoke_key, RevokeApiKeyInput, requires=PARTNERS, description="Ends a key at once."
    )
    add_webhook: AddWebhookResult = mutation(
        resolve_partner.add_webhook,
        AddWebhookInput,
        requires=PARTNERS,
        description="Registers a webhook. It may be told of an event more than once, and in any order.",
    )
    replace_webhook_secret: ReplaceWebhookSecretResult = mutation(
        resolve_partner.replace_secret,
        ReplaceWebhookSecretInput,
        requires=PARTNERS,
        description="Gives a webhook a new secret; both sign for a day.",
    )
    resume_webhook: ResumeWebhookResult = mutation(
        resolve_partner.resume,
        ResumeWebhookInput,
        requires=PARTNERS,
        description="Lets a paused webhook be told again; what it missed is among the dead letters.",
    )
    replay_webhook_delivery: ReplayWebhookDeliveryResult = mutation(
        resolve_partner.replay,
        ReplayWebhookDeliveryInput,
        requires=PARTNERS,
        description="Sends a dead letter again, with all its attempts.",
    )
