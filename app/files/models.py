"""Table of uploaded and generated files."""

from tortoise import fields
from tortoise.models import Model

from app.kit.fields import check


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

    class Meta:
        """Constraints: what is stored is what was measured."""

        table = "upload"
        constraints = (
            check("upload", "size_positive", "size_bytes > 0"),
            check("upload", "sha256_hex", "sha256 ~ '^[0-9a-f]{64}$'"),
            check("upload", "image_size", "(width IS NULL) = (height IS NULL) AND width > 0 AND height > 0"),
        )
