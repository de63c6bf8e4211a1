"""How long calls took: counts in buckets that any number of processes and days add up exactly.

Each bucket ends a quarter above the one before, from 0.25 ms to 11 s; the last one has no end. So a quantile read from
the counts is the true one, or above it by less than a quarter.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

BUCKETS = 50
_FIRST_END = 0.00025  # seconds
_GROWTH = 1.25
ENDS = tuple(_FIRST_END * _GROWTH**step for step in range(BUCKETS - 1))
"""The seconds at which each bucket but the last ends."""


def bucket(seconds: float) -> int:
    """The place of the bucket a call of this length is counted in."""
    return bisect_left(ENDS, seconds)


def quantile(counts: Sequence[int], share: float) -> float | None:
    """Seconds within which `share` (0 to 1) of the calls ended; None without calls.

    Of the last bucket only its beginning is known.
    """
    total = sum(counts)
    if not total:
        return None
    place = next(index for index, below in enumerate(accumulate(counts)) if below >= share * total)
    return ENDS[min(place, BUCKETS - 2)]
