"""Files in a folder, in memory and in a bucket behave the same; a key is never a path out of the store."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.files.store import PART, BadKeyError, OutOfRange, Store, UnknownStoreError
from tests.files import s3

KEY = "media/peach/1.webp"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[s3.Bucket]:
    """An S3 service with an empty bucket."""
    with s3.running() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture(params=["file", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
    urls = {"file": (tmp_path / "files").as_uri(), "memory": "memory:///", "s3": "s3://shop"}
    return Store.open(urls[request.param])


async def stream(*parts: bytes) -> AsyncIterator[bytes]:
    """The parts, one after another."""
    for part in parts:
        yield part


async def whole(store: Store, key: str) -> bytes | None:
    """What is in a file."""
    opened = await store.get(key)
    return None if opened is None else await opened.read()


async def keys(store: Store, prefix: str) -> list[str]:
    """What is there, sorted."""
    return sorted([each.key async for each in store.list(prefix)])


def names(folder: Path) -> list[str]:
    """The files that are really there."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def test_what_is_put_is_got(store: Store) -> None:
    """The bytes, their number, and an entity tag that changes with them."""
    await store.put(KEY, b"peach", "image/webp")
    first = await store.head(KEY)
    await store.put(KEY, stream(b"another ", b"", b"peach"), "image/webp")
    second = await store.head(KEY)
    assert first is not None
    assert second is not None
    assert (first.key, first.size, second.size) == (KEY, 5, 13)
    assert first.etag.startswith('"')
    assert first.etag != second.etag
    assert await whole(store, KEY) == b"another peach"


async def test_a_file_larger_than_a_part_arrives_whole(store: Store) -> None:
    """In parts of 5 MiB on the way to S3."""
    await store.put(KEY, stream(b"a" * PART, b"b" * PART, b"c"), "video/mp4")
    stored = await store.head(KEY)
    assert stored is not None
    assert stored.size == 2 * PART + 1
    opened = await store.get(KEY, (PART - 1, PART + 1))
    assert opened is not None
    assert await opened.read() == b"ab"


@pytest.mark.parametrize(("span", "expected"), [((0, 1), b"0"), ((2, 5), b"234"), ((7, 99), b"789")])
async def test_a_span_is_read_alone(store: Store, span: tuple[int, int], expected: bytes) -> None:
    """The whole file's size comes with it, for Content-Range."""
    await store.put(KEY, b"0123456789", "text/plain")
    opened = await store.get(KEY, span)
    assert opened is not None
    assert (opened.start, opened.stop, opened.stored.size) == (span[0], min(span[1], 10), 10)
    assert await opened.read() == expected


async def test_a_span_behind_the_file_is_refused(store: Store) -> None:
    """With the size the client should know."""
    await store.put(KEY, b"0123456789", "text/plain")
    with pytest.raises(OutOfRange) as refused:
        await store.get(KEY, (10, 20))
    assert refused.value.size == 10
    assert await store.get("media/none", (10, 20)) is None


async def test_what_is_not_there_is_none(store: Store) -> None:
    """Reading and removing alike."""
    assert await store.head(KEY) is None
    assert await store.get(KEY) is None
    await store.delete(KEY)
    assert await keys(store, "media") == []


async def test_a_prefix_is_whole_segments(store: Store) -> None:
    """`a/b` is below `a`, `ab` is not."""
    for key in ("a/b", "a/c/d", "ab/c", "a-b"):
        await store.put(key, b"x", "text/plain")
    assert await keys(store, "a") == ["a/b", "a/c/d"]
    await store.delete("a/b")
    assert await keys(store, "a") == ["a/c/d"]


async def test_a_stream_that_breaks_leaves_nothing(store: Store, tmp_path: Path) -> None:
    """Also what was there before stays as it was."""

    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * (PART + 1)
        raise ConnectionResetError

    await store.put("media/old", b"old", "text/plain")
    for key in ("media/new", "media/old"):
        with pytest.raises(ConnectionResetError):
            await store.put(key, broken(), "text/plain")
    assert await keys(store, "media") == ["media/old"]
    assert await whole(store, "media/old") == b"old"
    assert names(tmp_path) in ([], ["old"])


async def test_a_put_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    """The client went away."""
    begun = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x" * (PART + 1)
        begun.set()
        await asyncio.Event().wait()

    store = Store.open(tmp_path.as_uri())
    task = asyncio.create_task(store.put(KEY, slow(), "text/plain"))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    while names(tmp_path):  # noqa: ASYNC110 - removed by another thread, which signals nobody
        await asyncio.sleep(0.01)
    assert await store.head(KEY) is None


@pytest.mark.parametrize(
    "key",
    ["", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/.", ".hidden", "a\\b", "a\0b", "桃.jpg", "A", "a b", "a" * 201],
)
async def test_a_path_is_no_key(key: str, tmp_path: Path) -> None:
    """Neither to write nor to read nor to list; nothing is written anywhere."""
    store = Store.open((tmp_path / "files").as_uri())
    with pytest.raises(BadKeyError):
        await store.put(key, b"x", "text/plain")
    with pytest.raises(BadKeyError):
        await store.get(key)
    with pytest.raises(BadKeyError):
        await store.head(key)
    with pytest.raises(BadKeyError):
        await store.delete(key)
    with pytest.raises(BadKeyError):
        await keys(store, key)
    assert names(tmp_path) == []


@pytest.mark.parametrize("url", ["", "files", "file:///", "file://host/folder", "s3://", "ftp://host/a", "https://a/b"])
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    """At the start, not at the first file."""
    with pytest.raises(UnknownStoreError):
        Store.open(url)


async def test_a_bucket_keeps_the_type_and_presigns(bucket: s3.Bucket) -> None:
    """Anyone with the address writes that one file, and reads it; another key needs another address."""
    store = Store.open("s3://shop/files")
    url = await store.presigned("PUT", "up/1", timedelta(minutes=5))
    assert url is not None
    async with httpx.AsyncClient() as client:
        assert (await client.put(url, content=b"by the client")).status_code == 200
        assert (await client.put(url.replace("up/1", "up/2"), content=b"elsewhere")).status_code == 403
        read = await store.presigned("GET", "up/1", timedelta(minutes=5))
        assert (await client.get(str(read))).content == b"by the client"
    await store.put(KEY, b"peach", "image/webp")
    assert sorted(bucket.files) == [f"files/{KEY}", "files/up/1"]
    assert bucket.files[f"files/{KEY}"][1] == "image/webp"
    assert await keys(store, "up") == ["up/1"]


async def test_a_folder_cannot_presign(tmp_path: Path) -> None:
    """None: the shop's own address takes the file then."""
    assert await Store.open(tmp_path.as_uri()).presigned("PUT", KEY, timedelta(minutes=5)) is None
