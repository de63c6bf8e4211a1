"""How a file becomes an upload: received, inspected, stored, and only then a row.

No database connection is held while a client sends, a file is inspected or the store is written. What a crash
leaves in the store between the file and its row is swept (app.files.jobs).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.files import queries, service
from app.files.errors import FileBroken, FileTooLarge, UploadBudgetSpent, UploadNotFound
from app.files.incoming import Received, incoming
from app.files.inspecting import Inspected, Inspector
from app.files.models import Upload, UploadTicket
from app.files.rules import Caps
from app.files.store import Store
from app.kit import clock, db, idempotency
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference
from app.kit.job_worker import Sessions

OPERATION = "upload"

Write = Callable[[RequestConnection, str, Inspected], Awaitable[int]]
"""Writes the row of a file stored under a key; the key of the row that stands, which may be an older one."""


class _NotYet(Exception):  # noqa: N818 - leaves the look-up of an earlier answer
    """This idempotency key has no answer yet."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking files needs: the database, the store, the inspector and the caps."""

    database: Sessions
    store: Store
    inspector: Inspector
    caps: Caps

    async def refuse_spent(self, caller: Caller) -> None:
        """Looks, before a byte is read, whether the caller may send anything today.

        Raises:
            Refused: UploadBudgetSpent.
        """
        async with self.database.session():
            if await queries.spent(str(caller), clock.today()) >= self.caps.day:
                raise Refused(UploadBudgetSpent(self.caps.day))

    async def take(self, caller: Caller, key: str, received: Received) -> Upload:
        """The upload of a received file; for a key used before, the one of then, without looking at the file again.

        Raises:
            BadIdempotencyKey: the key's form.
            Refused: IdempotencyKeyReused with other bytes, UploadBudgetSpent, FileBroken, FileNotSafe; nothing is kept.
        """
        async with self.database.session():
            earlier = await self._earlier(caller, key, received)
            if earlier is not None:
                return earlier
            await service.charge(caller, received.size, self.caps.day)

        async def write(tx: RequestConnection, storage_key: str, file: Inspected) -> int:
            async def act() -> Reference:
                return Reference(Upload.__name__, await service.insert(tx, caller, storage_key, file))

            return (await self._once(tx, caller, key, received, act)).key

        return await self._keep(received, write)

    async def complete(self, caller: Caller, ticket_id: int) -> Upload:
        """The upload of the file a ticket's owner has put into the store; asked again, the same upload.

        Raises:
            Refused: UploadNotFound: no such ticket of this caller's, or no file yet; FileTooLarge or FileBroken: not
                the size that was said; and as `take`.
        """
        async with self.database.session():
            ticket = await queries.ticket(ticket_id, str(caller))
            done = await queries.by_id(ticket.upload_id) if ticket and ticket.upload_id else None
        if ticket is None:
            raise Refused(UploadNotFound())
        if done is not None:
            return done
        async with incoming(self.caps) as file:
            await self._fetch(ticket, file.write)
            received = await file.finish()

            async def write(tx: RequestConnection, storage_key: str, inspected: Inspected) -> int:
                return await service.redeem_ticket(tx, ticket, caller, storage_key, inspected)

            upload = await self._keep(received, write)
        await self.store.delete(ticket.storage_key)
        return upload

    async def _fetch(self, ticket: UploadTicket, write: Callable[[bytes], Awaitable[None]]) -> None:
        opened = await self.store.get(ticket.storage_key)
        if opened is None:
            raise Refused(UploadNotFound())
        if opened.stored.size != ticket.size_bytes:
            is_more = opened.stored.size > ticket.size_bytes
            raise Refused(FileTooLarge(ticket.size_bytes) if is_more else FileBroken())
        async for chunk in opened.chunks:
            await write(chunk)

    async def _keep(self, received: Received, write: Write) -> Upload:
        storage_key = service.new_key("uploads", received.type.suffix)
        async with self.inspector.inspected(received) as file:
            await self.store.put(storage_key, file.content(), file.content_type)
            async with self.database.session():
                async with db.transaction() as tx:
                    key = await write(tx, storage_key, file)
                upload = await queries.by_id(key)
        if upload is None or upload.storage_key != storage_key:
            await self.store.delete(storage_key)  # another call with the same key was first
        if upload is None:
            raise Refused(UploadNotFound())
        return upload

    async def _earlier(self, caller: Caller, key: str, received: Received) -> Upload | None:
        async def act() -> Reference:
            raise _NotYet

        try:
            async with db.transaction() as tx:
                found = await self._once(tx, caller, key, received, act)
        except _NotYet:
            return None
        upload = await queries.by_id(found.key)
        if upload is None:
            raise Refused(UploadNotFound())
        return upload

    async def _once(
        self,
        tx: RequestConnection,
        caller: Caller,
        key: str,
        received: Received,
        act: Callable[[], Awaitable[Reference]],
    ) -> Reference:
        same = {"sha256": received.sha256}
        return await idempotency.once(tx, caller=caller, operation=OPERATION, key=key, input=same, act=act)
