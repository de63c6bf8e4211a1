"""POST /uploads as wx.uploadFile sends it: what is kept, and what leaves nothing."""

import asyncio
import re
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from app.files.rules import Caps
from app.http import body, uploads
from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from app.tables import Database
from tests.conftest import Addresses
from tests.files import samples
from tests.http.uploading import ANNA, BEN, CAPS, TABLES, Desk, desk, token
from tests.rows import Rows
from tests.shop import Shop


@pytest.fixture
async def opened(stage: Addresses) -> AsyncIterator[Database]:
    """The stage's database as the serving role."""
    database = await Database.open(stage.app_url, size=5)
    yield database
    await database.close()


@pytest.fixture
async def counter(opened: Database, rows: Rows, tmp_path: Path) -> AsyncIterator[Desk]:
    """The endpoints over an empty database and folder."""
    rows.tables |= set(TABLES)
    async with desk(opened, tmp_path / "files") as made:
        yield made


def code(response: httpx.Response) -> str:
    """The one error's code."""
    (error,) = response.json()["errors"]
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(
    ("content", "content_type", "pixels"),
    [
        (samples.jpeg(), "image/jpeg", (48, 32)),
        (samples.png(), "image/png", (48, 32)),
        (samples.webp(), "image/webp", (48, 32)),
        (samples.pdf(), "application/pdf", (None, None)),
        (samples.mp4(), "video/mp4", (640, 360)),
    ],
    ids=["jpeg", "png", "webp", "pdf", "mp4"],
)
async def test_a_file_becomes_an_upload(
    counter: Desk, content: bytes, content_type: str, pixels: tuple[int | None, int | None]
) -> None:
    """The answer says what is kept; the row says the same, and that nothing refers to it yet."""
    response = await counter.send(content)
    (row,) = await counter.rows()
    (path,) = counter.files()
    kept = path.read_bytes()
    assert response.status_code == 201
    assert response.headers["cache-control"] == "private, no-store"
    assert response.json() == {
        "id": ids.encode("Upload", row["id"]),
        "sha256": sha256(kept).hexdigest(),
        "contentType": content_type,
        "size": len(kept),
        "width": pixels[0],
        "height": pixels[1],
    }
    assert (row["sha256"], row["size_bytes"], row["content_type"]) == (
        sha256(kept).hexdigest(),
        len(kept),
        content_type,
    )
    assert (row["caller"], row["referenced_at"], row["discarded_at"]) == ("customer:7", None, None)
    assert row["storage_key"] == str(path.relative_to(counter.folder))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "番茄.jpg", "a\0b.jpg", 'x".jpg', "", "C:\\a.exe"]
)
async def test_a_name_is_never_looked_at(counter: Desk, name: str) -> None:
    """Whatever it is: the file lies where the shop says, and the database has no name."""
    response = await counter.send(samples.jpeg(), name=name or "x")
    (path,) = counter.files()
    (row,) = await counter.rows()
    assert response.status_code == 201
    assert path.parent.parent == counter.folder / "uploads"
    assert path.parent.name == f"{clock.today():%Y%m%d}"
    assert re.fullmatch("[0-9a-f]{32}[.]jpg", path.name)
    assert name == "" or name not in str(row)


async def test_the_key_may_come_in_the_header_and_after_the_file(counter: Desk) -> None:
    """A form has no order."""
    content = samples.jpeg()
    by_header = await counter.client.post(
        "/uploads", files={"file": ("a", content)}, headers=token(ANNA) | {"idempotency-key": "key-0001"}
    )
    after = await counter.client.post(
        "/uploads",
        files=[("file", ("a", content)), ("idempotencyKey", (None, b"key-0002"))],
        headers=token(ANNA),
    )
    assert (by_header.status_code, after.status_code) == (201, 201)
    assert len(await counter.rows()) == 2


async def test_a_retry_is_answered_the_same(counter: Desk) -> None:
    """One row, one file, and the budget is charged once."""
    content = samples.photo()
    first = await counter.send(content)
    again = await counter.send(content)
    assert again.status_code == 201
    assert again.json() == first.json()
    assert (len(await counter.rows()), len(counter.files())) == (1, 1)
    assert await counter.database.pool.fetchval("SELECT size_bytes FROM upload_budget") == 16 * 1024


async def test_a_key_with_another_file_is_refused(counter: Desk) -> None:
    """In the caller's language; another caller may use the same key."""
    await counter.send(samples.jpeg())
    refused = await counter.send(samples.png(), headers={"accept-language": "en"})
    assert (refused.status_code, code(refused)) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert refused.json()["errors"][0]["message"].isascii()
    assert (len(await counter.rows()), len(counter.files())) == (1, 1)
    assert (await counter.send(samples.png(), caller=BEN)).status_code == 201


async def test_two_of_the_same_key_at_once_make_one(counter: Desk) -> None:
    """Both are answered with it."""
    content = samples.jpeg()
    answers = await asyncio.gather(*(counter.send(content) for _ in range(4)))
    assert {response.status_code for response in answers} == {201}
    assert len({response.text for response in answers}) == 1
    assert (len(await counter.rows()), len(counter.files())) == (1, 1)


async def test_two_of_the_same_content_at_once_are_two(counter: Desk) -> None:
    """Each upload is its caller's own."""
    content = samples.jpeg()
    first, second = await asyncio.gather(
        counter.send(content, "key-0001"), counter.send(content, "key-0001", caller=BEN)
    )
    assert first.json()["sha256"] == second.json()["sha256"]
    assert first.json()["id"] != second.json()["id"]
    assert (len(await counter.rows()), len(counter.files())) == (2, 2)


@pytest.mark.parametrize("headers", [{}, {"cookie": "session=abc"}, {"authorization": "Basic abc"}])
async def test_only_a_bearer_may_upload(counter: Desk, headers: dict[str, str]) -> None:
    """A form is a request any page may send: cookies say nothing."""
    response = await counter.client.post(
        "/uploads", files={"file": ("a", samples.jpeg())}, data={"idempotencyKey": "key-0001"}, headers=headers
    )
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
    assert response.headers["www-authenticate"] == "Bearer"
    assert await counter.has_nothing()


async def test_a_machine_uploads_nothing(counter: Desk) -> None:
    """It has no row to own a file."""
    response = await counter.send(samples.jpeg(), caller=Caller(CallerKind.MACHINE))
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
    assert await counter.has_nothing()


@pytest.mark.parametrize(
    ("content", "status", "expected"),
    [
        (b"", 400, "FILE_EMPTY"),
        (b"GIF89a" + bytes(100), 415, "FILE_TYPE_NOT_ACCEPTED"),
        (b"<svg onload='alert(1)'/>", 415, "FILE_TYPE_NOT_ACCEPTED"),
        (samples.jpeg()[:-40], 422, "FILE_BROKEN"),
        (samples.bomb(), 422, "FILE_NOT_SAFE"),
        (samples.pdf(password="secret"), 422, "FILE_NOT_SAFE"),
        (samples.png() + bytes(200_000), 413, "FILE_TOO_LARGE"),
    ],
    ids=["empty", "gif", "svg", "truncated", "bomb", "password", "large"],
)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_file_that_is_refused_leaves_nothing(
    counter: Desk, content: bytes, status: int, expected: str, language: str
) -> None:
    """Neither a row nor a file; the key is free for a better one. The name said JPEG each time."""
    response = await counter.send(content, headers={"accept-language": language})
    assert (response.status_code, code(response)) == (status, expected)
    message = response.json()["errors"][0]["message"]
    assert message.isascii() == (language == "en")
    assert await counter.has_nothing()
    assert (await counter.send(samples.jpeg())).status_code == 201


async def test_the_cap_is_exact(counter: Desk, opened: Database) -> None:
    """As many bytes as allowed are taken, one more is not; the fact is told."""
    content = samples.pdf()
    for most, status in ((len(content), 201), (len(content) - 1, 413)):
        async with desk(opened, counter.folder, Caps(image=9, video=9, document=most, day=CAPS.day)) as made:
            response = await made.send(content, f"key-{most:04}")
            assert response.status_code == status
    assert response.json()["errors"][0]["extensions"] == {"code": "FILE_TOO_LARGE", "limitBytes": len(content) - 1}
    assert len(await counter.rows()) == 1


async def test_a_body_that_is_longer_than_any_file_is_not_read(counter: Desk) -> None:
    """By what Content-Length says, or by what comes."""

    async def endless() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n'
        for sent in range(0, 10**9, 10_000):
            assert sent < body.DRAINED + 500_000  # read, so that the refusal is heard, and thrown away
            yield bytes(10_000)

    headers = token(ANNA) | {"content-type": "multipart/form-data; boundary=b"}
    said = await counter.client.post("/uploads", content=b"x", headers=headers | {"content-length": "99999999"})
    came = await counter.client.post("/uploads", content=endless(), headers=headers)
    assert (said.status_code, code(said)) == (413, "REQUEST_TOO_LARGE")
    assert (came.status_code, code(came)) == (413, "REQUEST_TOO_LARGE")
    assert await counter.has_nothing()


def form(*parts: tuple[str, str | None, bytes], end: bytes = b"--b--\r\n") -> bytes:
    """A multipart body with the boundary b of (name, file name, content)."""
    told = b""
    for name, filename, content in parts:
        called = f'; filename="{filename}"' if filename is not None else ""
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"{called}\r\n\r\n'
        told += head.encode() + content + b"\r\n"
    return told + end


KEY = ("idempotencyKey", None, b"key-0001")
FILE = ("file", "a.jpg", samples.jpeg())


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (form(KEY), 400),
        (form(KEY, FILE, FILE), 400),
        (form(KEY, KEY, FILE), 400),
        (form(KEY, ("picture", "a.jpg", samples.jpeg())), 400),
        (form(KEY, ("file", None, samples.jpeg())), 400),
        (form(FILE), 400),
        (form(("idempotencyKey", None, b"short"), FILE), 400),
        (form(("idempotencyKey", None, "钥匙钥匙钥匙钥匙".encode()), FILE), 400),
        (form(("idempotencyKey", None, b"\xff" * 8), FILE), 400),
        (form(("idempotencyKey", None, b"k" * 201), FILE), 413),
        (form(*((f"x{n}", None, b"y") for n in range(11)), FILE), 400),
        (form(KEY, FILE, end=b""), 400),
        (form(KEY, FILE)[:-30], 400),
        (b"", 400),
        (b"not a form at all", 400),
        (b'{"file": "a.jpg"}', 400),
    ],
    ids=[
        "no file",
        "two files",
        "two keys",
        "other name",
        "file as text",
        "no key",
        "short key",
        "Chinese key",
        "key no text",
        "long key",
        "many parts",
        "no end",
        "cut",
        "nothing",
        "text",
        "json",
    ],
)
async def test_a_form_that_is_wrong_leaves_nothing(counter: Desk, content: bytes, status: int) -> None:
    """Each with an error of a GraphQL answer's shape."""
    headers = token(ANNA) | {"content-type": "multipart/form-data; boundary=b"}
    response = await counter.client.post("/uploads", content=content, headers=headers)
    assert response.status_code == status
    assert code(response) in {"BAD_REQUEST", "BAD_USER_INPUT", "REQUEST_TOO_LARGE"}
    assert await counter.has_nothing()


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/json"},
        {"content-type": "multipart/form-data"},
        {"content-type": f"multipart/form-data; boundary={'b' * 71}"},
        {"content-type": "multipart/mixed; boundary=b"},
        {"content-type": "multipart/form-data; boundary=b", "content-encoding": "gzip"},
        {},
    ],
)
async def test_what_is_no_plain_form_is_not_read(counter: Desk, headers: dict[str, str]) -> None:
    """415."""
    response = await counter.client.post("/uploads", content=form(KEY, FILE), headers=token(ANNA) | headers)
    assert (response.status_code, code(response)) == (415, "BAD_REQUEST")
    assert await counter.has_nothing()


async def test_the_days_bytes_are_counted_for_each_caller(counter: Desk, opened: Database) -> None:
    """Refused files count; another caller and another day are not concerned; a small file counts as 16 KiB."""
    day = 3 * 16 * 1024
    async with desk(opened, counter.folder, Caps(image=9_000, video=1, document=1, day=day)) as made:
        sent = [
            await made.send(samples.jpeg(), "key-0001"),
            await made.send(samples.jpeg()[:-40], "key-0002"),
            await made.send(samples.jpeg(), "key-0003"),
            await made.send(samples.jpeg(), "key-0004"),
            await made.send(samples.jpeg(), "key-0005", caller=BEN),
        ]
        assert [response.status_code for response in sent] == [201, 422, 201, 429, 201]
        assert code(sent[3]) == "UPLOAD_BUDGET_SPENT"
        assert await opened.pool.fetchval("SELECT size_bytes FROM upload_budget WHERE caller = 'customer:7'") == day
        assert (len(await made.rows()), len(made.files())) == (3, 3)
        await opened.pool.execute("UPDATE upload_budget SET business_day = business_day - 1")
        assert (await made.send(samples.jpeg(), "key-0006")).status_code == 201


async def test_together_no_more_than_the_days_bytes_get_through(counter: Desk, opened: Database) -> None:
    """The row of the count decides."""
    async with desk(opened, counter.folder, Caps(image=9_000, video=1, document=1, day=2 * 16 * 1024)) as made:
        sent = await asyncio.gather(*(made.send(samples.jpeg(), f"key-{n:04}") for n in range(6)))
        assert sorted(response.status_code for response in sent) == [201, 201, 429, 429, 429, 429]
        assert (len(await made.rows()), len(made.files())) == (2, 2)


async def test_a_silent_client_is_let_go(counter: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """408, and nothing is left."""
    monkeypatch.setattr(body, "IDLE", 0.01)

    async def silent() -> AsyncIterator[bytes]:
        yield form(KEY, FILE)[:300]
        await asyncio.Event().wait()

    headers = token(ANNA) | {"content-type": "multipart/form-data; boundary=b"}
    response = await counter.client.post("/uploads", content=silent(), headers=headers)
    assert (response.status_code, code(response)) == (408, "TIMEOUT")
    assert await counter.has_nothing()


async def test_so_many_files_at_once_and_no_more(counter: Desk) -> None:
    """The one too many is refused at once; afterwards there is room again."""
    go, waiting = asyncio.Event(), asyncio.Semaphore(0)

    async def slow() -> AsyncIterator[bytes]:
        yield form(KEY, FILE)[:300]
        waiting.release()
        await go.wait()
        yield form(KEY, FILE)[300:]

    headers = token(ANNA) | {"content-type": "multipart/form-data; boundary=b"}
    sending = [
        asyncio.create_task(counter.client.post("/uploads", content=slow(), headers=headers))
        for _ in range(uploads.AT_ONCE)
    ]
    for _ in sending:
        await waiting.acquire()
    refused = await counter.send(samples.jpeg())
    other = await counter.send(samples.jpeg(), caller=BEN)
    go.set()
    assert (refused.status_code, code(refused), other.status_code) == (429, "TOO_MANY_UPLOADS", 201)
    assert {response.status_code for response in await asyncio.gather(*sending)} == {201}
    assert (await counter.send(samples.jpeg(), "key-0002")).status_code == 201


async def test_the_whole_application_has_the_endpoint(bare_shop: Shop, rows: Rows) -> None:
    """A visitor is refused there too; GET has nothing to say."""
    assert (await bare_shop.client.post("/uploads", files={"file": ("a", b"x")})).status_code == 401
    assert (await bare_shop.client.get("/uploads")).status_code == 405
