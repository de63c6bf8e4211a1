"""Ends an execution that takes too long, or that nobody waits for any more."""

import asyncio
from types import TracebackType

from starlette.types import Receive

from app.http.errors import Code, RequestRefused

WATCH_AFTER = 0.1  # seconds; a request that is answered sooner is not watched, which would cost more than it saves


class Guard:
    """Cancels the task that runs its block at the deadline, or when the client has left.

    Statements under way are cancelled and a transaction is rolled back, unless its commit has begun: that ends as it
    does. Connections go back clean (app.kit.db).
    """

    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive = receive
        self._seconds = seconds
        self._refusal: RequestRefused | None = None
        self._watcher: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        """Begins to count."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in one
        self._task = task
        self._cancelling = task.cancelling()
        self._timer = asyncio.get_running_loop().call_later(min(WATCH_AFTER, self._seconds), self._watch)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops counting.

        Raises:
            RequestRefused: the block was cancelled here: DEADLINE_EXCEEDED, or CLIENT_LEFT, which nobody reads.
        """
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()
        if self._refusal is None:
            return
        if self._task.uncancel() <= self._cancelling and kind is not None and issubclass(kind, asyncio.CancelledError):
            raise self._refusal from error

    def _watch(self) -> None:
        self._watcher = asyncio.create_task(self._end())

    async def _end(self) -> None:
        try:
            async with asyncio.timeout(self._seconds - min(WATCH_AFTER, self._seconds)):
                while (await self._receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            seconds = f"{self._seconds:g}"
            message = f"This took longer than {seconds} s and was stopped."
            self._refusal = RequestRefused(503, Code.DEADLINE_EXCEEDED, message)
        else:
            self._refusal = RequestRefused(499, Code.CLIENT_LEFT, "The client has left.")
        self._task.cancel()
