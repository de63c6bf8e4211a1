"""The endpoint of sockets: who may open one."""

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from app.http.callers import Callers
from app.http.socket.answers import Answering
from app.http.socket.caps import Caps, Count
from app.http.socket.conversation import Conversation, House
from app.http.socket.messages import PROTOCOL, Closing, Code

_RETRY_AFTER = b"30"  # seconds


class GraphQLSocket:
    """Opens sockets for whoever is no page of another site, as long as there is room.

    `is_allowed`: whether pages of an Origin may call us. `address_of`: whose address a connection comes from.
    A message that is lost on the way heals when the client comes back: a subscription begins with all there is.
    """

    def __init__(
        self,
        answering: Answering,
        callers: Callers,
        *,
        is_allowed: Callable[[str], bool],
        address_of: Callable[[Scope], str],
        caps: Caps = Caps(),  # noqa: B008 - frozen
    ) -> None:
        self._is_allowed = is_allowed
        self._address_of = address_of
        self._caps, self.count = caps, Count()
        self._house = House(answering, callers, self._caps, self.count)
        self._open: set[Conversation] = set()
        self._empty = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One socket, from its handshake to its end."""
        await receive()  # websocket.connect
        address = self._address_of(scope)
        if not self._comes_from_us(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": int(Code.FORBIDDEN)})  # before acceptance: 403
        elif self.count.all >= self._caps.sockets:
            await _refuse(scope, send, 503)
        elif self.count.by_address[address] >= self._caps.per_address:
            await _refuse(scope, send, 429)
        elif PROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.accept"})
            await send(
                {"type": "websocket.close", "code": int(Code.SUBPROTOCOL), "reason": "Subprotocol not acceptable"}
            )
        else:
            with self.count.of_address(address):
                await send({"type": "websocket.accept", "subprotocol": PROTOCOL})
                talk = Conversation(scope, receive, send, self._house)
                self._open.add(talk)
                try:
                    await talk.run()
                finally:
                    self._open.discard(talk)
                    if not self._open:
                        self._empty.set()

    async def close(self) -> None:
        """Asks every client to come back, since another process will be there; returns when all sockets are closed."""
        for talk in self._open:
            talk.end(Closing(Code.RESTART, "Service restart"))
        while self._open:
            self._empty.clear()
            await self._empty.wait()

    def _comes_from_us(self, headers: Headers) -> bool:
        """Whether no Origin is given (no browser then), our own, or one that is allowed."""
        origin = headers.get("origin")
        if origin is None:
            return True
        own = headers.get("host", "")
        return origin in {f"http://{own}", f"https://{own}"} or self._is_allowed(origin)


async def _refuse(scope: Scope, send: Send, status: int) -> None:
    """Answers the handshake by an HTTP status where the server can, else by 403."""
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close", "code": int(Code.TRY_AGAIN)})
        return
    headers = [(b"retry-after", _RETRY_AFTER), (b"content-length", b"0")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
