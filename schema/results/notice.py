"""What the mutation of notices answers."""

from typing import Annotated

import strawberry

from app.notices import errors
from schema.binding import of
from schema.errors import UserError
from schema.types.notice import StaffNotice


@strawberry.type(description="Returned when there is no notice of this id.")
@of(errors.NoticeNotFound)
class NoticeNotFound(UserError):
    """Its source is the refusal."""


HandleNoticeResult = Annotated[
    StaffNotice | NoticeNotFound,
    strawberry.union("HandleNoticeResult", description="The notice, handled, or why not."),
]
