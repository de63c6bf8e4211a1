"""Tables of partners, their keys and their webhooks."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, choice, known, ref, texts, unique
from app.partners.enums import PartnerKind


class Partner(Model):
    """A company that calls the API with a key."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=80)
    kind = choice(PartnerKind)
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        """Codes appear in URLs."""

        table = "partner"
        constraints = (
            known("partner", "kind", PartnerKind),
            check("partner", "code_slug", "code ~ '^[a-z0-9-]{2,40}$'"),
        )


class ApiKey(Model):
    """A partner's key: shown once, kept as a hash, found by its public prefix."""

    id = fields.BigIntField(primary_key=True)
    partner = ref("Partner")
    prefix = fields.CharField(max_length=12, unique=True)
    key_hash = fields.BinaryField()
    scopes = texts()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)

    class Meta:
        """Every key ends some day; two may overlap while one replaces the other."""

        table = "api_key"
        indexes = (Index(fields=("partner_id",), name="api_key_by_partner"),)
        constraints = (
            check("api_key", "hash_length", "octet_length(key_hash) = 32"),
            check("api_key", "expires_later", "expires_at > created_at"),
        )


class Webhook(Model):
    """Where a partner wants to be told of events."""

    id = fields.BigIntField(primary_key=True)
    partner = ref("Partner")
    url = fields.CharField(max_length=300)
    events = texts()
    secret_sealed = fields.BinaryField()
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        """Only encrypted addresses; each once per partner."""

        table = "webhook"
        constraints = (
            unique("webhook", "partner_id", "url"),
            check("webhook", "url_https", "url ~ '^https://'"),
            check("webhook", "events_present", "cardinality(events) > 0"),
        )
