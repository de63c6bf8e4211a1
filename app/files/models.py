"""Tables of uploaded and generated files."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, ref, unique


class Upload(Model):
    """One stored file: its key in the object store, and what was found in it, not what a client claimed."""

    id = fields.BigIntField(primary_key=True)
    storage_key = fields.CharField(max_length=200, unique=True)
    content_type = fields.CharField(max_length=100)
    size_bytes = fields.BigIntField()
    sha256 = fields.CharField(max_length=64)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    caller = fields.CharField(max_length=60)  # kind:id of who brought it, e.g. partner:3
    created_at = fields.DatetimeField()
    referenced_at = fields.DatetimeField(null=True)  # null: in quarantine, swept when it stays so
    discarded_at = fields.DatetimeField(null=True)  # set: nothing may refer to it any more, its file is going

    class Meta:
        """Constraints: what is stored is what was measured."""

        table = "upload"
        indexes = (Index(fields=("referenced_at", "created_at"), name="upload_by_reference"),)
        constraints = (
            check("upload", "size_positive", "size_bytes > 0"),
            check("upload", "sha256_hex", "sha256 ~ '^[0-9a-f]{64}$'"),
            check("upload", "image_size", "(width IS NULL) = (height IS NULL) AND width > 0 AND height > 0"),
            check("upload", "used_or_discarded", "referenced_at IS NULL OR discarded_at IS NULL"),
        )


class UploadTicket(Model):
    """The promise to take one large file directly into the store; `upload` is what became of it."""

    id = fields.BigIntField(primary_key=True)
    storage_key = fields.CharField(max_length=200, unique=True)
    size_bytes = fields.BigIntField()  # as the client said, and not one more
    caller = fields.CharField(max_length=60)
    upload = ref("Upload", null=True)
    upload_id: int | None
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        """An upload comes from one ticket at most."""

        table = "upload_ticket"
        indexes = (Index(fields=("created_at",), name="upload_ticket_by_age"),)
        constraints = (
            unique("upload_ticket", "upload_id"),
            check("upload_ticket", "size_positive", "size_bytes > 0"),
            check("upload_ticket", "expires_later", "expires_at > created_at"),
        )


class UploadBudget(Model):
    """How many bytes a caller has sent on a business day, refused files included."""

    id = fields.BigIntField(primary_key=True)
    caller = fields.CharField(max_length=60)
    business_day = fields.DateField()
    size_bytes = fields.BigIntField()

    class Meta:
        """One count per caller and day; it only grows, and is forgotten after a day."""

        table = "upload_budget"
        constraints = (
            unique("upload_budget", "caller", "business_day"),
            check("upload_budget", "size_positive", "size_bytes > 0"),
        )
