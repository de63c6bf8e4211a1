"""Reads of notices."""

from app.kit import db
from app.kit.listing import Listing
from app.kit.rows import select
from app.notices.models import StaffNotice

_NOTICE = select(StaffNotice, "n")
_BY_ID = f"SELECT {_NOTICE} FROM staff_notice n WHERE n.id = ANY($1)"

OPEN = Listing("open_notice", StaffNotice, _NOTICE, "FROM staff_notice n WHERE n.handled_at IS NULL", "n")
ALL = Listing("notice", StaffNotice, _NOTICE, "FROM staff_notice n WHERE true", "n")


async def by_ids(ids: list[int]) -> list[StaffNotice]:
    """The notices with these ids, in no order."""
    return await db.rows(StaffNotice, _BY_ID, ids)
