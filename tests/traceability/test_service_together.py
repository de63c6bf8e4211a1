"""Captures at the same time, and captures that are stopped."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.tables import Database
from tests.traceability.capturing import captured, chains, fetched
from tests.traceability.epcis.samples import object_event

CONNECTIONS = 8
_numbers = itertools.count()


@pytest.fixture
async def wide(app_url: str) -> AsyncIterator[Database]:
    """The test's database with a connection for each of eight senders."""
    opened = await Database.open(app_url, size=CONNECTIONS)
    yield opened
    await opened.close()


def _event(lots: list[str]) -> dict[str, Any]:
    """An event like no other, over these lots in this order."""
    return object_event(
        eventID=f"urn:uuid:00000000-0000-4000-8000-{next(_numbers):012d}",
        quantityList=[{"epcClass": f"urn:epc:class:lgtin:6901234.012345.{lot}", "quantity": 1} for lot in lots],
        **{"yg:note": f"number {next(_numbers)}"},
    )


async def test_eight_senders_of_the_same_document(wide: Database) -> None:
    """Every event is stored by one of them, every lot has one unbroken chain, and nobody sees a deadlock."""
    lots = [["A", "B"], ["B", "A"], ["C"], ["B", "C", "A"], ["D", "A"]] * 6
    events = [_event(each) for each in lots]
    told = await asyncio.gather(*(captured(wide, *events) for _ in range(CONNECTIONS)))
    for verdicts in zip(*told, strict=True):
        assert Counter(verdicts) == {"STORED": 1, "ALREADY_STORED": CONNECTIONS - 1}
    assert await chains(wide) == {"A": 24, "B": 18, "C": 12, "D": 6}


async def test_eight_senders_in_contrary_orders(wide: Database) -> None:
    """New lots named in every order by events that are all different: all are stored, nobody waits in a circle."""
    orders = list(itertools.permutations(["P", "Q", "R", "S"]))
    senders = [[_event(list(order)) for order in orders[start:] + orders[:start]] for start in range(CONNECTIONS)]
    told = await asyncio.gather(*(captured(wide, *events) for events in senders))
    assert Counter(itertools.chain(*told)) == {"STORED": CONNECTIONS * 24}
    assert await chains(wide) == dict.fromkeys("PQRS", CONNECTIONS * 24)


async def test_eight_senders_of_the_same_new_lots(wide: Database) -> None:
    """Different events make the same forty lots at once, each in an order of its own: nobody waits in a circle."""
    for day in range(5):
        lots = [f"D{day}-{number}" for number in range(40)]
        events = [_event(lots[start * 5 :] + lots[: start * 5]) for start in range(CONNECTIONS)]
        told = await asyncio.gather(*(captured(wide, event) for event in events))
        assert list(itertools.chain(*told)) == ["STORED"] * CONNECTIONS
    assert set((await chains(wide)).values()) == {CONNECTIONS}


async def test_two_events_with_one_id_at_once(wide: Database) -> None:
    """One of them gets the id, the other is refused whole."""
    for number in range(5):
        events = [{**_event([f"L{number}"]), "eventID": f"urn:x:{number}"} for _ in range(CONNECTIONS)]
        told = await asyncio.gather(*(captured(wide, event) for event in events))
        assert Counter(str(each) for (each,) in told) == {
            "STORED": 1,
            "[('EVENT_ID_TAKEN', '$.epcisBody.eventList[0].eventID')]": CONNECTIONS - 1,
        }
    assert await chains(wide) == {f"L{number}": 1 for number in range(5)}


@settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.lists(st.sampled_from("VWXYZ"), min_size=1, max_size=5), min_size=2, max_size=10),
    st.lists(st.randoms(use_true_random=False), min_size=2, max_size=CONNECTIONS),
)
async def test_any_events_from_any_senders(wide: Database, lots: list[list[str]], senders: list[Any]) -> None:
    """Each sender sends the same events in an order of its own; each is stored once, and all chains hold."""
    events = [_event(each) for each in lots]
    before = await chains(wide)
    orders = [sender.sample(events, len(events)) for sender in senders]
    told = await asyncio.gather(*(captured(wide, *order) for order in orders))
    assert Counter(itertools.chain(*told)) == {
        "STORED": len(events),
        "ALREADY_STORED": len(events) * (len(senders) - 1),
    }
    added = Counter(itertools.chain(*map(set, lots)))
    assert await chains(wide) == dict(Counter(before) + added)


@pytest.mark.parametrize("stored", [0, 1, 7, 20])
async def test_a_cancelled_import_leaves_whole_events(database: Database, stored: int) -> None:
    """However far it came, what is there is linked and sealed, and a second import completes it."""
    events = [_event(["A", "B"]) for _ in range(60)]
    importing = asyncio.create_task(captured(database, *events))
    while (await fetched(database, "SELECT count(*) FROM trace_event"))[0][0] < stored:
        assert not importing.done()
    importing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await importing
    (kept,) = (await fetched(database, "SELECT count(*) FROM trace_event"))[0]
    assert stored <= kept < len(events)
    assert set((await chains(database)).values()) <= {kept}
    assert await captured(database, *events) == ["ALREADY_STORED"] * kept + ["STORED"] * (len(events) - kept)
    assert await chains(database) == {"A": 60, "B": 60}


async def test_a_lost_connection_leaves_whole_events(database: Database, app_url: str) -> None:
    """When the server ends the connection in the midst of an import, nothing is half stored."""
    events = [_event(["A", "B"]) for _ in range(60)]
    importing = asyncio.create_task(captured(database, *events))
    other = await asyncpg.connect(app_url)
    try:
        while await other.fetchval("SELECT count(*) FROM trace_event") < 5:
            assert not importing.done()
        await other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with suppress(Exception):  # none when the connection is lost between two events: then a new one is taken
            await importing
    finally:
        await other.close()
    lengths = await chains(database)
    assert lengths["A"] == lengths["B"] == (await fetched(database, "SELECT count(*) FROM trace_event"))[0][0]
    again = await captured(database, *events)
    assert set(again) <= {"STORED", "ALREADY_STORED"}
    assert await chains(database) == {"A": 60, "B": 60}


async def test_who_quotes_a_lot_does_not_hold_up_a_capture(database: Database, app_url: str) -> None:
    """A sale or a review that points at a lot locks it by foreign key; events go on being captured."""
    assert await captured(database, _event(["A"])) == ["STORED"]
    other = await asyncpg.connect(app_url)
    try:
        async with other.transaction():
            await other.execute("SELECT 1 FROM lot FOR KEY SHARE")
            async with asyncio.timeout(20):
                assert await captured(database, _event(["A"])) == ["STORED"]
    finally:
        await other.close()
