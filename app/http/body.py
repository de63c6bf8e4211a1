"""The body of a plain request: streamed, capped, and read out before a refusal is answered."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request

from app.http.errors import Code, RequestRefused

IDLE = 30.0  # seconds a client may be silent
DRAINED = 16 * 1024 * 1024  # bytes that are read and thrown away, so that a refusal is heard
DRAINING = 15.0  # seconds for that


async def streamed(request: Request, most: int) -> AsyncIterator[bytes]:
    """The request's body as it comes.

    Raises:
        RequestRefused: more than `most` bytes, as said beforehand or as sent; or a coded body.
        TimeoutError: the client is silent for IDLE seconds.
    """
    if request.headers.get("content-encoding", "identity") != "identity":
        raise RequestRefused(415, Code.BAD_REQUEST, "Send the body as it is, without Content-Encoding.")
    said = request.headers.get("content-length", "0")
    if not said.isdigit() or int(said) > most:
        raise RequestRefused(413, Code.REQUEST_TOO_LARGE, "The body is too large.")
    stream = request.stream()
    taken = 0
    while True:
        async with asyncio.timeout(IDLE):
            chunk = await anext(stream, None)
        if chunk is None:
            request.state.body_is_read = True
            return
        taken += len(chunk)
        if taken > most:
            raise RequestRefused(413, Code.REQUEST_TOO_LARGE, "The body is too large.")
        yield chunk


async def drain(request: Request) -> None:
    """Reads what the client still sends, up to a bound.

    The server closes the connection of a request whose body was left unread, and a client that is still writing then
    sees a broken connection instead of the answer.
    """
    if getattr(request.state, "body_is_read", False):
        return
    left = DRAINED
    try:
        async with asyncio.timeout(DRAINING):
            while left > 0:
                message = await request.receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return
