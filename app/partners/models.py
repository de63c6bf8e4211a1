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
    calls_per_minute = fields.IntField(db_default=60)  # of each document
    calls_per_day = fields.IntField(db_default=10_000)  # of each document, by the business day
    created_at = fields.DatetimeField()

    class Meta:
        """Codes appear in URLs; a budget of one call is the least."""

        table = "partner"
        constraints = (
            known("partner", "kind", PartnerKind),
            check("partner", "code_slug", "code ~ '^[a-z0-9-]{2,40}$'"),
            check("partner", "budget", "calls_per_minute BETWEEN 1 AND 100000 AND calls_per_day >= calls_per_minute"),
        )


class ApiKey(Model):
    """A partner's key: shown once, kept as a hash, found by its public prefix."""

    id = fields.BigIntField(primary_key=True)
    partner = ref("Partner")
    partner_id: int
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
    """Where a partner wants to be told of events, and how that goes."""

    id = fields.BigIntField(primary_key=True)
    partner = ref("Partner")
    partner_id: int
    url = fields.CharField(max_length=300)
    events = texts()
    secret_sealed = fields.BinaryField()
    previous_secret_sealed = fields.BinaryField(null=True)  # signs too, until its time is over
    previous_secret_until = fields.DatetimeField(null=True)
    is_active = fields.BooleanField(default=True)
    failing_since = fields.DatetimeField(null=True)  # the first of the failures since the last success
    paused_at = fields.DatetimeField(null=True)  # it failed for days: nothing is sent until staff resume it
    created_at = fields.DatetimeField()

    class Meta:
        """Only encrypted addresses, or this machine's own for trying out; each once per partner."""

        table = "webhook"
        constraints = (
            unique("webhook", "partner_id", "url"),
            check("webhook", "url_https", r"url ~ '^(https://|http://(127\.0\.0\.1|localhost)[:/])'"),
            check("webhook", "events_present", "cardinality(events) > 0"),
            check(
                "webhook",
                "previous_secret_ends",
                "(previous_secret_sealed IS NULL) = (previous_secret_until IS NULL)",
            ),
            check("webhook", "paused_is_failing", "paused_at IS NULL OR failing_since IS NOT NULL"),
        )
