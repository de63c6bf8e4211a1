"""One socket from its acceptance to its end, as graphql-transport-ws has it."""

import asyncio
from contextlib import ExitStack, aclosing, suppress
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from app.http.callers import NOBODY, Callers, Identity
from app.http.errors import Code as ErrorCode
from app.http.errors import RequestRefused, failed
from app.http.request import of_message
from app.http.socket.answers import Answering, Asker
from app.http.socket.caps import Caps, Count
from app.http.socket.messages import Closing, Code, Message, read
from app.kit import clock
from app.kit.fanout_reader import ReaderTooSlow
from app.kit.locale import preferred

_log = structlog.get_logger("socket")
_GOODBYE = 2.0  # seconds for the close frame to leave


@dataclass(frozen=True, slots=True)
class House:
    """What all sockets of an endpoint share."""

    answering: Answering
    callers: Callers
    caps: Caps
    count: Count


class Conversation:
    """Whoever ends it, its operations are cancelled, which gives back all they hold, before the close frame leaves.

    The client says who it is in the payload of `connection_init`: `authorization`, as the header of that name over
    HTTP, in any case; GraphiQL and others put it below `headers`. `accept-language` likewise.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send, house: House) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._house = house
        self._caps = house.caps
        self._identity: Identity = NOBODY
        self._given: dict[str, str] = {}
        self._locale = preferred(Headers(scope=scope).get("accept-language", ""))
        self._is_initialised = self._is_acknowledged = False
        self._operations: dict[str, asyncio.Task[None]] = {}  # those the client has not seen the end of
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._is_heard = True  # since our last ping
        self._quiet_since = 0.0
        self._sending = asyncio.Lock()
        self._loop = asyncio.get_running_loop()
        self._over: asyncio.Future[Closing | None] = self._loop.create_future()

    def end(self, closing: Closing | None) -> None:
        """Ends the conversation, with a close frame or, if the client has left, without; the first call counts."""
        if not self._over.done():
            self._over.set_result(closing)

    async def run(self) -> None:
        """Returns when the conversation is over and everything it held is given back."""
        self._quiet_since = self._loop.time()
        self._after("init", self._caps.init_seconds, Code.INIT_TIMEOUT, "Connection initialisation timeout")
        reading = asyncio.create_task(self._read())
        closing: Closing | None = Closing(Code.RESTART, "Service restart")  # if the server cancels us
        with ExitStack() as self._counted:
            try:
                closing = await self._over
            finally:
                for timer in self._timers.values():
                    timer.cancel()
                # granian sends no close frame while somebody waits for a message
                work = [reading, *self._tasks]
                for task in work:
                    task.cancel()
                await asyncio.gather(*work, return_exceptions=True)
                if closing is not None:
                    await self._close(closing)

    async def _close(self, closing: Closing) -> None:
        with suppress(Exception):  # whatever a server does whose client may be gone
            async with asyncio.timeout(_GOODBYE):
                await self._send({"type": "websocket.close", "code": int(closing.code), "reason": closing.reason})

    def _after(self, name: str, seconds: float, code: Code, reason: str) -> None:
        self._timers[name] = self._loop.call_later(seconds, self.end, Closing(code, reason))

    def _start(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _read(self) -> None:
        try:
            while True:
                event = await self._receive()
                if event["type"] == "websocket.disconnect":
                    self.end(None)
                    return
                self._is_heard = True
                await self._take(read(event, self._caps.message))
        except Closing as closing:
            self.end(closing)
        except Exception:  # noqa: BLE001 - whatever it is, the client is told and the rest goes on
            _log.exception("a socket failed")
            self.end(Closing(Code.INTERNAL, "Internal server error"))

    async def _take(self, message: Message) -> None:
        match message.type:
            case "connection_init":
                await self._initialise(message.payload)
            case "ping":
                await self._say({"type": "pong", "payload": message.payload} if message.payload else {"type": "pong"})
            case "subscribe":
                await self._subscribe(message)
            case "complete" if message.id in self._operations:
                self._operations.pop(message.id).cancel()
                self._quiet_since = self._loop.time()

    async def _initialise(self, payload: dict[str, Any]) -> None:
        if self._is_initialised:
            raise Closing(Code.TOO_MANY_INITS, "Too many initialisation requests")
        self._is_initialised = True
        self._timers.pop("init").cancel()
        self._given = _headers(payload)
        await self._identify()
        if "accept-language" in self._given:
            self._locale = preferred(self._given["accept-language"])
        self._count_caller()
        self._expire()
        self._beat()
        self._is_acknowledged = True
        await self._say({"type": "connection_ack"})

    async def _identify(self) -> None:
        """Who is asking now: a sign-in may have ended and a key been revoked since."""
        try:
            self._identity = await self._house.callers.identify(self._given, self._scope["state"]["database"])
        except RequestRefused as refused:
            raise Closing(Code.FORBIDDEN, str(refused)) from None

    def _count_caller(self) -> None:
        caller = self._identity.caller
        if caller.id is not None:
            if self._house.count.by_caller[str(caller)] >= self._caps.per_caller:
                raise Closing(Code.TOO_MANY_INITS, "Too many sockets of this caller")
            self._counted.enter_context(self._house.count.of_caller(str(caller)))

    def _expire(self) -> None:
        """Closes the socket when what its caller came with ends: clients then come back with what is new."""
        expires_at = self._identity.expires_at
        if expires_at is None:
            return
        left = (expires_at - clock.now()).total_seconds()
        if left <= 0:
            self.end(Closing(Code.FORBIDDEN, "The token has expired"))
        else:
            self._timers["expiry"] = self._loop.call_later(left, self._expire)

    def _beat(self) -> None:
        """Asks a client whether it is there, and gives up on one that says nothing or asks nothing."""
        if not self._is_heard:
            self.end(Closing(Code.TRY_AGAIN, "No answer to a ping"))
        elif not self._operations and self._loop.time() - self._quiet_since >= self._caps.idle_seconds:
            self.end(Closing(Code.IDLE, "Idle"))
        else:
            if self._is_acknowledged:
                self._is_heard = False
                self._start(self._say({"type": "ping"}))
            self._timers["beat"] = self._loop.call_later(self._caps.ping_seconds, self._beat)

    async def _subscribe(self, message: Message) -> None:
        if not self._is_acknowledged:
            raise Closing(Code.UNAUTHORIZED, "Unauthorized")
        if message.id in self._operations:
            raise Closing(Code.ID_TAKEN, f"Subscriber for {message.id} already exists")
        if len(self._operations) >= self._caps.operations:
            most = f"At most {self._caps.operations} operations run at once on a socket."
            await self._refuse(message.id, RequestRefused(429, ErrorCode.THROTTLED, most).errors)
        else:
            self._operations[message.id] = self._start(self._operate(message))

    async def _operate(self, message: Message) -> None:
        try:
            await self._identify()
            asked = of_message(message.payload)
            asker = Asker(self._identity, self._locale, self._scope)
            async with aclosing(self._house.answering.answers(asked, asker)) as answers:
                async for answer in answers:
                    if "data" not in answer:
                        await self._refuse(message.id, answer["errors"])
                        return
                    await self._identify()
                    await self._say({"id": message.id, "type": "next", "payload": answer})
            self._forget(message.id)
            await self._say({"id": message.id, "type": "complete"})
        except RequestRefused as refused:
            await self._refuse(message.id, refused.errors)
        except Closing as closing:
            self.end(closing)
        except ReaderTooSlow:
            self.end(Closing(Code.TRY_AGAIN, "Read too slowly"))
        except Exception as fault:  # noqa: BLE001 - logged, and told masked
            await self._refuse(message.id, failed(fault).errors)

    def _forget(self, operation: str) -> None:
        """Frees an operation's id: the client may take it again once it is told of the end."""
        self._operations.pop(operation, None)
        self._quiet_since = self._loop.time()

    async def _refuse(self, operation: str, errors: list[dict[str, Any]]) -> None:
        self._forget(operation)
        await self._say({"id": operation, "type": "error", "payload": errors})

    async def _say(self, message: dict[str, Any]) -> None:
        """Sends a message when those before it have left; ends the conversation if the client does not take it."""
        text = orjson.dumps(message).decode()
        async with self._sending:
            try:
                async with asyncio.timeout(self._caps.send_seconds):
                    await self._send({"type": "websocket.send", "text": text})
            except TimeoutError:
                self.end(Closing(Code.TRY_AGAIN, "Read too slowly"))
            except Exception:  # noqa: BLE001 - each server has its own error for a client that has left
                self.end(None)


def _headers(payload: dict[str, Any]) -> dict[str, str]:
    below = payload.get("headers")
    given = payload | (below if isinstance(below, dict) else {})
    return {name.lower(): value for name, value in given.items() if isinstance(value, str)}
