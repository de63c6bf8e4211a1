"""The shop as a client meets it: the real application in this process, and a log of its statements."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import asyncpg
import httpx
from redis.asyncio import Redis
from starlette.types import ASGIApp, Receive, Scope, Send

from app.accounts.people import People
from app.documents import files
from app.documents.usage import Usage
from app.embedded.wechat import state as wechat_state
from app.embedded.wechat.server import StandIn
from app.files.addresses import Addresses
from app.files.store import Store
from app.http.registry import Registry
from app.http.state import State
from app.kit import clock, ids
from app.kit.crypto import KeyRing
from app.kit.fanout import Fanout
from app.kit.tokens import Tokens
from app.kit.vault import Vault
from app.main import ENGINE, create_app
from app.orders.till import Till
from app.partners.webhooks import Webhooks
from app.payments.missing import NoGateway
from app.settings import DEMO_KEY_RING, Environment, Settings
from app.tables import Database
from app.wechat.client import Account, WeChat
from schema.documents import MINIPROGRAM

NOW = datetime(2026, 11, 20, 10, tzinfo=clock.SHANGHAI)
NO_FILES = "memory:///"  # a store of the test's own, empty
NOWHERE = "redis://127.0.0.1:1"  # for what needs no Redis
NO_WECHAT = "http://127.0.0.1:1"  # where nobody answers
ACCOUNT = Account("wx-test", "the mini-program's secret")
PUSH_TOKEN, PUSH_KEY = "a token for tests", "testTestTestTestTestTestTestTestTestTestTes"
SECRET = "a secret for tests, long enough to sign with"
ADDRESSES = Addresses(SECRET)
IDS = {file.name: file.id for file in files.read(MINIPROGRAM)}
READS = [file.name for file in files.read(MINIPROGRAM) if file.text.startswith("query ")]
STREAMS = [file.name for file in files.read(MINIPROGRAM) if file.text.startswith("subscription ")]
WRITES = [name for name in IDS if name not in READS and name not in STREAMS]
WEBHOOKS = Webhooks(KeyRing({"test": bytes(32)}), allows_loopback=True)
_DRIVERS_OWN = ("typeinfo_tree", "set_config('jit'")  # asyncpg asks once per connection about types new to it
_NATURAL_KEYS = {
    "Category": "SELECT id FROM category WHERE slug = $1",
    "Coupon": "SELECT id FROM coupon WHERE code = $1",
    "Lot": "SELECT id FROM lot WHERE lot_code = $1",
    "PickupPoint": "SELECT id FROM pickup_point WHERE code = $1",
    "Product": "SELECT id FROM product WHERE slug = $1",
    "Sku": "SELECT id FROM sku WHERE code = $1",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL answer, and the SQL texts it took, in order, without their values."""

    response: httpx.Response
    statements: list[str]

    @property
    def body(self) -> dict[str, Any]:
        """The whole answer."""
        body: dict[str, Any] = self.response.json()
        return body

    @property
    def data(self) -> dict[str, Any]:
        """What was asked for; fails when there are errors."""
        assert "errors" not in self.body, self.body["errors"]
        data: dict[str, Any] = self.body["data"]
        return data

    @property
    def codes(self) -> list[str]:
        """The code of each error."""
        return [error["extensions"]["code"] for error in self.body.get("errors", [])]


@dataclass(frozen=True, slots=True)
class Shop:
    """An application over a database, asked at a fixed time."""

    database: Database
    client: httpx.AsyncClient
    log: list[str] = field(default_factory=list)
    now: datetime = NOW
    wechat: StandIn = field(default_factory=lambda: wechat())  # noqa: PLW0108 - defined below

    async def send(self, method: str = "POST", url: str = "/graphql", **request: Any) -> Answer:
        """Sends any request to the application."""
        told = len(self.log)
        with clock.moved_to(self.now):
            response = await self.client.request(method, url, **request)
        return Answer(response, self.log[told:])

    async def ask(self, query: str, **variables: Any) -> Answer:
        """Asks a document given as text."""
        return await self.send(json={"query": query, "variables": variables})

    async def registered(
        self, name: str, variables: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Asks a registered document by its id."""
        return await self.send(json={"documentId": IDS[name], "variables": variables or {}}, headers=headers)

    async def id(self, kind: str, natural_key: str) -> str:
        """The global id of what people call `natural_key`: a slug, a code, a lot code."""
        key = await self.database.pool.fetchval(_NATURAL_KEYS[kind], natural_key)
        assert key is not None, f"no {kind} {natural_key}"
        return ids.encode(kind, key)


def settings(app_url: str, *, redis_url: str = NOWHERE, env: Environment = Environment.DEVELOPMENT) -> Settings:
    """Settings that take nothing from the environment of the test run."""
    return Settings(
        env=env,
        database_url=app_url,
        redis_url=redis_url,
        files_url=NO_FILES,
        secret=SECRET,
        wechat_url=NO_WECHAT,
        wechat_appid=ACCOUNT.appid,
        wechat_push_token=PUSH_TOKEN,
        wechat_push_key=PUSH_KEY,
    )


def people(wechat: StandIn) -> People:
    """What signs people in, with the stand-in for WeChat's servers."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(wechat.app()), base_url="http://wechat.test")
    vault = Vault(KeyRing.parse(DEMO_KEY_RING), "an index key for tests")
    return People(vault, Tokens([SECRET]), WeChat(client, ACCOUNT))


def wechat() -> StandIn:
    """A stand-in by the tests' clock."""
    told = {"push_token": PUSH_TOKEN, "push_key": PUSH_KEY}
    return StandIn(wechat_state.State(*ACCOUNT, **told), lambda: clock.now().timestamp())


def with_state(app: ASGIApp, state: State) -> ASGIApp:
    """`app` as a server calls it that has entered its lifespan."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": state}, receive, send)

    return serve


_prepare = cache(ENGINE.registered)  # the same texts, for every application of this run


async def state(database: Database, redis_url: str = NOWHERE, stand_in: StandIn | None = None) -> State:
    """What a lifespan would open around `database`, with its documents; without `redis_url` there is no Redis."""
    registry = Registry(_prepare)
    await registry.load(database)
    signing_in = people(stand_in or wechat())
    return State(
        database=database,
        redis=Redis.from_url(redis_url),
        fanout=Fanout(NOWHERE),
        files=Store.open(NO_FILES),
        webhooks=WEBHOOKS,
        people=signing_in,
        documents=registry,
        usage=Usage(),
        till=Till.of(signing_in.vault, NoGateway(), SECRET),
    )


@cache
def application(env: Environment) -> ASGIApp:
    """The application, put together once: its database and Redis come with each request."""
    return create_app(settings(NOWHERE, env=env))


@asynccontextmanager
async def open_shop(app_url: str, *, env: Environment = Environment.DEVELOPMENT) -> AsyncIterator[Shop]:
    """The application over the database at `app_url`, every statement watched. There is no Redis."""
    log: list[str] = []

    def watch(statement: asyncpg.connection.LoggedQuery) -> None:
        if not any(mark in statement.query for mark in _DRIVERS_OWN):
            log.append(statement.query)

    database = await Database.open(app_url, size=5, watch=watch)
    stand_in = wechat()
    opened = await state(database, stand_in=stand_in)
    served = with_state(application(env), opened)
    transport = httpx.ASGITransport(served)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        yield Shop(database, client, log, wechat=stand_in)
    await opened["redis"].aclose()
    await database.close()
