"""The rows of each round: an assortment with its prices, lots, customers and reviews."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

from app.demo import carts, chain, coupons, customers, kept, prices, products, reviews
from app.demo.batches import expired_batch, live_batches
from app.demo.dice import dice
from app.demo.goods import Batch, Lot
from app.demo.products import Product
from app.demo.sample import ALARM_PRODUCT
from app.demo.tables import Book, Ids, Rows
from app.kit.clock import business_day


async def rounds(scale: int, now: datetime) -> AsyncGenerator[Rows, None]:
    """The rows of `scale` rounds in turn, ids going on from 1.

    More than one are made by a process of their own, one round ahead, while the caller writes the round before:
    each is about half of the work. To be closed (`aclosing`) when it is not read to the end.

    Raises:
        EOFError: that process ended early; it has said why on standard error.
    """
    if scale == 1:
        yield round_rows(0, now, Ids())
        return
    spawn = get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    maker = spawn.Process(target=_make, args=(sending, scale, now), daemon=True)
    maker.start()
    sending.close()
    try:
        made = asyncio.create_task(asyncio.to_thread(receiving.recv))
        for number in range(1, scale + 1):
            rows = await made
            if number < scale:
                made = asyncio.create_task(asyncio.to_thread(receiving.recv))
            yield rows
    finally:
        maker.terminate()
        await asyncio.gather(made, return_exceptions=True)
        maker.join()
        receiving.close()


def _make(sending: Connection, scale: int, now: datetime) -> None:
    """Sends round after round; the pipe is full until the one before was taken."""
    ids = Ids()
    for number in range(scale):
        sending.send(dict(round_rows(number, now, ids)))


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
        carts.enter(goods, people, now, book, dice("carts"))
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
