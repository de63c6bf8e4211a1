"""Fills an empty database with the demo shop."""

from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime

import asyncpg

from app.demo import frame, products
from app.demo.bulk import loading
from app.demo.rounds import rounds
from app.demo.tables import COLUMNS, advance_sequences, copy


class ShopNotEmptyError(RuntimeError):
    """The database already has products; the demo shop is only written into an empty one."""


class ScaleError(ValueError):
    """The scale is below 1, or above the number of brands the demo can invent."""


async def seed(
    connection: asyncpg.Connection, *, scale: int, now: datetime, progress: Callable[[str, int, int], None]
) -> None:
    """Writes the demo shop in one transaction: all of it, or nothing.

    `scale` multiplies products, customers and reviews (1: 300, 2,000 and 12,000), one brand per step, each step
    made and copied on its own so that memory stays bounded. `progress(stage, done, total)` is told after each.
    The same scale and the same `now` give the same rows. The connection is the owner's, with asyncpg's own codecs.

    Raises:
        ShopNotEmptyError: there are products already; nothing has changed.
        ScaleError: the scale is out of range.
    """
    if not 1 <= scale <= products.ROUNDS:
        raise ScaleError(f"scale is {scale}, not between 1 and {products.ROUNDS}")
    async with connection.transaction():
        await connection.execute("LOCK TABLE product IN SHARE ROW EXCLUSIVE MODE")  # of two seeds, one waits
        if await connection.fetchval("SELECT EXISTS (SELECT FROM product)"):
            raise ShopNotEmptyError("the database already has products")
        async with loading(connection, list(COLUMNS)), aclosing(rounds(scale, now)) as made:
            await copy(connection, frame.rows(now))
            done = 0
            async for rows in made:
                await copy(connection, rows)
                done += products.PER_ROUND
                progress("products", done, scale * products.PER_ROUND)
        await advance_sequences(connection)
        await connection.execute("ANALYZE " + ", ".join(COLUMNS))
    progress("done", 1, 1)
