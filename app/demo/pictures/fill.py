"""Draws what is missing into the store, in as many processes as there are processors, behind everything else."""

import asyncio
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread

from app.demo.pictures.work import Part, draw, missing
from app.files.addresses import PUBLIC
from app.files.store import Store

Told = Callable[[str, int, int], None]
"""Is told what is being drawn, how much of it is done, and how much there is."""
_TYPES = {".webp": "image/webp", ".mp4": "video/mp4", ".pdf": "application/pdf"}
_POLITE = 10  # the shop comes first


async def fill(store: Store, parts: Iterable[Part], told: Told) -> int:
    """Draws those parts of the demo's pictures, one after another, that `store` does not have; how many files it wrote.

    Run again, it writes none. What is interrupted is drawn at the next run.
    """
    there = {each.key.removeprefix(PUBLIC) async for each in store.list(PUBLIC.rstrip("/"))}
    todo = missing(there)
    written = 0
    with drawing_pool() as pool:
        for part in parts:
            own = [piece for piece in todo if piece.part is part]
            loop = asyncio.get_running_loop()
            drawn = [loop.run_in_executor(pool, draw, piece) for piece in own]
            for done, files in enumerate(asyncio.as_completed(drawn), 1):
                for key, content in await files:
                    await put(store, PUBLIC + key, content)
                    written += 1
                told(part.value, done, len(own))
    return written


async def put(store: Store, key: str, content: bytes) -> None:
    """Stores a file under what its name says it is."""
    await store.put(key, content, _TYPES[key[key.rindex(".") :]])


def drawing_pool() -> ProcessPoolExecutor:
    """Processes that draw, and leave the processors to whoever else wants them."""
    return ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), initializer=_begin)


def _begin() -> None:
    os.nice(_POLITE)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Whoever kills the parent means its helpers too; by themselves they would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
