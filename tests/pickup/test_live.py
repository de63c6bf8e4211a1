"""News of a point's slots: all of them, then what changes, whoever changes it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import timedelta

import asyncpg
import pytest

from app.embedded import redis
from app.kit import clock, db, fanout
from app.kit.db import Announcement, NoTransactionError
from app.kit.fanout import Fanout
from app.kit.fanout_reader import WAITING, ReaderTooSlow
from app.pickup import live, service
from app.pickup.live import SlotNews, slots_changed, topic
from app.tables import Database

PATIENCE = 30  # seconds: a bound against hanging, never a measurement
SLOT = """
INSERT INTO pickup_slot (pickup_point_id, starts_at, ends_at, cutoff_at, capacity, reserved)
VALUES ($1, $2, $2::timestamptz + interval '2 hours', $3, 10, 0) RETURNING id
"""


@pytest.fixture
async def link(own_redis: redis.Running) -> AsyncIterator[Fanout]:
    """Another process that announces."""
    async with Fanout(own_redis.url).running() as opened:
        yield opened


@pytest.fixture
async def here(own_redis: redis.Running) -> AsyncIterator[Fanout]:
    """The process that watches."""
    async with Fanout(own_redis.url).running() as opened:
        yield opened


@pytest.fixture
async def announcing(app_url: str, link: Fanout) -> AsyncIterator[Database]:
    """The test's database; what is announced in it leaves by `link`. One connection is all there is."""
    opened = await Database.open(app_url, size=1, publish=link.publish)
    yield opened
    await opened.close()


async def following(news: AsyncGenerator[SlotNews, None]) -> SlotNews:
    """The next piece of news."""
    async with asyncio.timeout(PATIENCE):
        return await anext(news)


async def test_a_write_is_news_of_its_slots(owner: asyncpg.Connection, announcing: Database, here: Fanout) -> None:
    """All at first; then those a committed transaction named, of this point only, and nothing before its commit."""
    async with aclosing(live.news(here, announcing.session, 1)) as news:
        assert await following(news) == SlotNews(1)
        later = asyncio.create_task(following(news))
        async with announcing.session(), db.transaction() as tx:
            slots_changed(tx, [(1, 8), (2, 5), (1, 7)])
            await tx.fetch("SELECT 1")
            assert not later.done()
        assert await later == SlotNews(1, (7, 8))
    assert not here._readers


async def test_made_slots_are_news(owner: asyncpg.Connection, announcing: Database, here: Fanout) -> None:
    """The daily job tells each point of its own; the second time there is nothing to tell."""
    async with aclosing(live.news(here, announcing.session, 1)) as news:
        await following(news)
        async with announcing.session() as session:
            await service.make_slots(clock.today() + timedelta(days=1), 2)
            assert session.announced == []
        made = await owner.fetch("SELECT id FROM pickup_slot WHERE pickup_point_id = 1 ORDER BY id")
        assert await following(news) == SlotNews(1, tuple(row["id"] for row in made))
        async with announcing.session(), db.transaction() as tx:
            slots_changed(tx, [])
            assert tx.announced == []


async def test_a_burst_is_one_piece_of_news(owner: asyncpg.Connection, announcing: Database, here: Fanout) -> None:
    """Reservations one after another are told together."""
    async with aclosing(live.news(here, announcing.session, 1)) as news:
        await following(news)
        async with announcing.session(), db.transaction() as tx:
            for slot in range(100):
                slots_changed(tx, [(1, slot)])
        assert await following(news) == SlotNews(1, tuple(range(100)))


async def test_a_cut_off_that_passes_is_news(owner: asyncpg.Connection, announcing: Database, here: Fanout) -> None:
    """By time alone: nobody writes anything. A slot whose cut-off is later is not named."""
    now = clock.now()
    cutoff = now + timedelta(seconds=0.5)
    soon = await owner.fetchval(SLOT, 1, now + timedelta(hours=1), cutoff)
    await owner.fetchval(SLOT, 1, now + timedelta(hours=8), now + timedelta(hours=7))
    async with aclosing(live.news(here, announcing.session, 1)) as news:
        assert await following(news) == SlotNews(1)
        assert await following(news) == SlotNews(1, (soon,))
        assert clock.now() >= cutoff


async def test_everything_is_told_again_from_time_to_time(
    owner: asyncpg.Connection, announcing: Database, here: Fanout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a message that was lost unnoticed heals."""
    monkeypatch.setattr(live, "AGAIN", 0.05)
    async with aclosing(live.news(here, announcing.session, 1)) as news:
        assert [await following(news) for _ in range(3)] == [SlotNews(1)] * 3


async def test_everything_is_told_again_when_something_was_lost(
    owner: asyncpg.Connection, announcing: Database, here: Fanout, link: Fanout
) -> None:
    """Also in the midst of a burst."""
    async with aclosing(live.news(here, announcing.session, 1)) as news:
        await following(news)
        link.publish([Announcement(topic(1), b'{"slots": [1]}'), Announcement(fanout.EVERYBODY, b"null")])
        assert await following(news) == SlotNews(1)


async def test_no_connection_is_held_between_news(
    owner: asyncpg.Connection, announcing: Database, here: Fanout
) -> None:
    """Many watch on a pool of one, and others use it meanwhile."""
    watching = [live.news(here, announcing.session, 1) for _ in range(20)]
    assert [await following(news) for news in watching] == [SlotNews(1)] * 20
    later = [asyncio.create_task(following(news)) for news in watching]
    async with asyncio.timeout(PATIENCE), announcing.session(), db.transaction() as tx:
        slots_changed(tx, [(1, 3)])
    assert await asyncio.gather(*later) == [SlotNews(1, (3,))] * 20
    assert announcing.pool.get_idle_size() == announcing.pool.get_size() == 1
    for news in watching:
        await news.aclose()
    assert not here._readers


async def test_who_takes_no_news_is_cut_off(
    owner: asyncpg.Connection, announcing: Database, here: Fanout, link: Fanout
) -> None:
    """As many messages wait for it as may wait for any reader, and then none."""
    async with aclosing(live.news(here, announcing.session, 1)) as news:
        await following(news)
        (reader,) = here._readers[topic(1)]
        longest = 0
        link.publish([Announcement(topic(1), b'{"slots": [1]}')] * (2 * WAITING))
        async with asyncio.timeout(PATIENCE):
            while not reader._is_cut_off:
                longest = max(longest, len(reader))
                await asyncio.sleep(0)
        assert (longest <= WAITING, len(reader)) == (True, 0)
        with pytest.raises(ReaderTooSlow):
            await following(news)


async def test_telling_needs_a_transaction(announcing: Database) -> None:
    """Nothing is told that may not be so."""
    async with announcing.session() as session:
        with pytest.raises(NoTransactionError):
            slots_changed(session, [(1, 1)])
        assert session.announced == []
