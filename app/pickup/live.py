"""What changes of a point's slots while somebody watches."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from app.kit import clock
from app.kit.db import RequestConnection
from app.kit.fanout import Fanout, announce
from app.kit.fanout_reader import Reader
from app.pickup import queries

TOGETHER = 0.2  # seconds: changes within are told in one piece of news
AGAIN = 300.0  # seconds after which all is told again, whether something is known to have changed or not

Session = Callable[[], AbstractAsyncContextManager[RequestConnection]]


@dataclass(frozen=True, slots=True)
class SlotNews:
    """The slots of a point to look at again. `slot_ids`: None for all that are open, and no others."""

    point_id: int
    slot_ids: tuple[int, ...] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether what was known before is to be forgotten."""
        return self.slot_ids is None


def topic(point_id: int) -> str:
    """Where changes of a point's slots are announced."""
    return f"pickup.slots:{point_id}"


def slots_changed(tx: RequestConnection, slots: Iterable[tuple[int, int]]) -> None:
    """Tells whoever watches that slots, as (point id, slot id), are new or have another capacity or number reserved.

    Whoever writes to pickup_slot calls it in the same transaction.

    Raises:
        NoTransactionError: outside a transaction.
    """
    by_point: dict[int, list[int]] = {}
    for point_id, slot_id in slots:
        by_point.setdefault(point_id, []).append(slot_id)
    for point_id, slot_ids in by_point.items():
        announce(tx, topic(point_id), {"slots": slot_ids})


async def news(fanout: Fanout, session: Session, point_id: int) -> AsyncGenerator[SlotNews, None]:
    """All slots of a point at once, then those that change: by a write or because a cut-off passes.

    A message between processes may be lost. Where that is noticed all slots are told again, and in any case after
    five minutes. One statement per piece of news, on a connection that is given back before it.

    Raises:
        ReaderTooSlow: whoever takes the news is too far behind.
    """
    async with fanout.subscribe(topic(point_id)) as reader:
        seen = clock.now()
        yield SlotNews(point_id)
        while True:
            now = clock.now()
            async with session():
                closed, next_cutoff = await queries.cutoffs(point_id, seen, now)
            seen = now
            changed: set[int] | None = closed
            if not closed:
                left = AGAIN if next_cutoff is None else min(AGAIN, (next_cutoff - now).total_seconds())
                changed = await _changes(reader, left)
                if changed is None or (not changed and left == AGAIN):
                    yield SlotNews(point_id)
            if changed:
                yield SlotNews(point_id, tuple(sorted(changed)))


async def _changes(reader: Reader, seconds: float) -> set[int] | None:
    """The slots named within `seconds`, and shortly after the first of them; None: any may have changed."""
    changed: set[int] = set()
    try:
        async with asyncio.timeout(seconds) as patience:
            async for message in reader:
                if message is None:
                    return None
                if not changed:
                    patience.reschedule(asyncio.get_running_loop().time() + TOGETHER)
                changed.update(message["slots"])
    except TimeoutError:
        pass
    return changed
