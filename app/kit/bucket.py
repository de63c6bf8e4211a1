"""A bucket of points that fills at a steady rate: who spends slower never waits, a burst may empty it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """How much a bucket holds, and how many points come back each second."""

    capacity: int
    rate: int


class Bucket:
    """One bucket, full at first. Moments are seconds of any clock that does not go back."""

    __slots__ = ("_at", "_plan", "_points")

    def __init__(self, plan: Plan, now: float) -> None:
        self._plan = plan
        self._points = float(plan.capacity)
        self._at = now

    def points(self, now: float) -> float:
        """How many points there are."""
        return min(self._plan.capacity, self._points + max(0.0, now - self._at) * self._plan.rate)

    def wait(self, points: int, now: float) -> float:
        """Seconds until there are `points`; 0 if there are. More than the bucket holds never come: as if all."""
        lacking = min(points, self._plan.capacity) - self.points(now)
        return max(0.0, lacking / self._plan.rate)

    def spend(self, points: int, now: float) -> None:
        """Takes `points` out; what is not there is not taken."""
        self.set(max(0.0, self.points(now) - points), now)

    def set(self, points: float, now: float) -> None:
        """Says how many points there are."""
        self._points, self._at = points, max(now, self._at)
