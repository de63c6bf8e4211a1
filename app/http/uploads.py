"""Uploads over plain HTTP: one file as wx.uploadFile sends it, or a large one directly into the store.

A bearer token or API key is always asked for, cookies never: a multipart form is a request any page may send.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.files import queries, service
from app.files.errors import FileBroken, FileTooLarge, UploadNotFound
from app.files.incoming import incoming
from app.files.inspecting import Inspector
from app.files.intake import Intake
from app.files.links import Links
from app.files.models import Upload, UploadTicket
from app.files.rules import Caps
from app.http import body, form
from app.http.callers import Callers
from app.http.errors import Code, RequestRefused
from app.http.refusals import refusal_of
from app.http.state import State
from app.http.stored import stored
from app.kit import ids
from app.kit.caller import Caller, CallerKind
from app.kit.errors import BadInput, Refused

LONGEST = 600.0  # seconds a file may take
AT_ONCE = 10  # files one caller sends to this process at the same time: as many as a mini-program may
MAX_JSON = 4096  # bytes
KEY = "idempotencyKey"
READ_SCOPE = "files:read"  # of staff: to see what others brought
_PRIVATE = {"cache-control": "private, no-store"}
# A file of a stranger is shown, never run: not as another type than it was found to be, and not as a page.
_SERVED = {
    "cache-control": "private, max-age=3600, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "content-disposition": "inline",
}

Handler = Callable[[Request], Awaitable[Response]]


class Uploads:
    """The endpoints."""

    def __init__(self, callers: Callers, links: Links, caps: Caps) -> None:
        self._callers = callers
        self._links = links
        self._caps = caps
        self._inspector = Inspector()
        self.sending: Counter[Caller] = Counter()  # files on their way in

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [
            Route("/uploads", answered(self.take), methods=["POST"]),
            Route("/uploads/presigned", answered(self.prepare), methods=["POST"]),
            Route("/uploads/presigned/{id}/complete", answered(self.complete), methods=["POST"]),
            Route("/uploads/incoming/{id}", answered(self.put), methods=["PUT"]),
            Route("/uploads/{id}", answered(self.read), methods=["GET"]),
        ]

    async def take(self, request: Request) -> Response:
        """One file in a form, and its idempotency key in a text part or in the header Idempotency-Key."""
        caller = await self._caller(request)
        intake = self._intake(request)
        await intake.refuse_spent(caller)
        with self._lane(caller):
            async with incoming(self._caps) as file:
                texts = await form.read(request, body.streamed(request, self._caps.largest + form.FRAME), file)
                key = texts.get(KEY) or request.headers.get("idempotency-key", "")
                upload = await intake.take(caller, key, await file.finish())
        return _json(told(upload), 201)

    async def prepare(self, request: Request) -> Response:
        """A ticket for a large file of so many bytes, and the address to PUT it to, which needs no token."""
        caller = await self._caller(request)
        asked = await _object(request)
        size, key = asked.get("size"), asked.get(KEY)
        if not isinstance(size, int) or isinstance(size, bool) or size < 1 or not isinstance(key, str):
            raise RequestRefused(400, Code.BAD_USER_INPUT, f"Send size, the file's bytes, and {KEY}.")
        if size > self._caps.largest:
            raise Refused(FileTooLarge(self._caps.largest))
        state: State = request.scope["state"]
        async with state["database"].session():
            ticket_id = await service.issue_ticket(caller, key, size, self._caps.day)
            ticket = await queries.ticket(ticket_id, str(caller))
        if ticket is None:
            raise Refused(UploadNotFound())
        url = await state["files"].presigned("PUT", ticket.storage_key, service.TICKET_HOLDS)
        return _json(
            {
                "id": ids.encode(UploadTicket.__name__, ticket.id),
                "method": "PUT",
                "url": url or self._links.to_write(ticket.id, ticket.expires_at),
                "expiresAt": ticket.expires_at.isoformat(),
            },
            201,
        )

    async def put(self, request: Request) -> Response:
        """The bytes of a ticket's file, where the store itself takes none from outside."""
        ticket_id = self._signed(request)
        state: State = request.scope["state"]
        async with state["database"].session():
            ticket = await queries.any_ticket(ticket_id)
        if ticket is None or ticket.upload_id is not None:
            raise Refused(UploadNotFound())
        await state["files"].put(ticket.storage_key, _exactly(request, ticket.size_bytes), "application/octet-stream")
        return Response(status_code=204, headers=_PRIVATE)

    async def complete(self, request: Request) -> Response:
        """Looks at the file that was put, and makes the upload of it."""
        caller = await self._caller(request)
        ticket_id = _key(request, UploadTicket)
        return _json(told(await self._intake(request).complete(caller, ticket_id)), 201)

    async def read(self, request: Request) -> Response:
        """The file of an upload that something refers to: for whoever brought it, and for staff that may look."""
        caller = await self._caller(request)
        state: State = request.scope["state"]
        async with state["database"].session():
            upload = await queries.by_id(_key(request, Upload))
        if upload is None or upload.referenced_at is None or not may_read(upload, caller):
            raise Refused(UploadNotFound())
        headers = {**_SERVED, "content-type": upload.content_type}
        found = await stored(request, state["files"], upload.storage_key, headers)
        if found is None:
            raise Refused(UploadNotFound())
        return found

    async def _caller(self, request: Request) -> Caller:
        state: State = request.scope["state"]
        caller = await self._callers.of(request.headers, state["database"])
        if caller.kind in {CallerKind.VISITOR, CallerKind.MACHINE}:
            headers = {"www-authenticate": "Bearer"}
            raise RequestRefused(401, Code.UNAUTHENTICATED, "Sign in to upload.", headers=headers)
        return caller

    def _intake(self, request: Request) -> Intake:
        state: State = request.scope["state"]
        return Intake(state["database"], state["files"], self._inspector, self._caps)

    @contextmanager
    def _lane(self, caller: Caller) -> Iterator[None]:
        if self.sending[caller] >= AT_ONCE:
            raise RequestRefused(429, Code.TOO_MANY_UPLOADS, f"At most {AT_ONCE} files at once.")
        self.sending[caller] += 1
        try:
            yield
        finally:
            self.sending[caller] -= 1
            if not self.sending[caller]:
                del self.sending[caller]

    def _signed(self, request: Request) -> int:
        key = _key(request, UploadTicket)
        expires, signature = (request.query_params.get(name, "") for name in ("expires", "signature"))
        if not self._links.is_good(key, expires, signature):
            raise RequestRefused(403, Code.FORBIDDEN, "The address is not good, or not any more.")
        return key


def may_read(upload: Upload, caller: Caller) -> bool:
    """Whether a caller may see an upload's file."""
    return upload.caller == str(caller) or (caller.kind is CallerKind.STAFF and READ_SCOPE in caller.scopes)


def answered(handler: Handler) -> Handler:
    """The handler, with each refusal answered as JSON of a GraphQL answer's shape."""

    async def answer(request: Request) -> Response:
        try:
            async with asyncio.timeout(LONGEST):
                return await handler(request)
        except (RequestRefused, Refused, BadInput) as refused:
            await body.drain(request)
            status, errors, headers = refusal_of(refused, request.headers.get("accept-language", ""))
            return _json({"errors": errors}, status, headers)
        except TimeoutError:
            return _json(
                {"errors": [{"message": "The file took too long.", "extensions": {"code": Code.TIMEOUT}}]}, 408
            )
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it

    return answer


async def _exactly(request: Request, size: int) -> AsyncIterator[bytes]:
    taken = 0
    async for chunk in body.streamed(request, size):
        taken += len(chunk)
        yield chunk
    if taken < size:
        raise Refused(FileBroken())


async def _object(request: Request) -> dict[str, Any]:
    chunks = [chunk async for chunk in body.streamed(request, MAX_JSON)]
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RequestRefused(415, Code.BAD_REQUEST, "Send application/json.")
    try:
        asked = orjson.loads(b"".join(chunks))
    except orjson.JSONDecodeError:
        asked = None
    if not isinstance(asked, dict):
        raise RequestRefused(400, Code.BAD_REQUEST, "The body is not a JSON object.")
    return asked


def _key(request: Request, kind: type[Upload | UploadTicket]) -> int:
    return ids.decode(request.path_params["id"], kind.__name__)


def told(upload: Upload) -> dict[str, Any]:
    """What a client is told of an upload: facts of the file as it is kept."""
    return {
        "id": ids.encode(Upload.__name__, upload.id),
        "sha256": upload.sha256,
        "contentType": upload.content_type,
        "size": upload.size_bytes,
        "width": upload.width,
        "height": upload.height,
    }


def _json(value: dict[str, Any], status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(value), status, {**_PRIVATE, **(headers or {})}, "application/json")
