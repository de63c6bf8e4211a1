"""Invented customers: only the name they chose to be seen by, marked as demo; the sample one can pay."""

from datetime import datetime, timedelta
from random import Random

from app.accounts.places import OPENID
from app.demo.content.people import BEINGS, CALLED, MOODS, SURNAMES
from app.demo.tables import Book
from app.kit import db
from app.kit.vault import Vault
from app.tables import Database

PER_ROUND = 2000
SAMPLE_CUSTOMER = 1
SAMPLE_OPENID = "o-demo-sample-customer"

_UNKNOWN = "SELECT 1 FROM customer WHERE id = $1 AND status = 'ACTIVE' AND openid_index IS NULL FOR NO KEY UPDATE"
_KNOWN = "UPDATE customer SET openid_sealed = $2, openid_index = $3 WHERE id = $1"


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


async def introduce(url: str, vault: Vault) -> None:
    """WeChat knows the customer whose token `yougou demo` prints, so that she can pay; harmless to repeat.

    One who closed her account stays unknown.
    """
    database = await Database.open(url, size=1)
    try:
        async with database.session(), db.transaction() as tx:
            if not await tx.fetch(_UNKNOWN, SAMPLE_CUSTOMER):
                return
            sealed = await vault.seal(tx, f"customer:{SAMPLE_CUSTOMER}", OPENID, SAMPLE_OPENID)
            await tx.execute(_KNOWN, SAMPLE_CUSTOMER, sealed, vault.index(OPENID, SAMPLE_OPENID))
    finally:
        await database.close()
