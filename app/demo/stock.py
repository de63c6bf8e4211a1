"""What stands in the stores, and the movements that made it so."""

from datetime import datetime, timedelta
from random import Random

from app.demo.goods import Batch
from app.demo.journey import stored_minute
from app.demo.moments import at
from app.demo.sample import FLAGSHIPS
from app.demo.tables import Book

CALLER = "system:demo"
_SOLD_OUT, _FEW_LEFT = 0.04, 0.12
_SHELF_CLEARED = 21 * 60  # minutes after midnight of the day of expiry


def shelve(batch: Batch, now: datetime, book: Book, rng: Random, *, expired: bool) -> None:
    """Receives a batch into its stores and sells a part: some are sold out, some nearly, what expired is gone."""
    arrived = batch.packed_on + timedelta(days=batch.good.maker.transit)
    for lot in batch.lots:
        for store, units in lot.units.items():
            received_at = at(arrived, stored_minute(batch, store))
            moved_at = received_at + (min(now, at(batch.expires_on, _SHELF_CLEARED)) - received_at) / 2
            sold = _sold(units, rng, flagship=batch.good.slug in FLAGSHIPS)
            written_off = units - sold if expired else 0
            moves: list[tuple[str, int, str, datetime]] = [("RECEIVE", units, "门店收货上架", received_at)]
            if sold:
                moves.append(("SELL", -sold, "演示数据：门店与线上售出", moved_at))
            if written_off:
                moves.append(("WRITE_OFF", -written_off, "到期下架报损", at(batch.expires_on, _SHELF_CLEARED)))
            left = units - sold - written_off
            stock_id = book.add("stock_lot", store + 1, lot.article.id, lot.id, left, 0, moves[-1][3])
            for kind, delta, reason, moment in moves:
                book.add("stock_movement", stock_id, kind, delta, 0, reason, CALLER, moment)


def _sold(units: int, rng: Random, *, flagship: bool) -> int:
    chance = rng.random()
    if not flagship and chance < _SOLD_OUT:
        return units
    if not flagship and chance < _FEW_LEFT:
        return units - rng.randint(1, 4)
    return int(units * rng.uniform(0, 0.6))
