"""`yougou seed`."""

from typing import Annotated

import asyncpg
import typer

from app import publishing
from app.commands.console import bars, fail, out, run
from app.demo.forward import roll_forward
from app.demo.seed import ScaleError, ShopNotEmptyError
from app.demo.seed import seed as fill
from app.kit import clock
from app.settings import Settings


def seed(
    scale: Annotated[int, typer.Option(min=1, max=100, help="How many times the usual 300 products.")] = 1,
) -> None:
    """Fill an empty database with the demo shop; a shop that is there is brought up to today instead."""
    settings = Settings()
    if settings.is_production:
        fail("The demo shop is not for production.", "Unset YOUGOU_ENV, or use another database.")
    try:
        made = run(fill_or_roll_forward(settings.database_owner, scale))
        run(publishing.publish(settings.database_owner))
    except ScaleError as refused:
        fail(str(refused), "Choose a smaller --scale.")
    out.print("The demo shop is there." if made else "There is a shop already: rolled forward to today.")


async def fill_or_roll_forward(url: str, scale: int) -> bool:
    """Seeds an empty database and answers True; rolls a shop that is there forward and answers False."""
    connection = await asyncpg.connect(url)
    try:
        with bars() as show:
            await fill(connection, scale=scale, now=clock.now(), progress=show)
    except ShopNotEmptyError:
        await roll_forward(connection, now=clock.now())
        return False
    else:
        return True
    finally:
        await connection.close()
