"""Bounded waiting for something another process does."""

import time
from collections.abc import Callable

_STEP_SECONDS = 0.02


def until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Poll `condition` until it holds or `seconds` have passed; answers whether it held."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(_STEP_SECONDS)
    return True
