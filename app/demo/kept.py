"""What the first customers keep: favourites, what they looked at lately, and a phone they are signed in on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.demo.products import Product
from app.demo.tables import Book

PHONES = ("小米 15", "华为 Mate 70", "iPhone 17", "OPPO Reno 14", "荣耀 400")
KEEPERS = 20
"""How many customers keep something; the demo's own customer is the first of them."""


def enter(products: Sequence[Product], customers: Sequence[int], now: datetime, book: Book, rng: Random) -> None:
    """Enters 3 to 8 favourites, 5 to 15 looks and a device of each of the first KEEPERS customers, before `now`."""
    for customer in customers[:KEEPERS]:
        signed_in = now - timedelta(days=rng.randint(1, 20))
        book.add("consent", customer, "PERSONALIZATION", "2026-01", True, "miniprogram", now - timedelta(days=100))
        book.add("sign_in", customer, rng.choice(PHONES), signed_in, signed_in, signed_in + timedelta(days=180))
        for age, product in enumerate(rng.sample(products, rng.randint(3, 8))):
            book.add("favourite", customer, product.good.id, now - timedelta(days=2 * age, hours=1))
        for age, product in enumerate(rng.sample(products, rng.randint(5, 15))):
            book.add("product_view", customer, product.good.id, now - timedelta(hours=7 * age, minutes=20))
