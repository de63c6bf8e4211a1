"""`slotAvailability` over a real socket: the whole application, PostgreSQL, Redis, and another process that writes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import from_url

from app.embedded import redis
from app.http.state import State
from app.kit import clock, db, ids
from app.kit.fanout import Fanout
from app.main import create_app
from app.pickup.live import slots_changed
from app.pickup.queries import CUTOFFS, SLOTS_BY_ID
from app.tables import Database
from tests.conftest import Addresses
from tests.embedded.processes import kill
from tests.http.socket.serving import Client, granian, socket, until
from tests.rows import Rows
from tests.shop import IDS, settings, with_state
from tests.shop import state as closed

SLOTS = """
INSERT INTO pickup_slot (pickup_point_id, starts_at, ends_at, cutoff_at, capacity, reserved)
SELECT $1, t + n * interval '2 hours', t + (n + 1) * interval '2 hours', t, 10, 0
FROM (SELECT $2::timestamptz) AS first(t), generate_series(1, $3::int) n RETURNING id
"""


@dataclass
class Open:
    """The application on a port, and another process beside it."""

    url: str
    state: State
    owner: asyncpg.Connection
    elsewhere: Database
    point: int
    slots: list[int]
    statements: list[str] = field(default_factory=list)

    async def reserve(self, *slots: int) -> None:
        """Another process takes one place in each of the slots."""
        async with self.elsewhere.session(), db.transaction() as tx:
            await tx.execute("UPDATE pickup_slot SET reserved = reserved + 1 WHERE id = ANY($1)", list(slots))
            slots_changed(tx, [(self.point, slot) for slot in slots])

    async def watch(self, client: Client) -> dict[str, object]:
        """Asks the registered document; the first event's news."""
        variables = {"pickupPointId": ids.encode("PickupPoint", self.point)}
        payload = {"documentId": IDS["SlotAvailability"], "variables": variables}
        await client.say({"type": "subscribe", "id": "s", "payload": payload})
        return await news(client)


async def news(client: Client) -> dict[str, object]:
    """What the next event says."""
    message = await client.hear()
    assert message["type"] == "next", message
    assert "errors" not in message["payload"], message
    found: dict[str, object] = message["payload"]["data"]["slotAvailability"]
    return found


def seen(event: dict[str, object]) -> list[tuple[str, int, bool]]:
    """The slots of an event: id, room, whether it takes orders."""
    return [(slot["id"], slot["remaining"], slot["isOpen"]) for slot in event["slots"]]  # type: ignore[attr-defined]  # JSON


@pytest.fixture
async def opened(addresses: Addresses, own_redis: redis.Running) -> AsyncIterator[Open]:
    """A point with 40 slots in the coming days; the application has one connection to the database."""
    owner = await asyncpg.connect(addresses.owner_url)
    point = await Rows(owner).point()
    made = await owner.fetch(SLOTS, point, clock.now() + timedelta(hours=1), 40)
    statements: list[str] = []
    app_url = addresses.app_url
    async with Fanout(own_redis.url).running() as fanout, Fanout(own_redis.url).running() as other:
        database = await Database.open(app_url, size=1, watch=lambda logged: statements.append(logged.query))
        elsewhere = await Database.open(app_url, size=1, publish=other.publish)
        state: State = (await closed(database)) | {"redis": from_url(own_redis.url), "fanout": fanout}  # type: ignore[assignment]  # a State
        async with granian(
            with_state(create_app(settings(app_url).model_copy(update={"deadline": 300})), state)
        ) as url:
            yield Open(url, state, owner, elsewhere, point, [row["id"] for row in made], statements)
        await state["redis"].aclose()
        await elsewhere.close()
        await owner.close()
        await database.close()


def global_id(slot: int) -> str:
    """A slot as clients know it."""
    return ids.encode("PickupSlot", slot)


async def test_all_slots_then_those_that_change(opened: Open) -> None:
    """What another process commits is seen here, as it is in the database, and nothing else."""
    async with socket(opened.url) as client:
        first = await opened.watch(client)
        assert first["isComplete"] is True
        assert seen(first) == [(global_id(slot), 10, True) for slot in opened.slots]
        await opened.reserve(opened.slots[3])
        event = await news(client)
        assert event["isComplete"] is False
        assert seen(event) == [(global_id(opened.slots[3]), 9, True)]
        for _ in range(9):
            await opened.reserve(opened.slots[3])
        while (found := seen(await news(client))) != [(global_id(opened.slots[3]), 0, False)]:
            assert found[0][2]


async def test_the_statements_of_an_event_are_constant(opened: Open) -> None:
    """One looks for cut-offs, one reads the slots: however many changed. No connection is held meanwhile."""
    async with socket(opened.url) as client:
        await opened.watch(client)
        await until(lambda: opened.statements[-1] == CUTOFFS)
        for changed in (opened.slots[:1], opened.slots):
            before = len(opened.statements)
            await opened.reserve(*changed)
            assert len(seen(await news(client))) == len(changed)
            await until(lambda: opened.statements[-1] == CUTOFFS)
            assert opened.statements[before:] == [SLOTS_BY_ID, CUTOFFS]
    assert opened.state["database"].pool.get_idle_size() == 1


async def test_bad_ids_are_refused_and_unknown_ones_have_no_slots(opened: Open) -> None:
    """The socket lives on."""
    fields = "isComplete slots { id } pickupPoint { id }"
    query = f"subscription ($id: ID!) {{ slotAvailability(pickupPointId: $id) {{ {fields} }} }}"
    async with socket(opened.url) as client:
        for bad in ("nonsense", global_id(1)):
            await client.ask("1", query, id=bad)
            answer = await client.hear()
            assert answer["type"] == "error"
            assert [error["extensions"]["code"] for error in answer["payload"]] == ["BAD_USER_INPUT"]
        await client.ask("1", query, id=ids.encode("PickupPoint", 10**9))
        assert await news(client) == {"isComplete": True, "slots": [], "pickupPoint": None}
        await client.ask("2", query, id=ids.encode("PickupPoint", opened.point))
        assert (await news(client))["pickupPoint"] == {"id": ids.encode("PickupPoint", opened.point)}


async def test_a_point_that_is_suspended_takes_no_orders(opened: Open) -> None:
    """Its slots are not open, whoever asks how."""
    async with socket(opened.url) as client:
        await opened.watch(client)
        await opened.owner.execute("UPDATE pickup_point SET status = 'SUSPENDED' WHERE id = $1", opened.point)
        await opened.reserve(opened.slots[0])
        assert seen(await news(client)) == [(global_id(opened.slots[0]), 9, False)]


async def test_redis_is_restarted_under_a_subscription(opened: Open, own_redis: redis.Running, tmp_path: Path) -> None:
    """All slots are told again, with what was missed; then changes as before."""
    async with socket(opened.url) as client:
        await opened.watch(client)
        kill(own_redis.pid)
        await opened.elsewhere.pool.execute("UPDATE pickup_slot SET reserved = 4 WHERE id = $1", opened.slots[0])
        await asyncio.to_thread(redis.start, tmp_path / "own-redis", durable=False)
        event = await news(client)
        assert event["isComplete"] is True
        assert seen(event)[0] == (global_id(opened.slots[0]), 6, True)
        await opened.reserve(opened.slots[1])
        while (event := await news(client))["isComplete"] is not False:
            pass
        assert seen(event) == [(global_id(opened.slots[1]), 9, True)]


async def test_a_thousand_watchers_leave_nothing(opened: Open, own_redis: redis.Running) -> None:
    """One connection to PostgreSQL serves them all, one subscription of Redis; then there is neither, and no task."""
    before = len(asyncio.all_tasks())
    for _ in range(10):
        await asyncio.gather(*(come_and_go(opened) for _ in range(100)))
    async with asyncio.timeout(30), from_url(own_redis.url) as outside:
        while await outside.pubsub_channels("yougou:0:pickup*"):
            pass
    await until(lambda: len(asyncio.all_tasks()) <= before)
    assert opened.state["database"].pool.get_idle_size() == 1
    assert not opened.state["fanout"]._readers


async def come_and_go(opened: Open) -> None:
    """One watcher, who is shown all slots and leaves."""
    async with socket(opened.url) as client:
        assert len((await opened.watch(client))["slots"]) == 40  # type: ignore[arg-type]  # JSON
