"""Which document a request asks for: a registered one, or one it brings, where that is allowed."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from app.documents.usage import Usage
from app.http.automatic import AutomaticQueries, not_supported, require_match
from app.http.engine import Engine
from app.http.errors import Code, RequestRefused
from app.http.observe import Note
from app.http.prepared import Prepared
from app.http.registry import Registry, Served
from app.http.request import GraphQLRequest
from app.kit.caller import Caller, CallerKind


class Asked(NamedTuple):
    """The document ready to run, and where it is registered; None: it came with the request."""

    document: Prepared
    served: Served | None = None

    def note(self, usage: Usage) -> Note | None:
        """What counts an execution of it; None: it is no registered one."""
        return None if self.served is None else partial(usage.note, self.served.app_id, self.served.sha256)


class Lookup:
    """Finds documents. `may_be_free`: whether a caller may send documents of its own."""

    def __init__(self, engine: Engine, may_be_free: Callable[[Caller], bool]) -> None:
        self.engine = engine
        self._may_be_free = may_be_free
        self._automatic = AutomaticQueries()

    def find(self, asked: GraphQLRequest, caller: Caller, registry: Registry) -> Asked:
        """The document asked for by id or, where allowed, given as text.

        Raises:
            RequestRefused: unknown id, text that is not allowed or not valid, or neither given.
        """
        if asked.document_id is not None:
            served = registry.find(caller, asked.document_id, asked.app)
            if served is None:
                raise _unknown()
            return Asked(served.prepared, served)
        if asked.persisted is not None:
            return self._persisted(asked.persisted, asked.query, caller, registry)
        if asked.query is None:
            raise RequestRefused(400, Code.BAD_REQUEST, "Send a documentId or a query.")
        if not self._may_be_free(caller):
            raise RequestRefused(403, Code.PERSISTED_DOCUMENT_REQUIRED, "Send a documentId.", is_well_formed=True)
        return Asked(self.engine.free(asked.query))

    def _persisted(self, digest: str, text: str | None, caller: Caller, registry: Registry) -> Asked:
        """A hash means a registered document first, whoever asks; else the text that comes or came with it."""
        served = registry.find(caller, digest)
        if served is not None:
            if text is not None:
                require_match(served.sha256, text)
            return Asked(served.prepared, served)
        if not self._may_be_free(caller):
            raise not_supported()
        if text is None:
            return Asked(self.engine.free(self._automatic.text(digest)))
        require_match(digest, text)
        document = self.engine.free(text)
        self._automatic.keep(digest, text)
        return Asked(document)


def staff_alone(caller: Caller) -> bool:
    """Who may send documents of its own in production."""
    return caller.kind is CallerKind.STAFF


def everybody(_: Caller) -> bool:
    """Who may in development."""
    return True


def _unknown() -> RequestRefused:
    return RequestRefused(
        404,
        Code.PERSISTED_DOCUMENT_NOT_FOUND,
        "There is no document of this id.",
        is_well_formed=True,
        headers={"cache-control": "no-store"},
    )
