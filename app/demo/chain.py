"""Everything that comes with lots: their rows, events, seals, papers and stock."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from app.demo import journey, papers, stock
from app.demo.goods import Batch, Lot
from app.demo.moments import at
from app.demo.tables import Book
from app.kit.clock import business_day


def enter(batches: Sequence[Batch], now: datetime, book: Book, rng: Random, alarm: Lot | None = None) -> None:
    """Enters batches that have reached their stores by `now`; the lot `alarm` is on hold, its cold chain broke."""
    today = business_day(now)
    for load in journey.loads(batches, alarm):
        journey.travel(load, book, rng)
    for batch in batches:
        created = at(batch.made_on, 300)
        for lot in batch.lots:
            names = (lot.article.gtin, lot.code, lot.article.id, batch.good.maker.id)
            dates = (batch.harvested_on, batch.packed_on, batch.best_before_on, batch.expires_on)
            book.enter("lot", lot.id, *names, "ON_HOLD" if lot is alarm else "SELLABLE", *dates, created)
            papers.report(batch, lot, book, rng)
            papers.certificate(batch, lot, book, rng)
        stock.shelve(batch, now, book, rng, expired=batch.expires_on < today)
