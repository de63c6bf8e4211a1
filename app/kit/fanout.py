"""Messages between processes through Redis: what one announces with a commit, the readers of all of them hear.

A message says that something changed, by ids and never by personal values; who hears it reads the truth from
PostgreSQL. Nothing true depends on a message, because one may be lost: Redis keeps none, and a process may
die between commit and sending. Who reads is told whenever that may have happened and reads again; for the
rest (a process that died) readers read again from time to time by themselves.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import orjson
import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry as DriverRetry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.kit.db import Announcement, RequestConnection
from app.kit.fanout_reader import Payload, Reader
from app.kit.retry import Retry

EVERYBODY = "*"  # the topic of every reader: something was lost, read again
OUTBOX = 10_000  # announcements kept while Redis is away; more become one message to EVERYBODY
BATCH = 100  # announcements sent in one round trip
SILENCE = 15.0  # seconds without a word from Redis before it is asked whether it is there; as many to answer
FLUSH = 2.0  # seconds a closing process still tries to send what it announced

_BACK_OFF = Retry(first=timedelta(milliseconds=100), longest=timedelta(seconds=5))
_AWAY = (RedisError, OSError, TimeoutError)
_log = structlog.get_logger("fanout")


def announce(tx: RequestConnection, topic: str, payload: Payload) -> None:
    """Tells every reader of `topic` in every process, once the caller's transaction has committed.

    `payload` is JSON-able and holds ids. A transaction that rolls back announces nothing.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    tx.announced.append(Announcement(topic, orjson.dumps(payload)))


class Fanout:
    """A process's link to the others: one connection that listens, and one at a time that sends."""

    def __init__(self, url: str) -> None:
        """Takes Redis's address. The number of the database in it keeps installations on one server apart."""
        # the driver's own retries would reconnect without a word, and so lose messages without a word; its own
        # time-out is asyncio.wait_for, which in Python 3.11 may swallow a cancellation
        once = DriverRetry(NoBackoff(), 0)
        self._redis = Redis.from_url(url, retry=once, socket_connect_timeout=SILENCE, socket_timeout=None)
        self._prefix = f"yougou:{self._redis.connection_pool.connection_kwargs.get('db', 0)}:"
        self._readers: dict[str, set[Reader]] = {}
        self._followed: set[str] = set()  # topics asked of Redis on the present connection
        self._asked: Counter[str] = Counter()  # how many of those askings are not yet confirmed
        self._confirmations: dict[str, asyncio.Event] = {}
        self._changed = asyncio.Event()
        self._settled = asyncio.Event()  # the first attempt to reach Redis is over
        self._is_linked = self._is_closing = False
        self._outbox: deque[Announcement] = deque()
        self._mail, self._sent = asyncio.Event(), asyncio.Event()
        self._sent.set()

    def publish(self, announcements: Sequence[Announcement]) -> None:
        """Sends announcements in the background, in order; for the database that collects them.

        Never waits and never raises: what cannot be sent now is sent when Redis is back.
        """
        if len(self._outbox) + len(announcements) > OUTBOX:
            self._outbox.clear()
            self._outbox.append(Announcement(EVERYBODY, b"null"))
        else:
            self._outbox.extend(announcements)
        self._sent.clear()
        self._mail.set()

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Reader]:
        """Everything announced for `topic` from now on, whoever announces it.

        What is read from the database inside the block is at least as new as what was announced before it.
        While Redis is away the reader waits like any other, and is told to read again once it is back.
        """
        reader = Reader()
        self._readers.setdefault(topic, set()).add(reader)
        self._changed.set()
        try:
            reader.is_stale = not await self._is_followed(topic)
            yield reader
        finally:
            readers = self._readers[topic]
            readers.discard(reader)
            if not readers:
                del self._readers[topic]
                self._changed.set()

    async def _is_followed(self, topic: str) -> bool:
        """Waits until Redis has confirmed `topic`, or is away."""
        while self._is_linked:
            if topic in self._followed and not self._asked[topic]:
                return True
            await self._confirmations.setdefault(topic, asyncio.Event()).wait()
        return False

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Fanout"]:
        """Keeps the link for the length of the block, which begins when Redis has answered or is found away."""
        listening, sending = asyncio.create_task(self._listen()), asyncio.create_task(self._send())
        try:
            await self._settled.wait()
            yield self
        finally:
            self._is_closing = True
            with suppress(TimeoutError):
                async with asyncio.timeout(FLUSH):
                    await self._sent.wait()
            for task in (listening, sending):
                task.cancel()
            await asyncio.gather(listening, sending, return_exceptions=True)
            await self._redis.aclose()

    async def _listen(self) -> None:
        failures = 0
        while not self._is_closing:
            if failures:
                await asyncio.sleep(_BACK_OFF.delay(failures).total_seconds())
            try:
                async with self._redis.pubsub() as link, asyncio.TaskGroup() as group:
                    await link.subscribe(self._prefix + EVERYBODY)
                    group.create_task(self._hear(link))
                    group.create_task(self._follow(link))
            # also when this task is cancelled while a command is on its way: that closes the link under _hear
            except* _AWAY as lost:
                failures = 1 if self._is_linked else failures + 1
                if failures == 1 and not self._is_closing:
                    _log.warning("Redis is away; messages between processes wait", error=str(lost.exceptions[0]))
            self._unlink()

    async def _follow(self, link: PubSub) -> None:
        """Asks Redis for the topics that have readers, and for no others."""
        while True:
            self._changed.clear()
            if wanted := self._readers.keys() - self._followed:
                self._followed |= wanted
                self._asked.update(wanted)
                await link.subscribe(*(self._prefix + topic for topic in wanted))
            if unwanted := self._followed - self._readers.keys():
                self._followed -= unwanted
                await link.unsubscribe(*(self._prefix + topic for topic in unwanted))
            await self._changed.wait()

    async def _hear(self, link: PubSub) -> None:
        is_asked = False
        while True:
            message = await link.get_message(timeout=SILENCE)
            if message is None:
                if is_asked:
                    raise TimeoutError("Redis does not answer")
                await link.ping()
                is_asked = True
                continue
            is_asked = False
            if message["type"] in {"subscribe", "message"}:
                topic = message["channel"].decode().removeprefix(self._prefix)
                if message["type"] == "message":
                    self._deliver(topic, orjson.loads(message["data"]))
                elif topic == EVERYBODY:
                    self._link()
                else:
                    self._confirm(topic)

    def _deliver(self, topic: str, payload: Any) -> None:
        if topic == EVERYBODY:
            for reader in self._all_readers():
                reader.put(None)
        for reader in self._readers.get(topic, ()):
            reader.put(payload)

    def _link(self) -> None:
        if self._settled.is_set():
            _log.info("Redis is back")
        self._is_linked = True
        self._settled.set()

    def _confirm(self, topic: str) -> None:
        self._asked[topic] -= 1
        if self._asked[topic]:
            return
        del self._asked[topic]
        self._wake(topic)
        for reader in self._readers.get(topic, ()):
            if reader.is_stale:
                reader.is_stale = False
                reader.put(None)

    def _unlink(self) -> None:
        """Whatever is said from here on is missed by the present readers."""
        self._is_linked = False
        self._followed.clear()
        self._asked.clear()
        for reader in self._all_readers():
            reader.is_stale = True
        for topic in list(self._confirmations):
            self._wake(topic)
        self._settled.set()

    def _wake(self, topic: str) -> None:
        if waiting := self._confirmations.pop(topic, None):
            waiting.set()

    def _all_readers(self) -> list[Reader]:
        return [reader for readers in self._readers.values() for reader in readers]

    async def _send(self) -> None:
        failures = 0
        while True:
            await self._mail.wait()
            batch = [self._outbox.popleft() for _ in range(min(BATCH, len(self._outbox)))]
            try:
                async with asyncio.timeout(SILENCE), self._redis.pipeline(transaction=False) as pipe:
                    for topic, body in batch:
                        pipe.publish(self._prefix + topic, body)
                    await pipe.execute()
            except _AWAY:  # told by _listen
                self._outbox.extendleft(reversed(batch))
                failures += 1
                await asyncio.sleep(_BACK_OFF.delay(failures).total_seconds())
                continue
            failures = 0
            if not self._outbox:
                self._mail.clear()
                self._sent.set()
