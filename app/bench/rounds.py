"""Measures servers in turns, so that what else the machine does troubles all of them alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from math import ceil

from app.bench import cpu
from app.bench.load import drive
from app.bench.servers import Server

ROUNDS = 5
_WARM_UP = 0.5  # of a round's length: caches filled, statements prepared on each connection


@dataclass(frozen=True, slots=True)
class Target:
    """A row of the table: its server, what is asked of it, and how every right answer's body begins."""

    name: str
    server: Server
    requests: Sequence[bytes]
    expected: bytes


@dataclass(frozen=True, slots=True)
class Round:
    """One stretch of load: times in seconds; CPU of the server and of PostgreSQL per request."""

    requests: int
    seconds: float
    p50: float
    p99: float
    cpu: float
    postgres_cpu: float
    bytes: float

    @property
    def share(self) -> float:
        """Which part of its core the server used; far below 1 it waited for its core, its clients or PostgreSQL."""
        return self.cpu * self.requests / self.seconds


async def measure(
    targets: Sequence[Target],
    *,
    postgres_pid: int,
    connections: int,
    seconds: float,
    advance: Callable[[str], None],
) -> dict[str, list[Round]]:
    """ROUNDS rounds of each target by name, in turns; a target is asked for `seconds` in all, after a warm-up.

    Raises:
        WrongAnswerError: a target answered anything but what it should.
    """
    asked = {target.name: cycle(target.requests) for target in targets}
    found: dict[str, list[Round]] = {target.name: [] for target in targets}
    length = seconds / ROUNDS
    for target in targets:
        advance(f"warming up {target.name}")
        await drive(
            target.server.port,
            asked[target.name],
            target.expected,
            connections=connections,
            seconds=length * _WARM_UP,
        )
    for _ in range(ROUNDS):
        for target in targets:
            advance(target.name)
            server, postgres = cpu.seconds(target.server.pid), cpu.seconds(postgres_pid)
            load = await drive(
                target.server.port, asked[target.name], target.expected, connections=connections, seconds=length
            )
            count = len(load.latencies)
            ordered = sorted(load.latencies)
            found[target.name].append(
                Round(
                    requests=count,
                    seconds=load.seconds,
                    p50=percentile(ordered, 0.5),
                    p99=percentile(ordered, 0.99),
                    cpu=(cpu.seconds(target.server.pid) - server) / count,
                    postgres_cpu=(cpu.seconds(postgres_pid) - postgres) / count,
                    bytes=load.bytes / count,
                )
            )
    return found


def percentile(ordered: Sequence[float], share: float) -> float:
    """The least value that `share` of all values do not exceed (nearest rank)."""
    return ordered[ceil(len(ordered) * share) - 1]
