"""What a customer watches: her own orders, all at once and then those that change."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import pytest

from app.embedded import redis
from app.kit import db, fanout
from app.kit.db import Announcement
from app.kit.fanout import Fanout
from app.orders import coalesced, own_live, queries
from app.orders.live import customer_topic, order_changed
from app.orders.models import Order
from app.orders.own_live import OrderNews
from app.tables import Database
from tests.orders.market import Market

PATIENCE = 30  # seconds: a bound against hanging, never a measurement


@pytest.fixture
async def here(own_redis: redis.Running) -> AsyncIterator[Fanout]:
    """The process that watches."""
    async with Fanout(own_redis.url).running() as opened:
        yield opened


@pytest.fixture
async def link(own_redis: redis.Running) -> AsyncIterator[Fanout]:
    """Another process that announces."""
    async with Fanout(own_redis.url).running() as opened:
        yield opened


@pytest.fixture
async def elsewhere(app_url: str, link: Fanout) -> AsyncIterator[Database]:
    """The test's database; what is announced in it leaves by `link`."""
    opened = await Database.open(app_url, size=1, publish=link.publish)
    yield opened
    await opened.close()


async def following(news: AsyncGenerator[OrderNews, None]) -> OrderNews:
    """The next piece of news."""
    async with asyncio.timeout(PATIENCE):
        return await anext(news)


async def change(database: Database, *orders: Order) -> None:
    """Another process writes to orders, in one transaction."""
    async with database.session(), db.transaction() as tx:
        for order in orders:
            order_changed(tx, order)


async def test_her_own_orders_and_nobody_elses(market: Market, elsewhere: Database, here: Fanout) -> None:
    """All at first; then those one commit named, together; another customer's are no news."""
    sku = await market.sells(9)
    one, other = await market.customer(), await market.customer()
    first, second = await market.buys(one, {sku: 1}), await market.buys(one, {sku: 2})
    foreign = await market.buys(other, {sku: 1})
    async with aclosing(own_live.news(here, one)) as news:
        assert await following(news) == OrderNews(one)
        await change(elsewhere, foreign, second, first, second)
        assert await following(news) == OrderNews(one, (first.id, second.id))
    assert not here._readers


async def test_all_is_told_again_when_something_was_lost(
    market: Market, elsewhere: Database, here: Fanout, link: Fanout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is noticed at once, and in any case after a while."""
    customer = await market.customer()
    async with aclosing(own_live.news(here, customer)) as news:
        await following(news)
        link.publish([Announcement(customer_topic(customer), b'{"order": 1}'), Announcement(fanout.EVERYBODY, b"null")])
        assert await following(news) == OrderNews(customer)
        monkeypatch.setattr(coalesced, "AGAIN", 0.05)
        assert await following(news) == OrderNews(customer)


async def test_what_is_over_is_left_out_of_the_whole(market: Market) -> None:
    """Newest first, and hers alone."""
    sku, customer = await market.sells(9), await market.customer()
    over = await market.cancels(await market.buys(customer, {sku: 1}))
    kept = await market.buys(customer, {sku: 2})
    await market.buys(await market.customer(), {sku: 1})
    async with market.database.session():
        assert [order.id for order in await queries.live(customer)] == [kept.id]
        assert [order.id for order in await queries.own([over.id, kept.id + 1], customer_id=customer)] == [over.id]
