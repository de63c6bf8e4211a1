"""What changes of a customer's orders while she watches."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from app.kit.fanout import Fanout
from app.orders.coalesced import changes
from app.orders.live import customer_topic


@dataclass(frozen=True, slots=True)
class OrderNews:
    """Orders of a customer to look at again. `order_ids`: None for all that are not over, and no others."""

    customer_id: int
    order_ids: tuple[int, ...] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether what was known before is to be forgotten."""
        return self.order_ids is None


async def news(fanout: Fanout, customer_id: int) -> AsyncGenerator[OrderNews, None]:
    """All orders of a customer that are not over at once, then those that change; all again every few minutes.

    A message between processes may be lost: where that is noticed all are told again.

    Raises:
        ReaderTooSlow: whoever takes the news is too far behind.
    """
    async with fanout.subscribe(customer_topic(customer_id)) as reader:
        changed: tuple[int, ...] | None = None
        while True:
            yield OrderNews(customer_id, changed)
            changed = await changes(reader)
