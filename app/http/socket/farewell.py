"""How a process is asked to leave without dropping its sockets.

granian, told to stop by SIGTERM, cuts sockets off before the application hears of it. So `yougou serve` sends its
workers FAREWELL first: a worker closes its sockets, then stops as by SIGTERM.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

FAREWELL = signal.SIGUSR1


@contextmanager
def farewell(close: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """Within the block, FAREWELL runs `close` and then ends the process as SIGTERM does.

    Signals reach the main thread alone: an application that runs in another one is nobody's to stop.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    leaving: set[asyncio.Task[None]] = set()

    async def leave() -> None:
        await close()
        os.kill(os.getpid(), signal.SIGTERM)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(FAREWELL, lambda: leaving.add(loop.create_task(leave())))
    try:
        yield
    finally:
        loop.remove_signal_handler(FAREWELL)
