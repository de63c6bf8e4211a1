"""What changes of the orders at a point while its clerks watch."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Forbidden
from app.kit.fanout import Fanout
from app.orders.coalesced import changes
from app.orders.live import point_topic
from app.pickup.staff import serves

Session = Callable[[], AbstractAsyncContextManager[RequestConnection]]


@dataclass(frozen=True, slots=True)
class BoardNews:
    """The orders of a point to look at again. `order_ids`: None for all of today, and no others."""

    point_id: int
    order_ids: tuple[int, ...] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether what was known before is to be forgotten."""
        return self.order_ids is None


async def news(fanout: Fanout, session: Session, caller: Caller, point_id: int) -> AsyncGenerator[BoardNews, None]:
    """All orders of a point at once, then those that change; all of them again every few minutes.

    Whether the caller serves the point is asked before each piece of news.

    Raises:
        Forbidden: she does not, or not any more.
        ReaderTooSlow: whoever takes the news is too far behind.
    """
    async with fanout.subscribe(point_topic(point_id)) as reader:
        changed: tuple[int, ...] | None = None
        while True:
            async with session():
                if not await serves(caller, [point_id]):
                    raise Forbidden("You do not serve this pickup point.")
            yield BoardNews(point_id, changed)
            changed = await changes(reader)
