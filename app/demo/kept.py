"""What the first customers keep: favourites, and what they looked at lately."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.demo.products import Product
from app.demo.tables import Book

KEEPERS = 20
"""How many customers keep something; the demo's own customer is the first of them."""


def enter(products: Sequence[Product], customers: Sequence[int], now: datetime, book: Book, rng: Random) -> None:
    """Enters 3 to 8 favourites and 5 to 15 looks for each of the first KEEPERS customers, all before `now`."""
    for customer in customers[:KEEPERS]:
        for age, product in enumerate(rng.sample(products, rng.randint(3, 8))):
            book.add("favourite", customer, product.good.id, now - timedelta(days=2 * age, hours=1))
        for age, product in enumerate(rng.sample(products, rng.randint(5, 15))):
            book.add("product_view", customer, product.good.id, now - timedelta(hours=7 * age, minutes=20))
