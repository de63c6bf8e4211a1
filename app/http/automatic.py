"""Apollo's automatic persisted queries: a client sends a hash, and the text only when it is told to.

The texts of callers who may send any document are kept for a while. This saves bytes and allows nothing: what may be
asked is decided as if the text had come. Messages and codes are those that clients look for: Apollo's by either, urql
by the message alone.
"""

from collections import OrderedDict

from app.documents.entries import sha256
from app.http.errors import Code, RequestRefused

KEPT = 256  # texts, each no longer than a free document may be


class AutomaticQueries:
    """The texts that were sent with their hashes, those asked for last."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()

    def text(self, digest: str) -> str:
        """The text with this hash.

        Raises:
            RequestRefused: PERSISTED_QUERY_NOT_FOUND: it is not kept. The client sends it, then.
        """
        if digest not in self._texts:
            raise _refused(404, Code.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
        self._texts.move_to_end(digest)
        return self._texts[digest]

    def keep(self, digest: str, text: str) -> None:
        """Keeps a valid text; the one that was not asked for longest makes room."""
        self._texts[digest] = text
        self._texts.move_to_end(digest)
        if len(self._texts) > KEPT:
            self._texts.popitem(last=False)


def require_match(digest: str, text: str) -> None:
    """Lets a text through that came with its hash.

    Raises:
        RequestRefused: PERSISTED_QUERY_MISMATCH: the hash is another's.
    """
    if sha256(text) != digest:
        raise _refused(400, Code.PERSISTED_QUERY_MISMATCH, "provided sha does not match query")


def not_supported() -> RequestRefused:
    """What a caller is told who may not send documents of its own: clients then send the text, and are refused that."""
    return _refused(400, Code.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")


def _refused(status: int, code: Code, message: str) -> RequestRefused:
    return RequestRefused(status, code, message, is_well_formed=True, headers={"cache-control": "no-store"})
