"""What the first customers, and a visitor, have in their carts, and a gift that one of them earns."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.demo.kept import KEEPERS
from app.demo.products import Product
from app.demo.sample import FLAGSHIPS, VISITORS_CART
from app.demo.tables import Book

POINT = 1  # the store whose shelves are full


def enter(products: Sequence[Product], customers: Sequence[int], now: datetime, book: Book, rng: Random) -> None:
    """Enters a cart of 2 to 4 lines for each of the first KEEPERS customers, one of a visitor, and a gift rule.

    Lines remember the price before offers, so that some carts have a price that moved.
    """
    by_slug = {product.good.slug: product for product in products}
    peach, milk = by_slug[FLAGSHIPS[0]].skus[0].article.id, by_slug[FLAGSHIPS[9]].skus[0].article.id
    ends = now + timedelta(days=60)
    book.add("gift_rule", peach, 2, milk, 1, now - timedelta(days=1), ends, 200, 0, True, now - timedelta(days=2))
    touched = now - timedelta(hours=3)
    for customer in customers[:KEEPERS]:
        cart = book.add("cart", customer, None, None, POINT, now - timedelta(days=2), touched)
        _fill(cart, rng.sample(products, rng.randint(2, 4)), 1, touched, book)
    token_hash = hashlib.sha256(VISITORS_CART.encode()).digest()
    cart = book.add("cart", None, token_hash, bytes(32), POINT, now - timedelta(days=1), touched)
    _fill(cart, [by_slug[slug] for slug in (FLAGSHIPS[0], FLAGSHIPS[8], FLAGSHIPS[9])], 2, touched, book)


def _fill(cart: int, chosen: Sequence[Product], quantity: int, at: datetime, book: Book) -> None:
    for product in chosen:
        sku = product.skus[0]
        book.add("cart_line", cart, sku.article.id, quantity, sku.price, at)
