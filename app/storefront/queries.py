"""Reads that join the catalogue with what stands on the shelves."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from app.kit import db
from app.kit.clock import business_day
from app.kit.rows import columns_of, maker, select
from app.storefront.shelf import ANYWHERE, Shelf, ShelfLot
from app.traceability.models import Lot, Producer

_LOT_COLUMNS, _PRODUCER_COLUMNS = columns_of(Lot), columns_of(Producer)
_LEAD = 4  # columns before the lot's
_MIDDLE = _LEAD + len(_LOT_COLUMNS)  # before the producer's
# units held beyond their time are on sale already: who locks the stock lot next lets them go
_SHELF = f"""SELECT wanted.product_id, wanted.point_id, t.sku_id, t.on_hand - t.held + freed.units,
  {select(Lot, "l")}, {select(Producer, "f", "producer_")}
FROM unnest($1::bigint[], $2::bigint[]) AS wanted(product_id, point_id)
JOIN product p ON p.id = wanted.product_id
JOIN sku k ON k.product_id = p.id AND k.is_active
JOIN stock_lot t ON t.sku_id = k.id AND (wanted.point_id = {ANYWHERE} OR t.pickup_point_id = wanted.point_id)
JOIN LATERAL (SELECT coalesce(sum(h.quantity), 0)::int AS units FROM stock_hold h
  WHERE h.stock_lot_id = t.id AND h.ended_at IS NULL AND h.expires_at <= $4) freed
  ON t.on_hand - t.held + freed.units > 0
JOIN pickup_point x ON x.id = t.pickup_point_id AND x.status = 'OPEN'
JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE' AND l.expires_on >= $3::date + p.min_days_left
JOIN producer f ON f.id = l.producer_id AND f.licence_expires_on >= $3
ORDER BY wanted.product_id, wanted.point_id, l.expires_on, l.id"""


async def shelves(places: list[tuple[int, int]], now: datetime) -> dict[tuple[int, int], Shelf]:
    """What can be sold at `now` of each (product, pickup point); ANYWHERE means all points together.

    A lot counts while it keeps the product's promised days, its producer's licence holds and its pickup point
    takes orders. Each shelf's lots are in the order they are sold: first to expire first (FEFO).
    """
    records = await db.fetch(
        _SHELF, [product for product, _ in places], [point for _, point in places], business_day(now), now
    )
    make_lot, make_producer = maker(Lot, _LOT_COLUMNS), maker(Producer, _PRODUCER_COLUMNS)
    lots: dict[int, Lot] = {}
    producers: dict[int, Producer] = {}  # one makes all lots of a product, so most records repeat theirs

    def entry(record: Sequence[Any]) -> ShelfLot:
        lot_id, producer_id = record[_LEAD], record[_MIDDLE]
        if lot_id not in lots:
            lots[lot_id] = make_lot(record[_LEAD:_MIDDLE])
        if producer_id not in producers:
            producers[producer_id] = make_producer(record[_MIDDLE:])
        return ShelfLot(record[2], record[3], lots[lot_id], producers[producer_id])

    found = {place: Shelf(tuple(map(entry, own))) for place, own in groupby(records, key=itemgetter(0, 1))}
    return {place: found.get(place, Shelf(())) for place in places}
