"""The application, put together: the only module, with the command line, that knows everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.routing import Route, WebSocketRoute

from app import garbage, logs, measures, readiness, telemetry
from app.accounts.ended import Ended
from app.accounts.people import People
from app.documents import files
from app.documents.usage import Usage
from app.files.addresses import Addresses
from app.files.links import Links
from app.files.rules import Caps
from app.files.store import Store
from app.http import addressed, cashier, health, pages
from app.http.addresses import address_of
from app.http.admission import Admission
from app.http.callers import Callers
from app.http.cross_site import Origins
from app.http.door import Door
from app.http.engine import Engine
from app.http.exports import Exports
from app.http.graphql import GraphQLEndpoint
from app.http.lookup import Lookup, everybody, staff_alone
from app.http.media import Media
from app.http.notify import Notify
from app.http.registry import Registry
from app.http.rights import Rights
from app.http.socket.answers import Answering
from app.http.socket.endpoint import GraphQLSocket
from app.http.socket.farewell import farewell
from app.http.state import State
from app.http.uploads import Uploads
from app.http.wechat_events import WeChatEvents
from app.kit.crypto import KeyRing
from app.kit.fanout import Fanout
from app.kit.leases import Leases
from app.kit.personal import telling_names
from app.kit.tokens import Tokens
from app.kit.vault import Vault
from app.orders.outcomes import OrderOutcomes
from app.orders.till import Till
from app.partners.known_keys import KnownKeys
from app.partners.webhooks import Webhooks
from app.payments.wechat_pay import installed
from app.settings import Settings
from app.tables import Database
from app.wechat.client import Account, WeChat
from app.wechat.push import PushKeys
from schema.built import GRAPHQL
from schema.documents import MINIPROGRAM, STAFF

ENGINE = Engine(GRAPHQL)


def caps_of(settings: Settings) -> Caps:
    """How large uploads may be."""
    return Caps(
        image=settings.upload_image_bytes,
        video=settings.upload_video_bytes,
        document=settings.upload_document_bytes,
        day=settings.upload_day_bytes,
    )


def push_keys_of(settings: Settings) -> PushKeys | None:
    """What verifies and opens what WeChat tells by itself; None where that is not used."""
    pushed = settings.wechat_push
    return None if pushed is None else PushKeys(*pushed, settings.wechat_appid)


def create_app(settings: Settings) -> FastAPI:
    """The ASGI application. Its lifespan opens the database and Redis, and closes them after the last request.

    The lifespan raises MissingAddressError when DATABASE_URL or REDIS_URL is not set, UnknownStoreError when
    YOUGOU_FILES names no store.

    Raises:
        BadKeys: the keys of WeChat Pay that are set do not fit.
    """
    allows_free = not settings.is_production
    lookup = Lookup(ENGINE, everybody if allows_free else staff_alone)
    keys = KnownKeys()
    ring, index_key = KeyRing.parse(settings.key_ring.get_secret_value()), settings.index_key.get_secret_value()
    webhooks = Webhooks(ring, allows_loopback=allows_free)
    secret = settings.secret.get_secret_value()
    addresses = Addresses(secret)
    tokens, ended = Tokens([secret]), Ended()
    callers = Callers(tokens, keys, ended)
    account = Account(settings.wechat_appid, settings.wechat_secret.get_secret_value())
    origins, rights = Origins(settings.origins), Rights(is_open=not settings.is_production)
    leases = Leases()
    admission = Admission.of(settings, leases)

    sockets = GraphQLSocket(
        Answering(lookup, admission.admit, rights, addresses, settings.deadline),
        callers,
        is_allowed=origins.allows,
        address_of=partial(address_of, trusted_hops=settings.trusted_hops),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        database_url, redis_url = settings.database, settings.redis  # both, before anything is opened
        store = Store.open(settings.files)
        async with (
            Fanout(redis_url).running() as fanout,
            WeChat.opened(settings.wechat_url, account) as wechat,
            installed.opened(settings) as gateway,
        ):
            database = await Database.open(database_url, size=settings.pool_size, publish=fanout.publish)
            redis = Redis.from_url(redis_url)
            registry, usage = Registry(ENGINE.registered), Usage()
            await registry.load(database)
            await ended.load(database)
            background = (
                keys.keep_noting(database),
                keys.listen(fanout),
                ended.listen(fanout, database),
                ended.keep(database),
                registry.keep(database),
                registry.listen(fanout),
                usage.keep_flushing(database),
            )
            tasks = [asyncio.create_task(each) for each in background]
            try:
                people = People(Vault(ring, index_key), tokens, wechat)
                with farewell(sockets.close):
                    yield State(
                        database=database,
                        redis=redis,
                        fanout=fanout,
                        files=store,
                        webhooks=webhooks,
                        people=people,
                        documents=registry,
                        usage=usage,
                        till=Till.of(people.vault, gateway, secret),
                    )
            finally:
                await sockets.close()
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                await leases.close()
                await redis.aclose()
                await database.close()

    app = FastAPI(
        title="Yougou Fresh",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # app.http.observe knows more, for less
    )
    app.router.routes.extend(
        pages.routes(
            files.read(MINIPROGRAM),
            files.read(STAFF),
            addresses,
            shows_graphiql=allows_free,
            stand_in=cashier.stand_in_of(settings),
        )
    )
    endpoint = GraphQLEndpoint(
        lookup, callers, admission, origins, rights, addresses=addresses, seconds=settings.deadline
    )
    app.router.routes.extend([Route("/graphql", endpoint), Route(addressed.PATH, endpoint)])
    app.router.routes.extend(Uploads(callers, Links(secret), caps_of(settings)).routes())
    app.router.routes.append(WebSocketRoute("/graphql", sockets))
    app.router.routes.append(Media(addresses).route())
    app.router.routes.append(Exports(addresses).route())
    app.router.routes.extend(WeChatEvents(push_keys_of(settings)).routes())
    app.router.routes.append(Notify(installed.merchant_of(settings), OrderOutcomes()).route())
    app.include_router(health.routes(readiness.problems, readiness.remarks, measures.refresh))
    app.add_middleware(Door, origins=origins, is_production=settings.is_production)
    return app


def serving() -> FastAPI:
    """What the HTTP server runs in each of its processes: settings from the environment."""
    settings = Settings()
    settings.refuse_demo_secret()
    hidden = telling_names()
    logs.configure(level=settings.log_level, as_json=settings.log_json, hidden=hidden)
    telemetry.configure("yougou-serve", hidden)
    app = create_app(settings)
    garbage.settle()
    return app
