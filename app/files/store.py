"""Where the shop's files are: a folder, or a bucket of any S3-compatible service, by one address.

Every call is awaited and runs outside the event loop's thread. A key is the shop's own: nothing that a client
sent, a file name least of all, is ever part of one.
"""

import re
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import GenericError
from obstore.store import LocalStore, MemoryStore, S3Store

if TYPE_CHECKING:
    from obstore import GetOptions, GetResult, ObjectMeta  # not there at run time
    from obstore.store import ClientConfig, RetryConfig

MAX_KEY = 200  # characters, as upload.storage_key
PART = 5 * 1024 * 1024  # bytes of a part on the way to S3, which takes no smaller one
PARTS_AT_ONCE = 2
CHUNK = 256 * 1024  # bytes read at once

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")


class UnknownStoreError(ValueError):
    """The address names no kind of store this program opens."""


class BadKeyError(ValueError):
    """A key the shop would not make: a bug, or a path from a client that got too far."""


class OutOfRange(Exception):  # noqa: N818 - an answer (416), not a fault
    """The range begins behind the last byte; `size` is the whole file's."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the file has {size} bytes")
        self.size = size


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as the store knows it: bytes, entity tag (quoted; another content has another) and last write."""

    key: str
    size: int
    etag: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A file being read: `start` to before `stop` of its `stored.size` bytes."""

    stored: Stored
    start: int
    stop: int
    chunks: AsyncIterator[bytes]

    async def read(self) -> bytes:
        """All of it at once: for files known to be small."""
        return b"".join([chunk async for chunk in self.chunks])


class Store:
    """The shop's files by key: lower-case segments such as `media/peach/1.webp`. Opened once per process."""

    def __init__(self, inner: LocalStore | MemoryStore | S3Store) -> None:
        self._inner = inner

    @classmethod
    def open(cls, url: str) -> "Store":
        """The store at `url`: `file:///folder` (made when missing), `s3://bucket/prefix` or `memory:///`.

        A bucket is reached as the usual variables say: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and
        AWS_ENDPOINT for a service other than Amazon's, plain http where it says so. Nothing is asked of it yet.

        Raises:
            UnknownStoreError: another scheme, or an address without a folder or a bucket.
        """
        parts = urlsplit(url)
        if parts.scheme == "file" and parts.path.strip("/") and not parts.netloc:
            return cls(LocalStore.from_url(url, mkdir=True))
        if parts.scheme == "s3" and parts.netloc:
            retry: RetryConfig = {"max_retries": 2, "retry_timeout": timedelta(seconds=10)}
            client: ClientConfig = {
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(seconds=60),
                "allow_http": True,
            }
            return cls(S3Store.from_url(url, retry_config=retry, client_options=client))
        if parts.scheme == "memory":
            return cls(MemoryStore())
        raise UnknownStoreError("YOUGOU_FILES is file:///folder or s3://bucket/prefix")

    async def put(self, key: str, content: bytes | AsyncIterable[bytes], content_type: str) -> None:
        """Writes a file, whole or not at all: when `content` raises or the task is cancelled nothing is left.

        A file that is there already is replaced. At most PARTS_AT_ONCE parts of a stream are held in memory.

        Raises:
            BadKeyError: the key.
        """
        keeps_type = isinstance(self._inner, S3Store)  # a folder does not
        await obstore.put_async(
            self._inner,
            _checked(key),
            content,
            attributes={"Content-Type": content_type} if keeps_type else None,
            chunk_size=PART,
            max_concurrency=PARTS_AT_ONCE,
        )

    async def head(self, key: str) -> Stored | None:
        """What is known of a file without reading it; None when there is none.

        Raises:
            BadKeyError: the key.
        """
        try:
            return _stored(await obstore.head_async(self._inner, _checked(key)))
        except FileNotFoundError:
            return None

    async def get(self, key: str, span: tuple[int, int] | None = None) -> Opened | None:
        """Opens a file, or the bytes `span` of it (from the first to before the second); None when there is none.

        A span that ends behind the file ends with it.

        Raises:
            BadKeyError: the key.
            OutOfRange: the span begins behind the last byte.
        """
        options: GetOptions = {} if span is None else {"range": span}
        try:
            found = await obstore.get_async(self._inner, _checked(key), options=options)
        except FileNotFoundError:
            return None
        except GenericError:
            stored = await self.head(key)
            if span is None or stored is None or span[0] < stored.size:
                raise
            raise OutOfRange(stored.size) from None
        start, stop = found.range
        return Opened(_stored(found.meta), start, stop, _pieces(found))

    async def delete(self, key: str) -> None:
        """Removes a file; one that is not there is as good as removed.

        Raises:
            BadKeyError: the key.
        """
        try:
            await obstore.delete_async(self._inner, _checked(key))
        except FileNotFoundError:
            return

    async def list(self, prefix: str | None = None) -> AsyncIterator[Stored]:
        """Every file, or every file below `prefix`, whole segments of a key, in no particular order.

        Raises:
            BadKeyError: the prefix.
        """
        async for page in obstore.list(self._inner, None if prefix is None else _checked(prefix)):
            for each in page:
                yield _stored(each)

    async def presigned(self, method: Literal["GET", "PUT"], key: str, lifetime: timedelta) -> str | None:
        """An address at which anyone may read or write this one file for `lifetime`; None where only the shop can.

        Raises:
            BadKeyError: the key.
        """
        if not isinstance(self._inner, S3Store):
            return None
        return await obstore.sign_async(self._inner, method, _checked(key), lifetime)


async def _pieces(found: "GetResult") -> AsyncIterator[bytes]:
    async for piece in found.stream(min_chunk_size=CHUNK):
        yield bytes(piece)  # a store in memory answers a buffer type of its own


def _checked(key: str) -> str:
    if len(key) > MAX_KEY or not _KEY.fullmatch(key):
        raise BadKeyError(f"no key of the shop's: {key[:MAX_KEY]!r}")
    return key


def _stored(meta: "ObjectMeta") -> Stored:
    return Stored(meta["path"], meta["size"], meta["e_tag"] or "", meta["last_modified"])
