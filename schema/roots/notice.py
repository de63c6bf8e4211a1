"""Root fields of notices for staff."""

import strawberry

from resolvers import notice as resolve
from schema.binding import field, mutation
from schema.inputs.notice import HandleNoticeInput
from schema.results.notice import HandleNoticeResult
from schema.types.notice import StaffNotice
from schema.types.page import Connection

HANDLE = ("notices:handle",)


@strawberry.type
class NoticeQueries:
    """Reads of notices."""

    notices: Connection[StaffNotice] = field(
        resolve.notices, requires=HANDLE, description="What jobs want somebody to look at, newest first."
    )


@strawberry.type
class NoticeWrites:
    """Writes of notices."""

    handle_notice: HandleNoticeResult = mutation(
        resolve.handle,
        HandleNoticeInput,
        requires=HANDLE,
        description="Says that a notice needs nobody any more. One that is handled stays as it is.",
    )
