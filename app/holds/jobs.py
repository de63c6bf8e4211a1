"""Jobs of holds."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from app.kit import db
from app.kit.db import RequestConnection

BATCH = 200

Sweep = Callable[[RequestConnection, int], Awaitable[int]]


async def sweep(kinds: Sequence[Sweep], _: dict[str, Any]) -> None:
    """Lets go what is held beyond its time, one kind of thing after another; every few seconds, harmless to repeat.

    Nobody waits for it: whoever locks a thing lets go first what is over there. `kinds` are what each domain lets go,
    in the order locks are taken in; each is given BATCH and a transaction of its own until it finds no more.
    """
    for each in kinds:
        swept = BATCH
        while swept == BATCH:
            async with db.transaction() as tx:
                swept = await each(tx, BATCH)
