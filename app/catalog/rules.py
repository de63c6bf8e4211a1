"""Pure rules of the catalogue."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.kit.errors import BadInput
from app.kit.free_text import no_card_number

MAX_REASON = 400


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """How approved reviews rate a product: how many gave 1, 2, 3, 4 and 5 stars."""

    star_counts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many reviews."""
        return sum(self.star_counts)

    @property
    def average(self) -> Decimal | None:
        """The mean, to one decimal, half up; None without a review."""
        if not self.count:
            return None
        stars = sum(star * count for star, count in enumerate(self.star_counts, start=1))
        return (Decimal(stars) / self.count).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class StorageCondition:
    """How to keep a product: in which kind of place, between which temperatures in Celsius."""

    kind: str
    min_c: int | None
    max_c: int | None


class BadReason(BadInput):
    """A decision without a reason, or with a novel."""


def check_reason(reason: str) -> str:
    """The reason, without blanks around it.

    Raises:
        BadReason: none, more than MAX_REASON characters, or a NUL in it.
        CardNumber: it has something like one.
    """
    told = reason.strip()
    if not 0 < len(told) <= MAX_REASON or "\0" in told:
        raise BadReason(f"a reason has 1 to {MAX_REASON} characters")
    return no_card_number(told)
