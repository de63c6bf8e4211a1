"""The products of one round with their SKUs and media: round 0 is the plain assortment, others are its brands'."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.catalog.search_entry import entry
from app.demo import gs1
from app.demo.content.categories import ALLERGENS, FROZEN, PROFILES, TOPS
from app.demo.content.dairy_and_soy import DAIRY, SOY
from app.demo.content.fruit import FRUIT
from app.demo.content.kitchen import BAKERY, READY
from app.demo.content.meat import MEAT, POULTRY_AND_EGGS
from app.demo.content.mushrooms import MUSHROOMS
from app.demo.content.pantry import FLOWERS, PANTRY
from app.demo.content.people import BRANDS, GRADES, LINES
from app.demo.content.seafood import SEAFOOD
from app.demo.content.searched import ALIASES
from app.demo.content.shapes import ProductFacts, Profile
from app.demo.content.specs import SPECS
from app.demo.content.vegetables import VEGETABLES
from app.demo.content.wording import ABOUT, KEEP
from app.demo.dice import dice
from app.demo.frame import category_ids, makers
from app.demo.goods import Article, Good
from app.demo.pictures import keys
from app.demo.sample import FLAGSHIPS
from app.demo.tables import Book, Ids
from app.kit.clock import days

SHELVES = (FRUIT, VEGETABLES, MUSHROOMS, MEAT, POULTRY_AND_EGGS, SEAFOOD, DAIRY, SOY, PANTRY, FLOWERS, READY, BAKERY)
ROUNDS = len(BRANDS) * len(LINES) * len(GRADES) + 1
"""How many rounds have a name of their own."""
PER_ROUND = sum(len(products) for shelf in SHELVES for products in shelf.values())

_SHORT, _WEEK, _MONTH, _QUARTER = 4, 10, 30, 90
_NEW_SHARE = 0.1
_DEAR_FEN = 10_000


@dataclass(frozen=True, slots=True)
class Priced:
    """A SKU with its price in fen, before offers."""

    article: Article
    price: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the assortment, ready to get a price history, lots and reviews.

    `concept` is the slug without its round's brand: products of one concept share their pictures.
    """

    good: Good
    concept: str
    category_id: int
    shelves: tuple[str, ...]
    subtitle: str
    skus: tuple[Priced, ...]
    weighed: bool
    allergens: tuple[str, ...]
    description: str
    popularity: float


def facts() -> Iterator[tuple[str, ProductFacts]]:
    """Every product of the content with the slug of its child category, in shelf order."""
    for shelf in SHELVES:
        for child, products in shelf.items():
            for product in products:
                yield child, product


def profile_of(child: str, spec_set: str) -> Profile:
    """How the goods of a child category are kept and judged; what is sold frozen is kept frozen."""
    profile = PROFILES[child]
    if spec_set != "frozen":
        return profile
    return profile._replace(storage=FROZEN.storage, min_c=FROZEN.min_c, max_c=FROZEN.max_c, lag=FROZEN.lag)


def naming(number: int) -> tuple[str, str]:
    """What a round puts before its products' names and slugs: nothing in round 0, then one brand each."""
    if number == 0:
        return "", ""
    rest, brand = divmod(number - 1, len(BRANDS))
    grade, line = divmod(rest, len(LINES))
    parts = (BRANDS[brand], LINES[line], GRADES[grade])
    return "".join(name for name, _ in parts), "".join(f"{slug}-" for _, slug in parts if slug)


def assortment(number: int, now: datetime, ids: Ids) -> list[Product]:
    """The products of a round, in shelf order."""
    rng = dice("products", number)
    producers = makers()
    categories = category_ids()
    shelves = shelf_names()
    before, slug_before = naming(number)
    found = []
    item = 0
    for child, (slug, name, subtitle, origin, producer, fen, life, spec_set) in facts():
        profile = profile_of(child, spec_set)
        spec = SPECS[spec_set]
        factor = 1.0 if number == 0 else rng.uniform(0.82, 1.35)
        skus = []
        for text, grams, pieces, permille in spec.specs:
            item += 1
            article = Article(ids.take("sku"), gs1.gtin14(number, item), text, grams, spec.weighed)
            skus.append(Priced(article, _nice(fen * factor * permille / 1000), pieces))
        age = rng.randint(3, 28) if rng.random() < _NEW_SHARE and slug not in FLAGSHIPS else rng.randint(200, 600)
        good = Good(
            id=ids.take("product"),
            slug=slug_before + slug,
            name=before + name,
            origin=origin,
            profile=profile,
            life=life,
            min_left=promised_days(life),
            maker=producers[producer],
            articles=tuple(sku.article for sku in skus),
            published_at=now - timedelta(days=age, minutes=rng.randint(0, 600)),
        )
        about = rng.choice(ABOUT[profile.talk])
        description = f"{good.name}，{subtitle}。来自{good.maker.name}（{origin}）。{about}{KEEP[profile.storage]}"
        allergens = ALLERGENS.get(slug, profile.allergens)
        popularity = rng.paretovariate(1.6) * (3 if slug in FLAGSHIPS else 1)
        found.append(
            Product(
                good,
                slug,
                categories[child],
                shelves[child],
                subtitle,
                tuple(skus),
                spec.weighed,
                allergens,
                description,
                popularity,
            )
        )
    return found


def shelf_names() -> dict[str, tuple[str, ...]]:
    """The names of each child category and of the one above it, by the child's slug."""
    return {slug: (name, top.name) for top in TOPS for slug, name, _ in top.children}


def promised_days(life: int) -> int:
    """How many days before expiry a product of this shelf life is still handed out."""
    if life <= _SHORT:
        return 1
    if life <= _WEEK:
        return 2
    return 5 if life <= _MONTH else 15 if life <= _QUARTER else 30


def enter_product(product: Product, sales: int, stars: list[int], now: datetime, book: Book) -> None:
    """Enters a product whose approved reviews gave `stars` (how many of 1 to 5)."""
    good, profile = product.good, product.good.profile
    book.enter(
        "product",
        good.id,
        product.category_id,
        good.slug,
        good.name,
        product.subtitle,
        product.description,
        "PUBLISHED",
        "WEIGHT" if product.weighed else "EACH",
        "STANDARD" if good.life > _QUARTER and profile.storage == "AMBIENT" else "FRESH",
        profile.storage,
        profile.min_c,
        profile.max_c,
        good.origin,
        list(product.allergens),
        good.life,
        good.min_left,
        min(sku.price for sku in product.skus),
        sales,
        sum(star * number for star, number in enumerate(stars, 1)),
        stars,
        good.published_at,
        good.published_at - days(7),
        now,
    )


def enter_search(product: Product, book: Book) -> None:
    """Enters what a product is found by."""
    name = product.good.name
    found = entry(
        name=name,
        aliases=[alias for part, others in ALIASES.items() if part in name for alias in others],
        shelves=product.shelves,
        origin=product.good.origin,
        subtitle=product.subtitle,
        description=product.description,
    )
    book.add("product_search", product.good.id, found.name, found.name_keys, found.topic_keys, found.keys)


def enter_skus(product: Product, list_prices: dict[int, int], book: Book) -> None:
    """Enters a product's SKUs; `list_prices` has the crossed-out price of those that show one."""
    for position, sku in enumerate(product.skus):
        book.enter(
            "sku",
            sku.article.id,
            product.good.id,
            f"YG{product.good.id:06d}-{position + 1}",
            sku.article.gtin,
            sku.article.spec,
            sku.price,
            list_prices.get(sku.article.id),
            sku.article.grams,
            sku.pieces,
            sku.article.weighed,
            5 if sku.price >= _DEAR_FEN else 20,
            True,
            position,
        )


def enter_media(product: Product, book: Book) -> None:
    """Three pictures of a product; a flagship has a video, a panorama and a spin as well."""
    good, concept = product.good, product.concept
    shots = (
        (f"{good.name}主图", keys.STILL),
        (f"{good.name}近景", keys.STILL),
        (f"{good.origin}产地风光", keys.ORIGIN),
    )
    found: list[tuple[Any, ...]] = [
        ("IMAGE", place, alt, keys.still(concept, place + 1), None, *size, None, 1)
        for place, (alt, size) in enumerate(shots)
    ]
    if good.slug in FLAGSHIPS:
        film = (keys.film(concept), keys.poster(concept), *keys.FILM, keys.FILM_SECONDS, 1)
        found += [
            ("VIDEO", 3, f"{good.name}从产地到货架", *film),
            ("PANORAMA", 4, f"{good.maker.name}全景", keys.panorama(concept), None, *keys.PANORAMA, None, 1),
            ("SPIN", 5, f"{good.name}环视", keys.spin(concept), None, *keys.SPIN, None, keys.FRAMES),
        ]
    for medium in found:
        book.add("media", good.id, *medium)


def _nice(fen: float) -> int:
    """A price as shops write it: ending in 9 jiao above 10 yuan, in whole jiao below."""
    if fen >= 1000:  # noqa: PLR2004 - 10 yuan
        return int(fen) // 100 * 100 + 90
    return max(int(fen) // 10 * 10, 50)
