"""A small schema with streams of every kind, and the endpoint of its sockets."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from graphql import build_schema
from starlette.types import Receive, Scope, Send

from app.accounts.ended import Ended
from app.documents.files import DocumentFile
from app.http.admission import Admitted
from app.http.callers import Callers
from app.http.engine import Engine
from app.http.lookup import Lookup
from app.http.prepared import Prepared
from app.http.rights import Rights
from app.http.scopes import require
from app.http.socket.answers import Answering
from app.http.socket.caps import Caps
from app.http.socket.endpoint import GraphQLSocket
from app.http.state import State
from app.kit.bucket import Plan
from app.kit.caller import Caller
from app.kit.errors import BadInput
from app.kit.fanout_reader import ReaderTooSlow
from app.kit.leases import Ask
from app.partners.known_keys import KnownKeys
from tests.http.toy import TOKENS, OneDocument
from tests.shop import ADDRESSES

FRIEND = "https://friend.example"
COUNT = DocumentFile("Count", "sha256:" + "1" * 64, "subscription Count($to: Int!) { count(to: $to) }")
SCHEMA = build_schema("""
  type Query { hello: String, fails: Int, caller: String, locale: String, waits: Int, secret: Int }
  type Mutation { write: Int }
  type Subscription { count(to: Int!): Int, waits: Int, breaks: Int, refused: Int, tooSlow: Int,
    big(bytes: Int!): String }
""")


def _fault(*_: Any) -> int:
    raise RuntimeError("password=hunter2 at /etc/shop.conf")


class Streams:
    """What the streams of a test do, and what is left of them."""

    def __init__(self) -> None:
        self.open = 0
        self.go = asyncio.Event()

    async def count(self, _: Any, __: Any, to: int) -> AsyncGenerator[int, None]:
        """The numbers below `to`."""
        for number in range(to):
            yield number

    async def waits(self, *_: Any) -> AsyncGenerator[int, None]:
        """One number, then another when the test says so."""
        self.open += 1
        try:
            yield 1
            await self.go.wait()
            yield 2
        finally:
            self.open -= 1

    async def breaks(self, *_: Any) -> AsyncGenerator[int, None]:
        """A number and a fault."""
        yield 1
        _fault()

    def refused(self, *_: Any) -> AsyncGenerator[int, None]:
        """Bad input before there is a stream."""
        raise BadInput("no such thing")

    async def too_slow(self, *_: Any) -> AsyncGenerator[int, None]:
        """A number and the word that nobody took the next."""
        yield 1
        raise ReaderTooSlow("more than 256 messages waited")

    async def big(self, _: Any, __: Any, bytes: int) -> AsyncGenerator[str, None]:  # noqa: A002 - the schema's name
        """Large texts without end; one at a time."""
        self.open += 1
        try:
            while True:
                yield "x" * bytes
        finally:
            self.open -= 1


class Toy:
    """The schema's endpoint with streams of its own."""

    def __init__(self, server: str, url: str, state: State) -> None:
        self.server, self.url = server, url
        self.streams, self.ended = Streams(), Ended()
        self._state: State = {**state, "documents": OneDocument(SCHEMA, COUNT)}
        self.limit()
        _resolve(self.streams)

    @property
    def is_without_backpressure(self) -> bool:
        """Whether the server takes whatever is sent, however slowly the client reads."""
        return self.server == "uvicorn"

    def limit(self, seconds: float = 10, *, is_open: bool = True, **caps: float) -> None:
        """Sets the deadline, who may look into the schema, and caps that are not the usual ones."""
        self.sockets = GraphQLSocket(
            Answering(Lookup(Engine(SCHEMA), lambda _: True), _admit, Rights(is_open=is_open), ADDRESSES, seconds),
            Callers(TOKENS, KnownKeys(), self.ended),
            is_allowed=FRIEND.__eq__,
            address_of=lambda scope: dict(scope["headers"]).get(b"x-address", b"here").decode(),
            caps=Caps(**caps),  # type: ignore[arg-type]  # some are whole numbers
        )

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The endpoint as a server calls it."""
        await self.sockets({**scope, "state": self._state}, receive, send)


async def _admit(document: Prepared, _: str | None, __: Any, caller: Caller, ___: Scope) -> Admitted:
    require(document.scopes, caller)
    return Admitted(requested=0, bucket=Ask("here", Plan(capacity=1, rate=1)), address="here")


async def _never(*_: Any) -> int:
    await asyncio.Event().wait()
    return 1


def _resolve(streams: Streams) -> None:
    """Binds the schema's fields; a server serves one toy at a time."""
    fields: Any = {name: kind.fields for name, kind in SCHEMA.type_map.items() if hasattr(kind, "fields")}
    query, stream = fields["Query"], fields["Subscription"]
    query["hello"].resolve = lambda *_: "hello"
    query["fails"].resolve = _fault
    query["caller"].resolve = lambda _, info: str(info.context.caller)
    query["locale"].resolve = lambda _, info: info.context.locale.value
    query["waits"].resolve = _never
    query["secret"].resolve = lambda *_: 1
    query["secret"].extensions["scopes"] = ("secret:read",)
    fields["Mutation"]["write"].resolve = lambda *_: 1
    for name, field in stream.items():
        field.subscribe = getattr(streams, {"tooSlow": "too_slow"}.get(name, name))
        field.resolve = lambda event, *_, **__: event
