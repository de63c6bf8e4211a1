"""Pure rules of the catalogue."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


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
