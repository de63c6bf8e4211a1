"""Rules of defect claims, without I/O: until when, of how much, and what of it goes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.claims.errors import BadClaim
from app.orders.rules import share_of_next

CLAIMED_WITHIN = timedelta(hours=48)
"""After the hand-over, to the moment: what the shop promises for fresh goods."""
DECIDED_WITHIN = timedelta(hours=24)
"""The promised time; after it a claim is paid by itself up to PAID_BY_ITSELF_FEN, and else told to staff."""
PAID_BY_ITSELF_FEN = 2_000
"""So much, 20 yuan, is given without anybody having looked: that costs less than making the customer wait."""
PAID_BY_ITSELF_WITHIN, MOST_BY_ITSELF_FEN = timedelta(days=30), 5_000
"""And no more than 50 yuan to one customer for claims due within 30 days: else claims that nobody reads would pay."""
MOST_PHOTOS, MOST_TEXT, MOST_REASON = 6, 500, 300


@dataclass(frozen=True, slots=True)
class Claimable:
    """A line as it was handed over. `paid_fen`: what was kept of its price for short picks, weight and substitutes."""

    handed_units: int
    settled_units: int  # claimed and accepted before
    paid_fen: int
    left_fen: int  # of all that was paid, and has not been granted back

    @property
    def claimable_units(self) -> int:
        """How many units can still be claimed."""
        return self.handed_units - self.settled_units


def claimable_until(collected_at: datetime) -> datetime:
    """The last moment for a claim."""
    return collected_at + CLAIMED_WITHIN


def check_extent(quantity: int | None, share_percent: int | None) -> None:
    """Lets through units or a share, one of them.

    Raises:
        BadClaim: both, none, or out of range.
    """
    if (quantity is None) == (share_percent is None):
        raise BadClaim("give quantity or sharePercent, one of them")
    if quantity is not None and quantity < 1:
        raise BadClaim("quantity is at least 1")
    if share_percent is not None:
        check_percent(share_percent, "sharePercent", least=1)


def check_percent(percent: int, name: str, *, least: int) -> None:
    """Lets `least` to 100 through; `name` is the field's.

    Raises:
        BadClaim: another number.
    """
    if not least <= percent <= 100:  # noqa: PLR2004 - all of it
        raise BadClaim(f"{name} is {least} to 100")


def asked_fen(line: Claimable, quantity: int | None, share_percent: int | None) -> int:
    """What units or a share of a line are worth; never more than is left of it.

    Units are counted on from those settled before, so that all of them together are exactly what was paid.
    """
    if quantity is not None:
        return min(share_of_next(line.paid_fen, line.handed_units, line.settled_units, quantity), line.left_fen)
    return min(share(line.paid_fen, share_percent or 0), line.left_fen)


def share(fen: int, percent: int) -> int:
    """So many percent, to the nearest fen."""
    return (2 * fen * percent + 100) // 200
