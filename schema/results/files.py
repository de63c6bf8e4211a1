"""Why a write cannot use an uploaded file."""

import strawberry

from app.files import errors as files
from schema.binding import of
from schema.errors import UserError


@strawberry.type(description="Returned when there is no such upload of yours: never was, of another, or swept since.")
@of(files.UploadNotFound)
class UploadNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the upload stands in something else already.")
@of(files.UploadAlreadyUsed)
class UploadAlreadyUsed(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when another kind of file is needed here, such as a document.")
@of(files.UploadOfWrongKind)
class UploadOfWrongKind(UserError):
    """Its source is the refusal."""
