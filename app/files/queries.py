"""Reads of uploads."""

from datetime import date

from app.files.models import Upload, UploadTicket
from app.kit import db
from app.kit.rows import select

BY_IDS = f"SELECT {select(Upload, 'u')} FROM upload u WHERE u.id = ANY($1)"
TICKET = f"SELECT {select(UploadTicket, 't')} FROM upload_ticket t WHERE t.id = $1 AND t.caller = $2"
ANY_TICKET = f"SELECT {select(UploadTicket, 't')} FROM upload_ticket t WHERE t.id = $1"
SPENT = "SELECT size_bytes FROM upload_budget WHERE caller = $1 AND business_day = $2"


async def by_ids(ids: list[int]) -> list[Upload]:
    """The uploads with these keys, in no particular order."""
    return await db.rows(Upload, BY_IDS, ids)


async def by_id(key: int) -> Upload | None:
    """The upload with this key."""
    found = await by_ids([key])
    return found[0] if found else None


async def ticket(key: int, caller: str) -> UploadTicket | None:
    """A caller's own ticket; None when there is none, or it is another's."""
    found = await db.rows(UploadTicket, TICKET, key, caller)
    return found[0] if found else None


async def any_ticket(key: int) -> UploadTicket | None:
    """The ticket with this key, whoever holds the address that was signed for it."""
    found = await db.rows(UploadTicket, ANY_TICKET, key)
    return found[0] if found else None


async def spent(caller: str, day: date) -> int:
    """The bytes a caller has sent on a business day."""
    found = await db.fetch(SPENT, caller, day)
    return int(found[0][0]) if found else 0
