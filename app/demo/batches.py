"""Which lots a product has: three live waves spread over the stores, and now and then one that has expired."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from app.demo import gs1
from app.demo.goods import Batch, Good, Lot
from app.demo.sample import FLAGSHIPS
from app.demo.tables import Ids

_WAVES = ((0, 1, 2), (3, 4), (5, 0))
"""The stores that get the freshest, the middle and the oldest wave: the first store has two lots of everything."""

_EXPIRED_SHARE = 0.22
_LONGEST_EXPIRED = 60
_SPREAD = ((60, (2, 16, 30)), (20, (0, 5, 10)), (4, (0, 2, 4)), (2, (0, 1, 2)), (1, (0, 1, 1)))
"""Days between the waves, by how many days a lot may wait and still be handed out tomorrow."""


def live_batches(good: Good, today: date, ids: Ids, rng: Random) -> list[Batch]:
    """Three batches that are in the stores today and keep their promised days, where possible tomorrow too."""
    room = good.life - good.min_left - 2 - good.maker.transit
    offsets = next((days for least, days in _SPREAD if room >= least), (0, 0, 0))
    return [
        make_batch(good, packed_before(good, today, offset), stores, ids, rng)
        for offset, stores in zip(offsets, _WAVES, strict=True)
    ]


def expired_batch(good: Good, today: date, ids: Ids, rng: Random) -> Batch | None:
    """A batch that expired some days ago, for some of the products that keep for weeks at most."""
    if good.life > _LONGEST_EXPIRED or rng.random() > _EXPIRED_SHARE:
        return None
    packed = today - timedelta(days=good.life + rng.choice((2, 4, 6)))
    return make_batch(good, packed, rng.choice(((0, 1), (2, 3), (4, 5))), ids, rng)


def packed_before(good: Good, today: date, offset: int) -> date:
    """The packing day of goods that reached the stores `offset` days before yesterday."""
    return today - timedelta(days=1 + good.maker.transit + offset)


def make_batch(good: Good, packed: date, stores: Sequence[int], ids: Ids, rng: Random) -> Batch:
    """A batch for these stores: one lot per article, with more units of small and of wanted packs."""
    expires = packed + timedelta(days=good.life)
    lag = good.profile.lag
    wanted = 3 if good.slug in FLAGSHIPS else 1
    lots = []
    for position, article in enumerate(good.articles):
        lot_id = ids.take("lot")
        code = gs1.lot_code(lot_id)
        units = {store: wanted * rng.randint(12, 60) // (position + 1) + 4 for store in stores}
        lots.append(Lot(lot_id, article, code, gs1.lot_uri(article.gtin, code), units))
    return Batch(
        good=good,
        harvested_on=None if lag is None else packed - timedelta(days=lag),
        packed_on=packed,
        best_before_on=expires - timedelta(days=good.life // 8),
        expires_on=expires,
        stores=tuple(stores),
        lots=tuple(lots),
    )
