"""Prices: what each SKU was sold at lately, crossed-out prices that this allows, and offers.

The rule for a crossed-out price whose meaning is not explained: not above the lowest price that was really paid
within the 7 days before the comparison began (明码标价和禁止价格欺诈规定, article 17). So a list price is shown only
where a price held for weeks and was lowered within the last days, and then it is exactly that older price.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.demo.content.wording import COMING_OFFERS, OFFERS
from app.demo.products import Priced, Product
from app.demo.sample import FLAGSHIPS
from app.demo.tables import Ids
from app.kit.clock import days

_DROPPED, _OFFERED, _COMING, _MOVED = 0.12, 0.18, 0.23, 0.55
_QUOTAS = (None, None, 200, 500, 1000)


@dataclass(slots=True)
class Prices:
    """The rows about prices of one round."""

    list_prices: dict[int, int] = field(default_factory=dict)
    history: list[tuple[Any, ...]] = field(default_factory=list)
    offers: list[tuple[Any, ...]] = field(default_factory=list)


def price_all(products: list[Product], now: datetime, ids: Ids, rng: Random) -> Prices:
    """A history of at least 30 days per SKU; some were lowered lately, some are on offer or will be."""
    made = Prices()
    for product in products:
        flagship = product.good.slug in FLAGSHIPS
        for position, sku in enumerate(product.skus):
            fate = _DROPPED if flagship and position == 0 else rng.random()
            started = now - timedelta(days=rng.randint(31, 60), minutes=rng.randint(0, 600))
            _history(made, sku, fate, started, ids, rng, now)
    return made


def _history(made: Prices, sku: Priced, fate: float, started: datetime, ids: Ids, rng: Random, now: datetime) -> None:
    def sold_at(price: int, since: datetime, *, offer: bool = False) -> None:
        made.history.append((ids.take("price_history"), sku.article.id, price, offer, since))

    if fate < _DROPPED:
        before = _lower(int(sku.price * rng.uniform(1.1, 1.3)), 1) + 10
        sold_at(before, started)
        sold_at(sku.price, now - timedelta(days=rng.randint(1, 5), minutes=rng.randint(0, 600)))
        made.list_prices[sku.article.id] = before
        return
    if fate < _MOVED and fate >= _COMING:
        sold_at(_lower(sku.price, rng.uniform(0.9, 1.08)), started)
        sold_at(sku.price, now - timedelta(days=rng.randint(10, 28)))
        return
    sold_at(sku.price, started)
    if fate < _OFFERED:
        starts = now - timedelta(hours=rng.randint(2, 60))
        offer = _offer(ids, sku, rng.choice(OFFERS), starts, now + timedelta(hours=rng.randint(20, 150)), rng, now)
        made.offers.append(offer)
        sold_at(offer[3], starts, offer=True)
    elif fate < _COMING:
        starts = now + timedelta(hours=rng.randint(10, 90))
        ends = starts + days(rng.randint(1, 4))
        made.offers.append(_offer(ids, sku, rng.choice(COMING_OFFERS), starts, ends, rng, now))


def _offer(
    ids: Ids, sku: Priced, name: str, starts: datetime, ends: datetime, rng: Random, now: datetime
) -> tuple[Any, ...]:
    quota = rng.choice(_QUOTAS)
    sold = rng.randint(0, quota * 9 // 10 if quota else 300) if starts < now else 0
    limit = rng.choice((None, 2, 5))
    price = _lower(sku.price, rng.uniform(0.68, 0.9))
    return (ids.take("offer"), sku.article.id, name, price, starts, ends, quota, sold, limit, True, now - days(6))


def _lower(price: int, factor: float) -> int:
    return max(int(price * factor) // 10 * 10, 10)
