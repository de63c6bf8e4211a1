"""Writes of uploads: the row that makes a stored file an upload, and the one business write that may use it."""

import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta

from app.files.enums import FileKind
from app.files.errors import UploadAlreadyUsed, UploadBudgetSpent, UploadNotFound, UploadOfWrongKind
from app.files.inspecting import Inspected
from app.files.models import Upload, UploadTicket
from app.files.rules import TYPES
from app.kit import clock, db, idempotency
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference
from app.kit.rows import select

LEAST_CHARGE = 16 * 1024  # bytes charged for the smallest file: files cost too, not only bytes
TICKET_HOLDS = timedelta(hours=1)

LOCK = f"SELECT {select(Upload, 'u')} FROM upload u WHERE u.id = ANY($1) ORDER BY u.id FOR UPDATE"
REFERENCE = "UPDATE upload SET referenced_at = $2 WHERE id = ANY($1)"
INSERT = """
INSERT INTO upload (storage_key, content_type, size_bytes, sha256, width, height, caller, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""
CHARGE = """
INSERT INTO upload_budget AS b (caller, business_day, size_bytes)
SELECT $1, $2, $3::bigint WHERE $3::bigint <= $4::bigint
ON CONFLICT (caller, business_day) DO UPDATE SET size_bytes = b.size_bytes + excluded.size_bytes
WHERE b.size_bytes + excluded.size_bytes <= $4::bigint RETURNING id
"""
INSERT_TICKET = """
INSERT INTO upload_ticket (storage_key, size_bytes, caller, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5) RETURNING id
"""
LOCK_TICKET = "SELECT upload_id FROM upload_ticket WHERE id = $1 FOR UPDATE"
COMPLETE_TICKET = "UPDATE upload_ticket SET upload_id = $2 WHERE id = $1"


async def reference(tx: RequestConnection, upload_id: int, caller: Caller, kinds: Collection[FileKind]) -> Upload:
    """Uses an upload in the business write whose transaction `tx` is: from its commit on the file is served.

    Raises:
        NoTransactionError: outside a transaction.
        Refused: UploadNotFound, UploadAlreadyUsed or UploadOfWrongKind; the transaction is to roll back then.
    """
    return (await reference_all(tx, [upload_id], caller, kinds))[0]


async def reference_all(
    tx: RequestConnection, upload_ids: Sequence[int], caller: Caller, kinds: Collection[FileKind]
) -> list[Upload]:
    """As `reference`, for the pictures of one write: the rows in the order asked for, two statements for any number.

    Each row's lock decides between two writes, and between a write and the sweep. An upload of another caller is
    answered as one that is not there.
    """
    tx.require_transaction()
    found = {row.id: row for row in await db.rows(Upload, LOCK, list(upload_ids))}
    for key in upload_ids:
        row = found.get(key)
        if row is None or row.caller != str(caller) or row.discarded_at is not None:
            raise Refused(UploadNotFound())
        if row.referenced_at is not None:
            raise Refused(UploadAlreadyUsed())
        if TYPES[row.content_type].kind not in kinds:
            raise Refused(UploadOfWrongKind())
        row.referenced_at = clock.now()  # the same id twice in one list is used already
    await tx.execute(REFERENCE, list(upload_ids), clock.now())
    return [found[key] for key in upload_ids]


async def charge(caller: Caller, size: int, limit: int) -> None:
    """Takes `size` bytes from what the caller may send today, Asia/Shanghai; what is refused later stays taken.

    Raises:
        Refused: UploadBudgetSpent, and nothing is taken.
    """
    taken = await db.fetch(CHARGE, str(caller), clock.today(), max(size, LEAST_CHARGE), limit)
    if not taken:
        raise Refused(UploadBudgetSpent(limit))


async def insert(tx: RequestConnection, caller: Caller, storage_key: str, file: Inspected) -> int:
    """The key of a new upload in quarantine, whose file is stored already."""
    values = (storage_key, file.content_type, file.size, file.sha256, file.width, file.height)
    return int((await tx.fetch(INSERT, *values, str(caller), clock.now()))[0][0])


async def issue_ticket(caller: Caller, key: str, size: int, limit: int) -> int:
    """The key of a ticket for one file of exactly `size` bytes, once per idempotency key; the bytes are charged.

    Raises:
        BadIdempotencyKey: the key's form.
        Refused: IdempotencyKeyReused, UploadBudgetSpent.
    """
    async with db.transaction() as tx:

        async def act() -> Reference:
            await charge(caller, size, limit)
            now = clock.now()
            made = await tx.fetch(INSERT_TICKET, new_key("incoming"), size, str(caller), now, now + TICKET_HOLDS)
            return Reference(UploadTicket.__name__, int(made[0][0]))

        asked = await idempotency.once(
            tx, caller=caller, operation="prepareUpload", key=key, input={"size": size}, act=act
        )
        return asked.key


async def redeem_ticket(tx: RequestConnection, ticket: UploadTicket, caller: Caller, new: str, file: Inspected) -> int:
    """The key of the upload a ticket became: of a new one, or of that which another call made meanwhile.

    Raises:
        Refused: UploadNotFound, when the ticket was swept meanwhile.
    """
    locked = await tx.fetch(LOCK_TICKET, ticket.id)
    if not locked:
        raise Refused(UploadNotFound())
    if locked[0][0] is not None:
        return int(locked[0][0])
    made = await insert(tx, caller, new, file)
    await tx.execute(COMPLETE_TICKET, ticket.id, made)
    return made


def new_key(folder: str, suffix: str = "") -> str:
    """A key in the store that nobody can guess, in a folder for each business day, so that strays are found by day."""
    return f"{folder}/{clock.today():%Y%m%d}/{secrets.token_hex(16)}{suffix}"
