"""How much sockets may take, and how many there are."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits, those of numbers per process.

    A shop's customers share addresses (offices, mobile networks), so an address may have many sockets; a caller needs
    one per device.
    """

    sockets: int = 2_000  # granian and we take 160 kB for an idle one, 210 kB for one with a subscription
    per_address: int = 500
    per_caller: int = 20
    operations: int = 20  # running at once on a socket
    message: int = 64 * 1024  # characters
    init_seconds: float = 5
    send_seconds: float = 10  # for the client to take a message
    ping_seconds: float = 25  # between our pings; one that is not answered by the next ends the socket
    idle_seconds: float = 300  # without an operation


@dataclass(slots=True)
class Count:
    """The open sockets of this process."""

    all: int = 0
    by_address: Counter[str] = field(default_factory=Counter)
    by_caller: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def of_address(self, address: str) -> Iterator[None]:
        """One more from `address`, for the length of the block."""
        self.all += 1
        with _one_more(self.by_address, address):
            try:
                yield
            finally:
                self.all -= 1

    @contextmanager
    def of_caller(self, caller: str) -> Iterator[None]:
        """One more of `caller`, for the length of the block."""
        with _one_more(self.by_caller, caller):
            yield


@contextmanager
def _one_more(counter: Counter[str], key: str) -> Iterator[None]:
    counter[key] += 1
    try:
        yield
    finally:
        counter[key] -= 1
        if not counter[key]:
            del counter[key]
