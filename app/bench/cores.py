"""Which core the server under test has for itself, and which ones everything else shares."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cores:
    """`server`: the one core of the server under test. `others`: of the load generator and the databases."""

    server: frozenset[int]
    others: frozenset[int]

    @property
    def are_apart(self) -> bool:
        """Whether the server has a core that nothing else of the bench uses."""
        return not self.server & self.others


def available() -> Cores:
    """The cores this process may use, divided; on a machine with one core both sides share it."""
    cores = sorted(os.sched_getaffinity(0))
    server = frozenset(cores[:1])
    return Cores(server, frozenset(cores[1:]) or server)


@contextmanager
def on(cores: frozenset[int]) -> Iterator[None]:
    """Runs the block on these cores; processes started inside stay on them for their whole life."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
