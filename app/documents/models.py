"""Tables of registered documents: who may send which GraphQL text."""

from tortoise import fields
from tortoise.models import Model

from app.kit.fields import check, ref, unique


class App(Model):
    """A program that sends documents: the mini-program, or a partner's."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=40, unique=True)
    partner = ref("Partner", null=True)
    created_at = fields.DatetimeField()

    class Meta:
        """At most one app per partner."""

        table = "app"
        constraints = (
            unique("app", "partner_id"),
            check("app", "code_slug", "code ~ '^[a-z0-9-]{2,40}$'"),
        )


class Manifest(Model):
    """A released version of an app's documents."""

    id = fields.BigIntField(primary_key=True)
    app = ref("App")
    version = fields.IntField()
    is_active = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        """Versions count up; one is active."""

        table = "manifest"
        constraints = (
            unique("manifest", "app_id", "version"),
            unique("manifest", "app_id", where="is_active"),
            check("manifest", "version_positive", "version > 0"),
            check("manifest", "retired_is_inactive", "retired_at IS NULL OR NOT is_active"),
        )


class Document(Model):
    """One GraphQL text, known by the sha256 of its exact bytes."""

    id = fields.BigIntField(primary_key=True)
    manifest = ref("Manifest")
    sha256 = fields.CharField(max_length=64)
    name = fields.CharField(max_length=80)
    text = fields.TextField()

    class Meta:
        """The hash and the operation's name are each unique within a version."""

        table = "document"
        constraints = (
            unique("document", "manifest_id", "sha256"),
            unique("document", "manifest_id", "name"),
            check("document", "sha256_matches", "sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')"),
        )


class DocumentUsage(Model):
    """How often a document was asked for on one business day: decides when a version may go."""

    id = fields.BigIntField(primary_key=True)
    app = ref("App")
    sha256 = fields.CharField(max_length=64)
    used_on = fields.DateField()
    calls = fields.BigIntField()
    errors = fields.BigIntField(default=0)
    last_used_at = fields.DatetimeField()

    class Meta:
        """One row per app, document and day."""

        table = "document_usage"
        constraints = (
            unique("document_usage", "app_id", "sha256", "used_on"),
            check("document_usage", "counts", "calls > 0 AND errors BETWEEN 0 AND calls"),
        )
