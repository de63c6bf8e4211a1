"""The registered documents as a process answers them: who finds what, what is loaded again, what is broken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest

from app.documents import service
from app.documents.entries import Entry
from app.http.errors import Code, RequestRefused
from app.http.prepared import Prepared
from app.http.registry import Registry
from app.http.state import State
from app.kit.caller import VISITOR, Caller, CallerKind
from app.kit.fanout import Fanout
from app.main import ENGINE
from app.settings import Environment
from app.tables import Database
from tests.documents.registered import HOT, STAFF, TREE, add_partner, forget_staffs, pushed, released
from tests.http.toy import bearer
from tests.shop import IDS, Shop, application, state, with_state


@pytest.fixture
async def database(database: Database) -> Database:
    """The test's own, where the app `staff` has no version yet."""
    await forget_staffs(database)
    return database


def partner(number: int) -> Caller:
    """A partner's key without scopes."""
    return Caller(CallerKind.PARTNER, number)


async def look(registry: Registry, database: Database) -> bool:
    """Lets the process look whether anything changed; whether it did."""
    async with database.session():
        return await registry.refresh()


async def test_the_active_documents_are_found_by_everybody_but_partners(database: Database) -> None:
    """By hash with and without its prefix, with the app and without, and by the client's own id."""
    await released(database, "staff", Entry(HOT.text, "x-hot"))
    registry = Registry(ENGINE.registered)
    await look(registry, database)
    detail = IDS["ProductDetail"]
    for caller in (VISITOR, STAFF, Caller(CallerKind.CUSTOMER, 1)):
        for id_, app, name in (
            (detail, None, "ProductDetail"),
            (detail, "miniprogram", "ProductDetail"),
            (detail.removeprefix("sha256:"), None, "ProductDetail"),
            (f"sha256:{HOT.sha256}", "staff", "Hot"),
            ("x-hot", None, "Hot"),
            ("x-hot", "staff", "Hot"),
        ):
            served = registry.find(caller, id_, app)
            assert served is not None
            assert served.prepared.name == name
        assert registry.find(caller, "x-hot", "miniprogram") is None
        assert registry.find(caller, detail, "nobody") is None
        assert registry.find(caller, detail.upper()) is None


async def test_a_partner_finds_its_own_documents_and_nobody_else_does(database: Database) -> None:
    """Neither by the hash nor by the app's name; nor does a partner find those of the shop."""
    mine, other = await add_partner(database, "lab-1"), await add_partner(database, "lab-2")
    await released(database, "lab-1", HOT)
    await released(database, "lab-2", TREE)
    registry = Registry(ENGINE.registered)
    await look(registry, database)
    id_ = f"sha256:{HOT.sha256}"
    assert registry.find(partner(mine), id_) is registry.find(partner(mine), id_, "lab-1") is not None
    for caller, app in (
        (partner(mine), "lab-2"),
        (partner(mine), "miniprogram"),
        (partner(other), None),
        (partner(other), "lab-1"),
        (partner(9999), None),
        (VISITOR, None),
        (VISITOR, "lab-1"),
        (STAFF, "lab-1"),
    ):
        assert registry.find(caller, id_, app) is None
    assert registry.find(partner(mine), IDS["ProductDetail"]) is None


async def test_a_pushed_version_is_not_served_and_a_retired_one_is(database: Database) -> None:
    """Until it is dropped; of an id that both have, the active version's text is meant."""
    registry = Registry(ENGINE.registered)
    await pushed(database, "staff", Entry(HOT.text, "Main"))
    await look(registry, database)
    assert registry.find(STAFF, "Main") is None
    await released(database, "staff", Entry(HOT.text, "Main"))
    await released(database, "staff", Entry(TREE.text, "Main"))
    assert await look(registry, database)
    names = [registry.find(STAFF, id_) for id_ in ("Main", HOT.sha256, TREE.sha256)]
    assert [each.prepared.name for each in names if each] == ["Tree", "Hot", "Tree"]
    await database.pool.execute("UPDATE manifest SET dropped_at = now() WHERE retired_at IS NOT NULL")
    await database.pool.execute("UPDATE app SET revision = revision + 1 WHERE code = 'staff'")
    assert await look(registry, database)
    assert registry.find(STAFF, HOT.sha256) is None
    assert registry.find(STAFF, "Main") is not None


async def test_a_version_that_was_never_active_is_not_served_when_it_is_retired(database: Database) -> None:
    """Nobody can have asked for it."""
    version = (await pushed(database, "staff", HOT)).version
    async with database.session():
        await service.retire(STAFF, "staff", version)
    registry = Registry(ENGINE.registered)
    await look(registry, database)
    assert registry.find(STAFF, HOT.sha256) is None


async def test_looking_again_prepares_only_what_is_new(database: Database) -> None:
    """Nothing when nothing changed; a text that two versions or apps share once."""
    prepared: list[str] = []

    def prepare(text: str, name: str) -> Prepared:
        prepared.append(name)
        return ENGINE.registered(text, name)

    registry = Registry(prepare)
    assert await look(registry, database)
    assert sorted(prepared) == sorted(IDS)
    prepared.clear()
    assert not await look(registry, database)
    await pushed(database, "staff", HOT)
    assert not await look(registry, database)
    await add_partner(database, "lab-1")
    await released(database, "lab-1", HOT)
    await released(database, "staff", HOT)
    await released(database, "staff", HOT, TREE)
    assert await look(registry, database)
    assert sorted(prepared) == ["Hot", "Tree"]


async def test_a_broken_document_does_not_stop_the_others(database: Database) -> None:
    """It is named with its app and version; its id is unknown."""
    await released(database, "staff", HOT, TREE)

    def prepare(text: str, name: str) -> Prepared:
        if name == "Hot":
            raise RequestRefused(400, Code.GRAPHQL_VALIDATION_FAILED, "Cannot query field 'hotWords'.")
        return ENGINE.registered(text, name)

    registry = Registry(prepare)
    await look(registry, database)
    assert registry.broken == ["staff/Hot (version 1): Cannot query field 'hotWords'."]
    assert registry.find(STAFF, HOT.sha256) is None
    assert registry.find(STAFF, TREE.sha256) is not None
    assert not registry.is_empty
    served = with_state(application(Environment.DEVELOPMENT), await state_with(database, registry))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://shop.test") as client:
        ready = await client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["broken documents"] == registry.broken[0]


async def state_with(database: Database, registry: Registry) -> State:
    """The state of a process with this registry."""
    return {**await state(database), "documents": registry}


async def test_a_process_looks_again_by_itself(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while, so that a message that was lost is made good."""
    registry = Registry(ENGINE.registered)
    await registry.load(database)
    monkeypatch.setattr("app.http.registry.LOOK_EVERY", 0.01)
    keeping = asyncio.create_task(registry.keep(database))
    await released(database, "staff", HOT)
    await until(lambda: registry.find(STAFF, HOT.sha256) is not None, database)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)


async def test_a_change_is_heard_by_every_process(app_url: str, redis_url: str) -> None:
    """As soon as it is committed, long before a process would look by itself; an activation in a third process."""
    async with AsyncExitStack() as stack:
        processes = [await stack.enter_async_context(process(app_url, redis_url)) for _ in range(3)]
        await released(processes[0][0], "staff", HOT)
        for database, registry in processes:
            await until(lambda registry=registry: registry.find(STAFF, HOT.sha256) is not None, database)  # type: ignore[misc]


@asynccontextmanager
async def process(app_url: str, redis_url: str) -> AsyncIterator[tuple[Database, Registry]]:
    """What a server process does for its registry."""
    async with Fanout(redis_url).running() as fanout:
        database = await Database.open(app_url, size=2, publish=fanout.publish)
        registry = Registry(ENGINE.registered)
        await registry.load(database)
        tasks = [asyncio.create_task(each) for each in (registry.keep(database), registry.listen(fanout))]
        try:
            yield database, registry
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await database.close()


async def until(holds: Callable[[], bool], database: Database) -> None:
    """Waits until something holds, a statement at a time."""
    async with asyncio.timeout(60):
        while not holds():
            await database.pool.fetchval("SELECT 1")


async def test_a_database_that_is_not_migrated_leaves_it_empty(owner_url: str, database: Database) -> None:
    """The process starts, is not ready, and looks again."""
    owner = await Database.open(owner_url, size=1)
    await owner.pool.execute("ALTER TABLE document RENAME TO elsewhere")
    registry = Registry(ENGINE.registered)
    await registry.load(database)
    assert registry.is_empty
    await owner.pool.execute("ALTER TABLE elsewhere RENAME TO document")
    await owner.close()
    await registry.load(database)
    assert not registry.is_empty


async def test_only_staff_brings_documents_in_production(production: Shop) -> None:
    """Everybody else asks for registered ones; each refusal is one error that is not kept."""
    text = {"query": "{ hotWords }"}
    for caller, status in ((VISITOR, 403), (Caller(CallerKind.CUSTOMER, 1), 403), (partner(1), 403), (STAFF, 200)):
        headers = {"accept": "application/graphql-response+json", **({} if caller is VISITOR else bearer(caller))}
        response = await production.client.post("/graphql", json=text, headers=headers)
        assert response.status_code == status
        if status == 403:
            assert response.json()["errors"][0]["extensions"] == {"code": "PERSISTED_DOCUMENT_REQUIRED"}
            assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("id_", ["sha256:" + "0" * 64, "nothing", "sha256:", "0" * 64])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_id_is_one_error_that_is_not_kept(id_: str, method: str, shop: Shop) -> None:
    """Whether it is asked for by parameter or by address."""
    accept = {"accept": "application/graphql-response+json"}
    asked = {"params": {"documentId": id_}} if method == "GET" else {"json": {"documentId": id_}}
    by_address = {} if method == "GET" else {"json": {}}
    for response in (
        await shop.client.request(method, "/graphql", headers=accept, **asked),
        await shop.client.request(method, f"/graphql/miniprogram/{id_}", headers=accept, **by_address),
    ):
        assert response.status_code == 404
        assert response.headers["cache-control"] == "no-store"
        assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["PERSISTED_DOCUMENT_NOT_FOUND"]
