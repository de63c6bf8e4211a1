"""Prices: what each SKU was sold at lately, crossed-out prices that this allows, and offers.

The rule for a crossed-out price whose meaning is not explained: not above the lowest price that was really paid
within the 7 days before the comparison began (明码标价和禁止价格欺诈规定, article 17). So a list price is shown only
where a price held for weeks and was lowered within the last days, and then it is exactly that older price.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.demo.content.wording import COMING_OFFERS, OFFERS
from app.demo.products import Priced, Product
from app.demo.sample import FLAGSHIPS
from app.demo.tables import Book
from app.kit.clock import days

_LOWERED, _OFFERED, _COMING, _MOVED = 0.12, 0.18, 0.23, 0.55
"""Shares, added up: lowered lately, on offer, with an offer to come, at another price weeks ago. Others held."""
_QUOTAS = (None, None, 200, 500, 1000)


def enter(products: Sequence[Product], now: datetime, book: Book, rng: Random) -> dict[int, int]:
    """Enters a history of at least 30 days per SKU, and offers that run or will; crossed-out prices by SKU id."""
    list_prices = {}
    for product in products:
        flagship = product.good.slug in FLAGSHIPS
        for position, sku in enumerate(product.skus):
            fate = _LOWERED if flagship and position == 0 else rng.random()  # a flagship is on offer
            started = now - timedelta(days=rng.randint(31, 60), minutes=rng.randint(0, 600))
            if fate < _LOWERED:
                list_prices[sku.article.id] = _lowered(sku, started, now, book, rng)
            elif _COMING <= fate < _MOVED:
                _sold_at(book, sku, _part(sku.price, rng.uniform(0.9, 1.08)), started)
                _sold_at(book, sku, sku.price, now - timedelta(days=rng.randint(10, 28)))
            else:
                _sold_at(book, sku, sku.price, started)
            if _LOWERED <= fate < _COMING:
                _offer(sku, now, book, rng, begun=fate < _OFFERED)
    return list_prices


def _lowered(sku: Priced, started: datetime, now: datetime, book: Book, rng: Random) -> int:
    before = _part(sku.price, rng.uniform(1.1, 1.3)) + 10
    _sold_at(book, sku, before, started)
    _sold_at(book, sku, sku.price, now - timedelta(days=rng.randint(1, 5), minutes=rng.randint(0, 600)))
    return before


def _offer(sku: Priced, now: datetime, book: Book, rng: Random, *, begun: bool) -> None:
    price = _part(sku.price, rng.uniform(0.68, 0.9))
    quota, limit = rng.choice(_QUOTAS), rng.choice((None, 2, 5))
    if begun:
        name, starts, ends = (
            rng.choice(OFFERS),
            now - timedelta(hours=rng.randint(2, 60)),
            now + days(rng.randint(1, 6)),
        )
        sold = rng.randint(0, quota * 9 // 10 if quota else 300)
        _sold_at(book, sku, price, starts, is_offer=True)
    else:
        name, starts, sold = rng.choice(COMING_OFFERS), now + timedelta(hours=rng.randint(10, 90)), 0
        ends = starts + days(rng.randint(1, 4))
    book.add("offer", sku.article.id, name, price, starts, ends, quota, sold, limit, True, now - days(6))


def _sold_at(book: Book, sku: Priced, price: int, since: datetime, *, is_offer: bool = False) -> None:
    book.add("price_history", sku.article.id, price, is_offer, since)


def _part(price: int, factor: float) -> int:
    return max(int(price * factor) // 10 * 10, 10)
