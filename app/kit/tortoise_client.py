"""Tortoise's PostgreSQL client, changed to use the request's held connection. Named as `engine`."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.connection import get_connections

from app.kit import db


class PooledConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A connection that costs no statement when it goes back to the pool.

    asyncpg's default sends `pg_advisory_unlock_all; CLOSE ALL; UNLISTEN *; RESET ALL` at each release
    (0.1 ms of CPU). Nothing here changes a session: settings are SET LOCAL, advisory locks are
    transaction-bound and LISTEN has connections of its own; an open transaction is still rolled back.
    """

    def get_reset_query(self) -> str:
        """Nothing to undo."""
        return ""


class _Borrowed:
    """Lends the held connection for one statement of a model."""

    __slots__ = ("_held",)

    def __init__(self, held: db.RequestConnection) -> None:
        self._held = held

    async def __aenter__(self) -> asyncpg.Connection:
        await self._held.lock.acquire()
        try:
            connection = await self._held.take()
        except BaseException:
            self._held.lock.release()
            raise
        self._held.statements += 1
        return connection

    async def __aexit__(self, *_: object) -> None:
        self._held.lock.release()


class _HeldClient(TransactionWrapper):
    """What models write through inside a transaction: the held connection, under the one lock."""

    def __init__(self, client: AsyncpgDBClient, held: db.RequestConnection) -> None:
        super().__init__(client)
        self._held = held

    def acquire_connection(self) -> Any:
        """The held connection."""
        return _Borrowed(self._held)


class _HeldTransaction(TransactionContext):
    """BEGIN and COMMIT on the held connection: never a second connection while one is held."""

    __slots__ = ("_held", "_token", "client")

    def __init__(self, client: TransactionWrapper, held: db.RequestConnection) -> None:
        self.client: TransactionWrapper = client
        self._held = held

    async def __aenter__(self) -> TransactionalDBClient:
        async with self._held.lock:
            if self._held.in_transaction:
                raise db.NestedTransactionError("this request already runs a transaction")
            try:
                await self._begin()
            except db.CONNECTION_LOST as error:
                if not self._held.is_lost(error):
                    raise
                await self._held.drop()
                await self._begin()
            self._held.in_transaction = True
        self._token = get_connections().set(self.client.connection_name, self.client)
        return self.client

    async def _begin(self) -> None:
        self.client._connection = await self._held.take()  # noqa: SLF001 - as TransactionContextPooled does
        await self.client.begin()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            # shielded: a request cancelled here still leaves its connection outside a transaction
            await asyncio.shield(self._end(commit=kind is None))
        finally:
            get_connections().reset(self._token)

    async def _end(self, *, commit: bool) -> None:
        committed = False
        async with self._held.lock:
            try:
                if commit:
                    await self.client.commit()
                    committed = True
                else:
                    with suppress(*db.CONNECTION_LOST):  # nothing is left to roll back; the first error counts
                        await self.client.rollback()
            except db.CONNECTION_LOST:
                committed = True  # perhaps it did: who hears of it in vain only reads again
                raise
            finally:
                self._held.settle(committed=committed)


class Client(AsyncpgDBClient):
    """Runs on the request's connection inside a session, on the pool outside (migrations)."""

    connection_class = PooledConnection

    def acquire_connection(self) -> Any:
        """The held connection, or one of the pool's outside a session."""
        held = db.held()
        return super().acquire_connection() if held is None else _Borrowed(held)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        """The rows of a model's read; a connection lost before any transaction is replaced once, as in `fetch`."""
        try:
            return await super().execute_query(query, values)
        except db.CONNECTION_LOST as error:
            held = db.held()
            if held is None or held.in_transaction or not query.startswith("SELECT") or not held.is_lost(error):
                raise
            async with held.lock:
                await held.drop()
            return await super().execute_query(query, values)

    def _in_transaction(self) -> TransactionContext:
        held = db.held()
        if held is None:
            return super()._in_transaction()
        return _HeldTransaction(_HeldClient(self, held), held)


client_class = Client
