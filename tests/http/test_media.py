"""Files at /media/."""

from collections.abc import AsyncIterator
from io import BytesIO

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from app.files.store import Store
from app.http.media import Media
from tests.shop import ADDRESSES, with_state

FILE = bytes(range(256)) * 4
FOREVER = "public, max-age=31536000, immutable"


def picture() -> bytes:
    """A picture of 800 x 400."""
    found = BytesIO()
    Image.new("RGB", (800, 400), "teal").save(found, "WEBP")
    return found.getvalue()


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Asks the files' endpoint alone, over a store of its own."""
    store = Store.open("memory:///")
    for key, content in {
        "media/a/film.mp4": FILE,
        "media/a/1.webp": picture(),
        "media/a/report.pdf": b"%PDF-1.7",
        "media/a/page.html": b"<script>",
        "private/a.pdf": b"%PDF-secret",
        "uploads/20261120/a.webp": picture(),
    }.items():
        await store.put(key, content, "")
    app = with_state(Starlette(routes=[Media(ADDRESSES).route()]), {"files": store})  # type: ignore[typeddict-item]  # all it needs
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as asked:
        yield asked


@pytest.mark.parametrize(
    ("name", "kind"), [("film.mp4", "video/mp4"), ("1.webp", "image/webp"), ("report.pdf", "application/pdf")]
)
async def test_a_file_is_kept_for_a_year(name: str, kind: str, client: httpx.AsyncClient) -> None:
    """Its type by its name, its tag, its length; nothing in it may run."""
    answer = await client.get(f"/media/a/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["etag"].startswith('"')


async def test_a_file_of_unknown_type_is_only_downloaded(client: httpx.AsyncClient) -> None:
    """No page of somebody else's in the shop's name."""
    headers = (await client.get("/media/a/page.html")).headers
    assert (headers["content-type"], headers["content-disposition"]) == ("application/octet-stream", "attachment")
    assert headers["content-security-policy"] == "sandbox"


async def test_head_tells_the_same_without_the_file(client: httpx.AsyncClient) -> None:
    """Also what a part would be a part of."""
    got, told = await client.get("/media/a/film.mp4"), await client.head("/media/a/film.mp4")
    assert (told.status_code, told.content) == (200, b"")
    assert {key: told.headers[key] for key in got.headers} == dict(got.headers)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=1000-", 1000, 1024),
        ("bytes=1000-9999", 1000, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-9999", 0, 1024),
    ],
)
async def test_a_part(asked: str, start: int, stop: int, client: httpx.AsyncClient) -> None:
    """206 with exactly those bytes."""
    answer = await client.get("/media/a/film.mp4", headers={"range": asked})
    assert (answer.status_code, answer.content) == (206, FILE[start:stop])
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/1024"
    assert answer.headers["content-length"] == str(stop - start)


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=99999999999-", "bytes=-0"])
async def test_a_part_behind_the_end(asked: str, client: httpx.AsyncClient) -> None:
    """416 with the real length."""
    answer = await client.get("/media/a/film.mp4", headers={"range": asked})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */1024")


@pytest.mark.parametrize("asked", ["bytes=5-4", "bytes=0-1,4-5", "items=0-1", "bytes=-", "bytes=a-b", "bytes=0-1x"])
async def test_what_is_no_part_is_the_whole(asked: str, client: httpx.AsyncClient) -> None:
    """As RFC 9110 lets a server choose."""
    answer = await client.get("/media/a/film.mp4", headers={"range": asked})
    assert (answer.status_code, answer.content) == (200, FILE)


async def test_what_the_client_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    """304 for its tag, weak or among others, and for *; the file for another tag."""
    etag = (await client.get("/media/a/film.mp4")).headers["etag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = await client.get("/media/a/film.mp4", headers={"if-none-match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
        assert answer.headers["cache-control"] == FOREVER
    assert (await client.get("/media/a/film.mp4", headers={"if-none-match": '"x"'})).status_code == 200


async def test_a_part_of_another_version_is_the_whole(client: httpx.AsyncClient) -> None:
    """If-Range: the part for the tag it has, else everything."""
    etag = (await client.get("/media/a/film.mp4")).headers["etag"]
    for known, status in ((etag, 206), ('"x"', 200)):
        answer = await client.get("/media/a/film.mp4", headers={"range": "bytes=0-9", "if-range": known})
        assert answer.status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "none.webp",
        "",
        "a",
        "..%2Fprivate%2Fa.pdf",
        "a/..%2f..%2fprivate/a.pdf",
        "%2e%2e/private/a.pdf",
        "a/%00.webp",
        "A/1.WEBP",
        "a//1.webp",
        "x" * 3000,
    ],
)
async def test_nothing_else_is_found(path: str, client: httpx.AsyncClient) -> None:
    """A plain 404 that nobody keeps: no path leads out of what is public."""
    answer = await client.get(f"/media/{path}")
    assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (
        404,
        "There is no such file.\n",
        "no-store",
    )


async def test_a_broken_line_is_no_header(client: httpx.AsyncClient) -> None:
    """Nothing of a path reaches the answer."""
    answer = await client.get("/media/a/1.webp%0d%0ax-mine:%20y")
    assert (answer.status_code, "x-mine" in answer.headers) == (404, False)


async def test_only_reading_is_possible(client: httpx.AsyncClient) -> None:
    """405, saying what is."""
    answer = await client.post("/media/a/1.webp")
    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


async def test_a_picture_in_a_size_that_was_given_out(client: httpx.AsyncClient) -> None:
    """Of that width, kept as long, and known by a tag of its own."""
    whole, answer = await client.get("/media/a/1.webp"), await client.get(ADDRESSES.public("a/1.webp", 320))
    with Image.open(BytesIO(answer.content)) as found:
        assert (found.format, found.size) == ("WEBP", (320, 160))
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/webp", FOREVER)
    assert answer.headers["etag"] != whole.headers["etag"]


@pytest.mark.parametrize(
    "query",
    [
        "width=320",
        "width=320&signature=",
        "width=640&signature={}",
        "width=0320&signature={}",
        "width=&signature={}",
        "signature={}",
        "signature=",
        "width=320&signature={}x",
    ],
)
async def test_a_size_that_was_not_given_out(query: str, client: httpx.AsyncClient) -> None:
    """403, and nothing is made."""
    signature = ADDRESSES.public("a/1.webp", 320).rpartition("=")[2]
    answer = await client.get("/media/a/1.webp?" + query.format(signature))
    assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")


@pytest.mark.parametrize("key", ["a/report.pdf", "a/film.mp4", "a/none.webp"])
async def test_what_is_no_picture_has_no_size(key: str, client: httpx.AsyncClient) -> None:
    """Even at an address that was given out."""
    assert (await client.get(ADDRESSES.public(key, 320))).status_code == 404


async def test_a_private_file_is_found_by_its_address_alone(client: httpx.AsyncClient) -> None:
    """And only the client that has it may keep it."""
    answer = await client.get(ADDRESSES.stored("private/a.pdf"))
    assert (answer.content, answer.headers["cache-control"]) == (b"%PDF-secret", "private, max-age=31536000, immutable")
    assert (await client.get("/media/private/a.pdf")).status_code == 404


async def test_an_upload_is_found_by_its_address_alone(client: httpx.AsyncClient) -> None:
    """Whole and in a width, where the shop gave its address out; nobody who only knows its key has it."""
    key = "uploads/20261120/a.webp"
    for address in (f"/media/{key}", f"/{key}", f"/media/{key}?width=320", f"/media/{key}?width=320&signature=x"):
        assert (await client.get(address)).status_code in {403, 404}
    answers = [await client.get(ADDRESSES.public(key, width)) for width in (None, 320)]
    sizes = [Image.open(BytesIO(answer.content)).size for answer in answers]
    assert sizes == [(800, 400), (320, 160)]
