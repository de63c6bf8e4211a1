"""Changes of orders for whoever watches them: those shortly after one another together."""

import asyncio

from app.kit.fanout_reader import Reader

TOGETHER = 0.2  # seconds: changes within are told in one piece of news
AGAIN = 300.0  # seconds after which all is told again, whether something is known to have changed or not


async def changes(reader: Reader) -> tuple[int, ...] | None:
    """The orders named until shortly after the first of them, by id; None: any may have changed.

    Raises:
        ReaderTooSlow: whoever takes the news is too far behind.
    """
    changed: set[int] = set()
    try:
        async with asyncio.timeout(AGAIN) as patience:
            async for message in reader:
                if message is None:
                    return None
                if not changed:
                    patience.reschedule(asyncio.get_running_loop().time() + TOGETHER)
                changed.add(message["order"])
    except TimeoutError:
        pass
    return tuple(sorted(changed)) or None
