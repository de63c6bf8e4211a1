"""Reviews of the demo, all marked as such: drawn first, so that the products' sums can be written with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import orjson

from app.demo.content import phrases
from app.demo.content.stores import STORES
from app.demo.goods import Batch, Good, Lot
from app.demo.pictures import keys
from app.demo.products import Product
from app.demo.tables import Book
from app.demo.words import review_body
from app.kit.clock import business_day

PER_ROUND = 12_000
_OLDEST_DAYS = 180
_STARS = (1, 2, 3, 4, 5)
_TASTES = ((1, 2, 5, 24, 68), (2, 3, 9, 32, 54), (5, 7, 16, 34, 38), (1, 1, 3, 15, 80))
_REJECTED, _PENDING = 0.008, 0.02
_PHOTOS, _HELPFUL, _THANKED, _ANSWERED = 0.13, 0.09, 0.07, 0.6
_GOOD = 4


@dataclass(frozen=True, slots=True)
class Bought:
    """What a review is about: the lot is None where no lot of that time is kept any more."""

    sku_id: int
    lot: Lot | None
    store: int
    days_since_packed: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A review before it is worded."""

    product: Product
    rating: int
    created_at: datetime
    moderation: str


def draw(products: Sequence[Product], now: datetime, rng: Random) -> list[Drawn]:
    """The reviews of a round, oldest first: more of popular products, skewed to five stars as real ones are."""
    tastes = {product.good.id: rng.choices(_TASTES, (5, 3, 1, 3))[0] for product in products}
    chosen = rng.choices(products, [product.popularity for product in products], k=PER_ROUND)
    found = []
    for product in chosen:
        known = min((now - product.good.published_at).total_seconds() / 86_400, _OLDEST_DAYS)
        created = now - timedelta(minutes=5 + int(known * 1440 * 0.98 * rng.random() ** 1.5))
        rating = rng.choices(_STARS, tastes[product.good.id])[0]
        chance = rng.random()
        moderation = "REJECTED" if chance < _REJECTED else "PENDING" if chance < _PENDING else "APPROVED"
        found.append(Drawn(product, rating, created, moderation))
    found.sort(key=lambda drawn: drawn.created_at)
    return found


def star_counts(drawn: Sequence[Drawn]) -> dict[int, list[int]]:
    """How many approved reviews of 1 to 5 stars each product has, by product id."""
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for review in drawn:
        if review.moderation == "APPROVED":
            counts[review.product.good.id][review.rating - 1] += 1
    return counts


def enter(
    drawn: Sequence[Drawn], batches: Mapping[int, Sequence[Batch]], customers: Sequence[int], book: Book, rng: Random
) -> None:
    """Enters drawn reviews and the votes on them; `batches` are the products' lots by product id."""
    for review in drawn:
        review_id = book.ids.take("review")
        bought = _bought(review.product.good, batches.get(review.product.good.id, ()), review.created_at, rng)
        is_voted = rng.random() < _HELPFUL and review.moderation == "APPROVED"
        voters = rng.sample(customers, rng.randint(1, 6)) if is_voted else []
        for voter in voters:
            book.add("review_vote", review_id, voter, review.created_at)
        reason, body = _body(review, bought, rng)
        reply = _reply(review, rng)
        book.enter(
            "review",
            review_id,
            review.product.good.id,
            rng.choice(customers),
            "DEMO",
            bought.sku_id,
            bought.lot.id if bought.lot else None,
            bought.store + 1,
            bought.days_since_packed,
            review.rating,
            body,
            _photos(review.product.concept, rng),
            review.moderation,
            reason,
            len(voters),
            reply,
            review.created_at + timedelta(minutes=4) if reply else None,
            review.created_at,
        )


def _body(review: Drawn, bought: Bought, rng: Random) -> tuple[str | None, str]:
    """Why it was rejected, if it was, and the text."""
    if review.moderation == "REJECTED":
        return rng.choice(phrases.REJECTED)
    store = STORES[bought.store].name.partition("·")[2]
    return None, review_body(review.product.good, review.rating, store, rng)


def _bought(good: Good, batches: Sequence[Batch], moment: datetime, rng: Random) -> Bought:
    day = business_day(moment)
    position = rng.choices((0, 1, 2), (6, 3, 1))[0]
    for batch in batches:
        if batch.packed_on + timedelta(days=good.maker.transit) < day <= batch.expires_on:
            lot = batch.lots[position]
            return Bought(lot.article.id, lot, rng.choice(batch.stores), (day - batch.packed_on).days)
    waited = rng.randint(0, max(min(good.life - good.min_left - good.maker.transit, 20) - 1, 0))
    article = good.articles[position]
    return Bought(article.id, None, rng.randrange(len(STORES)), good.maker.transit + 1 + waited)


def _photos(concept: str, rng: Random) -> str:
    if rng.random() > _PHOTOS:
        return "[]"
    chosen = rng.sample(range(1, keys.SNAPSHOTS + 1), rng.randint(1, keys.SNAPSHOTS))
    width, height = keys.SNAPSHOT
    media = [
        {"kind": "IMAGE", "key": keys.snapshot(concept, number), "width": width, "height": height} for number in chosen
    ]
    return orjson.dumps(media).decode()


def _reply(review: Drawn, rng: Random) -> str | None:
    chance = rng.random()
    if review.moderation != "APPROVED":
        return None
    if review.rating >= _GOOD:
        return rng.choice(phrases.REPLIES_GOOD) if chance < _THANKED else None
    return rng.choice(phrases.REPLIES_BAD) if chance < _ANSWERED else None
