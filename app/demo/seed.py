"""Fills an empty database with the demo shop."""

from collections.abc import Callable
from datetime import datetime

import asyncpg

from app.demo import chain, coupons, customers, frame, kept, prices, products, reviews
from app.demo.batches import expired_batch, live_batches
from app.demo.dice import dice
from app.demo.goods import Batch, Lot
from app.demo.products import Product
from app.demo.sample import ALARM_PRODUCT
from app.demo.tables import COLUMNS, Book, Ids, Rows, advance_sequences, copy
from app.kit.clock import business_day


class ShopNotEmptyError(RuntimeError):
    """The database already has products; the demo shop is only written into an empty one."""


class ScaleError(ValueError):
    """The scale is below 1, or above the number of brands the demo can invent."""


async def seed(
    connection: asyncpg.Connection, *, scale: int, now: datetime, progress: Callable[[str, int, int], None]
) -> None:
    """Writes the demo shop in one transaction: all of it, or nothing.

    `scale` multiplies products, customers and reviews (1: 300, 2,000 and 12,000), one brand per step, each step
    generated and copied on its own so that memory stays bounded. `progress(stage, done, total)` is told after each.
    The same scale and the same `now` give the same rows. The connection is the owner's, with asyncpg's own codecs.

    Raises:
        ShopNotEmptyError: there are products already; nothing has changed.
        ScaleError: the scale is out of range.
    """
    if not 1 <= scale <= products.ROUNDS:
        raise ScaleError(f"scale is {scale}, not between 1 and {products.ROUNDS}")
    async with connection.transaction():
        await connection.execute("LOCK TABLE product IN SHARE ROW EXCLUSIVE MODE")  # of two seeds, one waits
        if await connection.fetchval("SELECT EXISTS (SELECT FROM product)"):
            raise ShopNotEmptyError("the database already has products")
        await copy(connection, frame.rows(now))
        ids = Ids()
        for number in range(scale):
            await copy(connection, round_rows(number, now, ids))
            progress("products", (number + 1) * products.PER_ROUND, scale * products.PER_ROUND)
        await advance_sequences(connection)
        await connection.execute("ANALYZE " + ", ".join(COLUMNS))
    progress("done", 1, 1)


def round_rows(number: int, now: datetime, ids: Ids) -> Rows:
    """The rows of one round: an assortment with its prices, lots, customers and reviews."""
    book = Book(ids)
    goods = products.assortment(number, now, ids)
    batches, alarm = _batches(goods, number, now, ids)
    list_prices = prices.enter(goods, now, book, dice("prices", number))
    chain.enter([batch for own in batches.values() for batch in own], now, book, dice("chain", number), alarm)
    people = customers.enter(now, book, dice("customers", number))
    drawn = reviews.draw(goods, now, dice("reviews", number))
    reviews.enter(drawn, batches, people, book, dice("words", number))
    stars = reviews.star_counts(drawn)
    rng = dice("sales", number)
    for product in goods:
        counts = stars[product.good.id]
        sales = sum(counts) * rng.randint(6, 18) + rng.randint(0, 90)
        products.enter_product(product, sales, counts, now, book)
        products.enter_search(product, book)
        products.enter_skus(product, list_prices, book)
        products.enter_media(product, book)
    if number == 0:
        coupons.enter(goods, people, now, book, dice("coupons"))
        kept.enter(goods, people, now, book, dice("kept"))
    return book.rows


def _batches(goods: list[Product], number: int, now: datetime, ids: Ids) -> tuple[dict[int, list[Batch]], Lot | None]:
    """The batches by product id, and the lot whose cold chain breaks (in round 0)."""
    rng = dice("batches", number)
    today = business_day(now)
    found: dict[int, list[Batch]] = {}
    alarm = None
    for product in goods:
        own = live_batches(product.good, today, ids, rng)
        if product.good.slug == ALARM_PRODUCT:
            alarm = own[-1].lots[0]
        gone = expired_batch(product.good, today, ids, rng)
        found[product.good.id] = own if gone is None else [*own, gone]
    return found, alarm
