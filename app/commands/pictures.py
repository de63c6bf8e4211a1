"""`yougou pictures`."""

import sys

import asyncpg
from rich.progress import TaskID

from app.commands.console import err, fail, out, progress, run
from app.demo.pictures.file_reports import file_reports
from app.demo.pictures.fill import Told, fill
from app.demo.pictures.work import Part
from app.files.store import Store
from app.settings import Settings


def pictures() -> None:
    """Draw the demo's pictures and reports that are not there yet; what is there stays as it is."""
    settings = Settings()
    if settings.is_production:
        fail("The demo's pictures are not for production.", "Unset YOUGOU_ENV, or upload pictures of your own.")
    drawn, written = run(_draw(settings))
    out.print(f"Drawn: {drawn} pictures and films, {written} reports.")


async def _draw(settings: Settings) -> tuple[int, int]:
    store = Store.open(settings.files)
    connection = await asyncpg.connect(settings.database_owner)
    try:
        with progress() as bar:
            stages: dict[str, TaskID] = {}

            def show(stage: str, done: int, total: int) -> None:
                if stage not in stages:
                    stages[stage] = bar.add_task(stage, total=total)
                bar.update(stages[stage], completed=done)
                if not sys.stderr.isatty() and done == total:  # behind `yougou demo` there is no bar to see
                    err.print(f"{stage}: {done}")

            return await _all(store, connection, show)
    finally:
        await connection.close()


async def _all(store: Store, connection: asyncpg.Connection, told: Told) -> tuple[int, int]:
    covers = await fill(store, [Part.COVER], told)
    written = await file_reports(connection, store, told)
    return covers + await fill(store, [Part.MOVING, Part.OTHERS], told), written
