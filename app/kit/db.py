"""One request, one connection: how every statement reaches PostgreSQL.

`session()` opens a `RequestConnection`: the pool's connection is taken at the first statement, serves
every statement and transaction of that request, and goes back once at the end, also on cancellation.
Statements of one request run one after another; fewer statements are the aim, not parallel ones.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeAlias, TypeVar

import asyncpg
from tortoise.connection import get_connections
from tortoise.models import Model

from app.kit.rows import maker

Row = TypeVar("Row", bound=Model)

CONNECTION_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InternalClientError,  # the server's farewell was read, the end of the connection not yet
    ConnectionError,
)


class NoSessionError(RuntimeError):
    """A statement was sent outside `session()`, so no connection is held for it."""


class NestedTransactionError(RuntimeError):
    """A transaction was begun inside another one: its inner part could not fail alone."""


class RestInTransactionError(RuntimeError):
    """The connection was to be given back in the middle of a transaction."""


class NoTransactionError(RuntimeError):
    """Something that must stand or fall with a business write was called outside its transaction."""


def _is_over(connection: asyncpg.Connection) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True  # the pool noticed first and took the connection back


class Announcement(NamedTuple):
    """What a transaction tells the other processes once it has committed: a topic and JSON."""

    topic: str
    body: bytes


Publish: TypeAlias = Callable[[Sequence[Announcement]], None]


def to_nobody(_: Sequence[Announcement]) -> None:
    """Where announcements go in a process without a link to the others."""


class RequestConnection:
    """The one connection of a request, taken lazily. Also the handle of its transaction.

    `announced`: what the open transaction tells the other processes if it commits (`app.kit.fanout.announce`).
    """

    __slots__ = (
        "_closed",
        "_connection",
        "_pool",
        "_publish",
        "_user",
        "announced",
        "in_transaction",
        "lock",
        "statements",
    )

    def __init__(self, pool: asyncpg.Pool, publish: Publish = to_nobody) -> None:
        self._pool = pool
        self._publish = publish
        self.announced: list[Announcement] = []
        self._connection: asyncpg.Connection | None = None
        self._closed = False
        self._user: asyncio.Task[Any] | None = None  # who began the last statement
        self.lock = asyncio.Lock()
        self.in_transaction = False
        self.statements = 0

    def require_transaction(self) -> None:
        """Refuses to go on outside a transaction.

        Raises:
            NoTransactionError: none is open.
        """
        if not self.in_transaction:
            raise NoTransactionError("call this inside `async with db.transaction()`")

    async def take(self) -> asyncpg.Connection:
        """The held connection; the caller holds `lock`.

        Takes one from the pool the first time, and again when the held one was lost between statements;
        never within a transaction, whose first part would be missing.
        """
        if self._closed:
            raise NoSessionError("the request is over, its connection went back to the pool")
        self._user = asyncio.current_task()
        if self._connection is not None and _is_over(self._connection) and not self.in_transaction:
            await self.drop()
        if self._connection is None:
            self._connection = await self._pool.acquire()
        return self._connection

    def is_lost(self, error: BaseException) -> bool:
        """Whether `error`, one of CONNECTION_LOST, ended the held connection.

        asyncpg raises InterfaceError for a wrong number of arguments too, on a connection that lives on.
        """
        alive = self._connection is not None and not _is_over(self._connection)
        return not (alive and isinstance(error, asyncpg.InterfaceError))

    async def drop(self) -> None:
        """Gives a lost connection back, so that the next `take` gets a live one; the caller holds `lock`."""
        lost, self._connection = self._connection, None
        if lost is not None:
            if not _is_over(lost):
                lost.terminate()
            await self._pool.release(lost)

    async def fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        """The records a statement answers. A connection lost before any transaction is replaced once."""
        async with self.lock:
            self.statements += 1
            try:
                return list(await (await self.take()).fetch(sql, *args))
            except CONNECTION_LOST as error:
                if self.in_transaction or not sql.startswith("SELECT") or not self.is_lost(error):
                    raise
                await self.drop()
                return list(await (await self.take()).fetch(sql, *args))

    async def execute(self, sql: str, *args: Any) -> str:
        """Runs a statement that answers nothing; the command tag, such as `UPDATE 1`."""
        async with self.lock:
            self.statements += 1
            return str(await (await self.take()).execute(sql, *args))

    def settle(self, *, committed: bool) -> None:
        """Ends the transaction for what it announced: that leaves now, or never."""
        self.in_transaction = False
        announced, self.announced = self.announced, []
        if committed and announced:
            self._publish(announced)

    def abort(self) -> None:
        """Cancels the statement under way, and refuses later ones: nobody waits for their answers any more.

        A loader's statement runs in a task that outlives the request's. A commit or a rollback is not cancelled: it
        runs in a task that takes no connection.
        """
        self._closed = True
        if self.lock.locked() and self._user is not None and self._user is not asyncio.current_task():
            self._user.cancel()

    async def rest(self) -> None:
        """Gives the connection back before something slow outside the database; the next statement takes one again.

        Raises:
            RestInTransactionError: in a transaction, which cannot go on with another connection.
        """
        async with self.lock:
            if self.in_transaction:
                raise RestInTransactionError("end the transaction first: nothing external inside one")
            held, self._connection = self._connection, None
            if held is not None:
                await self._pool.release(held)

    async def close(self) -> None:
        """Gives the connection back after the statement under way; later statements are refused."""
        async with self.lock:
            self._closed = True
            held, self._connection = self._connection, None
            if held is not None:
                await self._pool.release(held)


_current: ContextVar[RequestConnection | None] = ContextVar("request_connection", default=None)


def held() -> RequestConnection | None:
    """The connection of the running request, or None outside a session."""
    return _current.get()


def current() -> RequestConnection:
    """The connection of the running request.

    Raises:
        NoSessionError: outside a session.
    """
    connection = _current.get()
    if connection is None:
        raise NoSessionError("open a session first: async with database.session(): ...")
    return connection


@asynccontextmanager
async def hold(pool: asyncpg.Pool, publish: Publish = to_nobody) -> AsyncIterator[RequestConnection]:
    """Makes a RequestConnection over `pool` the current one, and gives its connection back at the end.

    `publish` is handed what each transaction announced, after its commit. When the block fails or is cancelled, so is
    the statement under way.
    """
    connection = RequestConnection(pool, publish)
    token = _current.set(connection)
    try:
        yield connection
    except BaseException:
        connection.abort()
        raise
    finally:
        _current.reset(token)
        await asyncio.shield(connection.close())


async def fetch(sql: str, *args: Any) -> list[asyncpg.Record]:
    """The records a statement answers on the request's connection."""
    return await current().fetch(sql, *args)


async def rows(model: type[Row], sql: str, *args: Any) -> list[Row]:
    """The rows a SELECT over `model`'s columns answers, in the statement's order.

    `sql` is a constant; what varies goes into `$1`, `$2`. Columns the model does not have become plain
    attributes.
    """
    records = await current().fetch(sql, *args)
    if not records:
        return []
    make = maker(model, tuple(records[0].keys()))
    return [make(tuple(record)) for record in records]


@asynccontextmanager
async def transaction() -> AsyncIterator[RequestConnection]:
    """A transaction on the request's connection: commits at the end of the block, rolls back on error.

    Model writes inside the block run in it too.

    Raises:
        NestedTransactionError: inside another transaction.
    """
    connection = current()
    if connection.in_transaction:
        raise NestedTransactionError("a write is one transaction; pass its handle on instead")
    async with get_connections().get("default")._in_transaction():  # noqa: SLF001 - what tortoise.transactions calls
        yield connection
