"""How often a failed job is tried again, and when."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

_RANDOM = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Retry:
    """Exponential back-off with jitter: bounded, so that a job that cannot succeed comes to rest."""

    attempts: int = 8
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(hours=1)

    def delay(self, failures: int) -> timedelta:
        """How long to wait after the `failures`-th failure: between half and all of `first` doubled each time.

        The jitter keeps jobs that failed together from coming back together.
        """
        doubled: timedelta = self.first * 2 ** min(failures - 1, 30)  # 2^30 seconds are longer than any job waits
        return min(doubled, self.longest) * _RANDOM.uniform(0.5, 1)


USUAL = Retry()
