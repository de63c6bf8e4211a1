"""One reader of a topic: its messages in order, few of them at a time."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any, TypeAlias

Payload: TypeAlias = Mapping[str, Any]
WAITING = 256  # messages one reader may have before it


class ReaderTooSlow(Exception):  # noqa: N818 - what became of the reader, not an error of this program
    """The reader was cut off: more messages came than may wait for one."""


class Reader(AsyncIterator[Payload | None]):
    """The messages of a topic, to be read by one task: each is a payload, shared with other readers.

    None stands for messages that may have been lost: read everything again. What waited before it is
    dropped, since reading again covers it.
    """

    __slots__ = ("_is_cut_off", "_messages", "_ready", "is_stale")

    def __init__(self) -> None:
        self._messages: deque[Payload | None] = deque()
        self._ready = asyncio.Event()
        self._is_cut_off = False
        self.is_stale = False  # missed something already, and is told when Redis is back

    def __len__(self) -> int:
        """How many messages wait."""
        return len(self._messages)

    def put(self, payload: Payload | None) -> None:
        """Adds a message; cuts the reader off when WAITING messages wait already."""
        if self._is_cut_off:
            return
        if payload is None or len(self._messages) == WAITING:
            self._is_cut_off = payload is not None
            self._messages.clear()
        if not self._is_cut_off:
            self._messages.append(payload)
        self._ready.set()

    async def __anext__(self) -> Payload | None:
        """The next message.

        Raises:
            ReaderTooSlow: the reader was cut off; what waited is gone.
        """
        while not self._messages:
            if self._is_cut_off:
                raise ReaderTooSlow(f"more than {WAITING} messages waited")
            self._ready.clear()
            await self._ready.wait()
        return self._messages.popleft()
