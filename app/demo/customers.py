"""Invented customers: only the name they chose to be seen by, marked as demo."""

from datetime import datetime, timedelta
from random import Random

from app.demo.content.people import BEINGS, CALLED, MOODS, SURNAMES
from app.demo.tables import Book

PER_ROUND = 2000


def enter(now: datetime, book: Book, rng: Random) -> list[int]:
    """Enters the customers of a round, who joined 190 to 500 days ago; their ids."""
    found = []
    for _ in range(PER_ROUND):
        joined = now - timedelta(days=rng.randint(190, 500), minutes=rng.randint(0, 1440))
        found.append(book.add("customer", display_name(rng), "ACTIVE", True, joined))
    return found


def display_name(rng: Random) -> str:
    """A name as people choose them in a mini-program."""
    kind = rng.random()
    if kind < 0.25:  # noqa: PLR2004 - shares of the three kinds
        return rng.choice(SURNAMES) + rng.choice(CALLED)
    if kind < 0.8:  # noqa: PLR2004
        return rng.choice(MOODS) + rng.choice(BEINGS)
    return f"{rng.choice(BEINGS)}{rng.randint(1, 999)}"
