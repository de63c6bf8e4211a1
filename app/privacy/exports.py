"""A copy of everything the shop holds about a customer (PIPL article 45): made by a job, fetched by a link."""

import secrets
from datetime import timedelta
from typing import Any

import orjson

from app.accounts.queries import lock_customer
from app.files.store import Store
from app.kit import audit, clock, db, jobs
from app.kit.caller import Caller
from app.kit.rows import select
from app.kit.vault import Vault
from app.privacy.models import DataRequest
from app.privacy.register import Owned, owned
from app.privacy.rules import due_on
from app.privacy.zipped import zipped

FOLDER = "exports"
KEPT = timedelta(days=7)  # the file; the request stays as proof
LINK = timedelta(minutes=15)
MOST_ROWS = 100_000

_OF = f"SELECT {select(DataRequest, 'r')} FROM data_request r WHERE r.customer_id = $1 ORDER BY r.id DESC LIMIT 20"
_ONE = f"SELECT {select(DataRequest, 'r')} FROM data_request r WHERE r.id = $1"
_OPEN = "SELECT id FROM data_request WHERE customer_id = $1 AND kind = 'EXPORT' AND state = 'OPEN'"
_ASK = """INSERT INTO data_request (customer_id, kind, state, requested_at, due_on)
VALUES ($1, 'EXPORT', 'OPEN', $2, $3) RETURNING id"""
_DONE = """UPDATE data_request SET state = 'DONE', done_at = $2, storage_key = $3, expires_at = $4, counts = $5
WHERE id = $1 AND state = 'OPEN' RETURNING id"""
_OVER = """SELECT id, storage_key FROM data_request
WHERE storage_key IS NOT NULL AND (expires_at <= $1 OR customer_id = $2 AND state = 'ENDED') ORDER BY id"""
_DROP = "UPDATE data_request SET state = 'ENDED', storage_key = NULL, expires_at = NULL WHERE id = $1"


async def requests_of(customer_id: int) -> list[DataRequest]:
    """What a customer asked for, the newest first; the last 20."""
    return await db.rows(DataRequest, _OF, customer_id)


async def request_export(caller: Caller, customer_id: int) -> DataRequest:
    """The customer's request for a copy; while one is under way, that one.

    Raises:
        Refused: AccountClosed.
    """
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)
        found = await tx.fetch(_OPEN, customer_id)
        if not found:
            found = await tx.fetch(_ASK, customer_id, clock.now(), due_on(clock.today()))
            key = int(found[0]["id"])
            await jobs.enqueue(tx, "privacy.export", {"request_id": key}, dedupe_key=f"privacy.export:{key}")
            await audit.append(
                tx,
                caller,
                scope="me",
                action="request export",
                entity="Customer",
                entity_id=customer_id,
                after={"request": key},
            )
    return (await db.rows(DataRequest, _ONE, found[0]["id"]))[0]


class Exporter:
    """What the jobs of exports need: where values are sealed, and where files are kept."""

    def __init__(self, vault: Vault, store: Store) -> None:
        self._vault = vault
        self._store = store

    async def export(self, payload: dict[str, Any]) -> None:
        """The job that makes the file of a request; harmless to repeat.

        A request that ended meanwhile, because the account was closed, leaves no file behind.
        """
        found = await db.rows(DataRequest, _ONE, payload["request_id"])
        if not found or found[0].done_at is not None:
            return
        request = found[0]
        tables = {each.table: await self._rows(each, request.customer_id) for each in owned()}
        await db.current().rest()
        content = await zipped({each.table: each.columns for each in owned()}, tables)
        key = f"{FOLDER}/{clock.today():%Y%m%d}/{secrets.token_hex(16)}.zip"
        await self._store.put(key, content, "application/zip")
        counts = orjson.dumps({name: len(rows) for name, rows in tables.items()}).decode()
        async with db.transaction() as tx:
            done = await tx.fetch(_DONE, request.id, clock.now(), key, clock.now() + KEPT, counts)
        if not done:
            await self._store.delete(key)

    async def drop(self, payload: dict[str, Any]) -> None:
        """The job that deletes files whose time is over, and those of a customer who closed her account."""
        for record in await db.fetch(_OVER, clock.now(), payload.get("customer_id")):
            await self._store.delete(record["storage_key"])
            await db.current().execute(_DROP, record["id"])
        async for stored in self._store.list(FOLDER):  # what a crash left: no row knows it
            if stored.modified_at < clock.now() - KEPT:
                await self._store.delete(stored.key)

    async def _rows(self, table: Owned, customer_id: int) -> list[dict[str, Any]]:
        records = await db.fetch(f"{table.read} LIMIT {MOST_ROWS}", customer_id)
        return [
            {name: await self._clear(table, customer_id, name, row[name]) for name in table.columns} for row in records
        ]

    async def _clear(self, table: Owned, customer_id: int, name: str, value: Any) -> Any:
        """The value as she may read it: what is sealed, opened."""
        if value is None or not name.endswith("_sealed"):
            return value
        place = f"{table.table}.{name.removesuffix('_sealed')}"
        return await self._vault.unseal(db.current(), f"customer:{customer_id}", place, value)
