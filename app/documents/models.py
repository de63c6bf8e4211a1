"""Tables of registered documents: who may send which GraphQL text."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index
from tortoise.models import Model

from app.documents.enums import ManifestState, OperationKind
from app.documents.histogram import BUCKETS
from app.kit.fields import check, choice, known, ref, texts, unique


class App(Model):
    """A program that sends documents: the mini-program, or a partner's.

    `revision` counts the changes of what is served of it. It changes under the row's lock, so that the sum over all
    apps never stands still when something changed.
    """

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=40, unique=True)
    partner = ref("Partner", null=True)
    partner_id: int | None
    revision = fields.BigIntField(default=0)
    created_at = fields.DatetimeField()

    class Meta:
        """At most one app per partner."""

        table = "app"
        constraints = (
            unique("app", "partner_id"),
            check("app", "code_slug", "code ~ '^[a-z0-9-]{2,40}$'"),
        )


class Manifest(Model):
    """A released version of an app's documents.

    Pushed, then active, then retired, then dropped: answered while it is active and, once it was, until it is
    dropped. `content_hash`: sha256 of what its clients may ask for, equal for equal contents.
    """

    id = fields.BigIntField(primary_key=True)
    app = ref("App")
    app_id: int
    version = fields.IntField()
    content_hash = fields.CharField(max_length=64)
    is_active = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()
    activated_at = fields.DatetimeField(null=True)
    retired_at = fields.DatetimeField(null=True)
    dropped_at = fields.DatetimeField(null=True)

    @property
    def state(self) -> ManifestState:
        """Where it stands."""
        if self.is_active:
            return ManifestState.ACTIVE
        if self.retired_at is None:
            return ManifestState.PUSHED
        return ManifestState.RETIRED if self.dropped_at is None else ManifestState.DROPPED

    class Meta:
        """Versions count up; one is active."""

        table = "manifest"
        constraints = (
            unique("manifest", "app_id", "version"),
            unique("manifest", "app_id", where="is_active"),
            check("manifest", "version_positive", "version > 0"),
            check("manifest", "retired_is_inactive", "retired_at IS NULL OR NOT is_active"),
            check("manifest", "active_since", "activated_at IS NOT NULL OR NOT is_active"),
            check("manifest", "dropped_is_retired", "dropped_at IS NULL OR retired_at IS NOT NULL"),
            check("manifest", "content_hash_form", "content_hash ~ '^[0-9a-f]{64}$'"),
        )


class Document(Model):
    """One GraphQL text, known by the sha256 of its exact bytes.

    `alias`: what its client calls it, where that is not the hash. `cost` (points, of its variables' defaults) and
    `scopes` are those by the schema it was pushed for.
    """

    id = fields.BigIntField(primary_key=True)
    manifest = ref("Manifest")
    manifest_id: int
    sha256 = fields.CharField(max_length=64)
    alias = fields.CharField(max_length=128, null=True)
    name = fields.CharField(max_length=80)
    kind = choice(OperationKind)
    cost = fields.IntField()
    scopes = texts()
    text = fields.TextField()

    class Meta:
        """The hash, the alias and the operation's name are each unique within a version."""

        table = "document"
        indexes = (Index(fields=("sha256",), name="document_by_sha256"),)
        constraints = (
            known("document", "kind", OperationKind),
            unique("document", "manifest_id", "alias"),
            check("document", "alias_form", r"alias ~ '^[A-Za-z0-9._:~-]{1,128}$'"),
            unique("document", "manifest_id", "sha256"),
            unique("document", "manifest_id", "name"),
            check("document", "sha256_matches", "sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')"),
        )


class DocumentUsage(Model):
    """How often a document was asked for on one business day: decides when a version may go.

    `latency`: how many calls took how long, a histogram of app.documents.histogram.
    """

    id = fields.BigIntField(primary_key=True)
    app = ref("App")
    sha256 = fields.CharField(max_length=64)
    used_on = fields.DateField()
    calls = fields.BigIntField()
    errors = fields.BigIntField(default=0)
    latency = ArrayField(element_type="bigint")
    last_used_at = fields.DatetimeField()

    name: str | None  # joined by app.documents.usage_list: the operation's name in the newest version with it

    class Meta:
        """One row per app, document and day."""

        table = "document_usage"
        indexes = (Index(fields=("app_id", "id"), name="document_usage_by_app"),)
        constraints = (
            check("document_usage", "latency_buckets", f"cardinality(latency) = {BUCKETS}"),
            unique("document_usage", "app_id", "sha256", "used_on"),
            check("document_usage", "counts", "calls > 0 AND errors BETWEEN 0 AND calls"),
        )
