"""Large files go directly into the store; afterwards they are looked at as every other."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.files import queries
from app.files.store import Store
from app.http.uploads import READ_SCOPE, told
from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from app.tables import Database
from tests.conftest import Addresses
from tests.files import s3, samples
from tests.http.uploading import ANNA, BEN, CAPS, TABLES, Desk, desk, token
from tests.rows import Rows


@pytest.fixture
async def opened(stage: Addresses, rows: Rows) -> AsyncIterator[Database]:
    """The stage's database as the serving role; `rows` empties it again."""
    rows.tables |= set(TABLES)
    database = await Database.open(stage.app_url, size=5)
    yield database
    await database.close()


@pytest.fixture
async def counter(opened: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """The endpoints over an empty database and folder."""
    async with desk(opened, tmp_path / "files") as made:
        yield made


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[s3.Bucket]:
    """An S3 service with an empty bucket."""
    with s3.running() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


async def prepared(counter: Desk, size: int, key: str = "key-0001", **options: Any) -> httpx.Response:
    """Asks for a ticket."""
    headers = token(options.pop("caller", ANNA))
    asked = {"size": size, "idempotencyKey": key}
    return await counter.client.post("/uploads/presigned", json=asked, headers=headers, **options)


async def completed(counter: Desk, ticket: dict[str, Any], caller: Any = ANNA) -> httpx.Response:
    """Says that the file is there."""
    return await counter.client.post(f"/uploads/presigned/{ticket['id']}/complete", headers=token(caller))


def code(response: httpx.Response) -> str:
    """The one error's code."""
    (error,) = response.json()["errors"]
    return str(error["extensions"]["code"])


async def test_a_file_is_put_and_becomes_an_upload(counter: Desk) -> None:
    """The address needs no token; what was put is gone, what is kept has a new place. Asked again: the same."""
    content = samples.mp4()
    response = await prepared(counter, len(content))
    ticket = response.json()
    assert (response.status_code, ticket["method"]) == (201, "PUT")
    assert datetime.fromisoformat(ticket["expiresAt"]) > clock.now() + timedelta(minutes=59)
    assert (await counter.client.put(ticket["url"], content=content)).status_code == 204
    assert await counter.rows() == []
    first, again = await completed(counter, ticket), await completed(counter, ticket)
    (row,) = await counter.rows()
    (path,) = counter.files()
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.json()["id"] == ids.encode("Upload", row["id"])
    assert (row["content_type"], row["size_bytes"]) == ("video/mp4", len(content))
    assert str(path.relative_to(counter.folder)) == row["storage_key"]
    assert row["storage_key"].startswith("uploads/")
    assert (await counter.client.put(ticket["url"], content=content)).status_code == 404


async def test_a_bucket_takes_the_file_itself(opened: Database, bucket: s3.Bucket, tmp_path: Path) -> None:
    """The address is the bucket's, signed by the store's own key."""
    content = samples.pdf()
    async with desk(opened, tmp_path, store=Store.open("s3://shop/files")) as counter, httpx.AsyncClient() as outside:
        ticket = (await prepared(counter, len(content))).json()
        assert ticket["url"].startswith(f"http://127.0.0.1:{bucket.port}/shop/files/incoming/")
        assert (await outside.put(ticket["url"], content=content)).status_code == 200
        response = await completed(counter, ticket)
    assert response.status_code == 201
    ((key, (kept, kind)),) = bucket.files.items()
    assert key.startswith("files/uploads/")
    assert (kept, kind) == (content, "application/pdf")


async def test_a_ticket_is_issued_once_for_a_key(counter: Desk) -> None:
    """The budget is charged once; another size with the same key is refused."""
    first, again = await prepared(counter, 100_000), await prepared(counter, 100_000)
    assert first.json()["id"] == again.json()["id"]
    assert await counter.database.pool.fetchval("SELECT size_bytes FROM upload_budget") == 100_000
    refused = await prepared(counter, 100_001)
    assert (refused.status_code, code(refused)) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert await counter.database.pool.fetchval("SELECT count(*) FROM upload_ticket") == 1


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ({"size": CAPS.largest + 1, "idempotencyKey": "key-0001"}, 413, "FILE_TOO_LARGE"),
        ({"size": 0, "idempotencyKey": "key-0001"}, 400, "BAD_USER_INPUT"),
        ({"size": -1, "idempotencyKey": "key-0001"}, 400, "BAD_USER_INPUT"),
        ({"size": True, "idempotencyKey": "key-0001"}, 400, "BAD_USER_INPUT"),
        ({"size": "9", "idempotencyKey": "key-0001"}, 400, "BAD_USER_INPUT"),
        ({"size": 9.5, "idempotencyKey": "key-0001"}, 400, "BAD_USER_INPUT"),
        ({"size": 9}, 400, "BAD_USER_INPUT"),
        ({"size": 9, "idempotencyKey": "short"}, 400, "BAD_USER_INPUT"),
        ([], 400, "BAD_REQUEST"),
    ],
)
async def test_what_is_asked_wrongly_gets_no_ticket(counter: Desk, asked: Any, status: int, expected: str) -> None:
    """And costs nothing."""
    response = await counter.client.post("/uploads/presigned", json=asked, headers=token(ANNA))
    assert (response.status_code, code(response)) == (status, expected)
    assert await counter.database.pool.fetchval("SELECT count(*) FROM upload_ticket") == 0
    assert await counter.database.pool.fetchval("SELECT count(*) FROM upload_budget") == 0


async def test_more_than_the_days_bytes_get_no_ticket(counter: Desk) -> None:
    """Ten of 300 kB are promised, no eleventh."""
    answers = [await prepared(counter, 300_000, f"key-{n:04}") for n in range(11)]
    assert [response.status_code for response in answers] == [201] * 10 + [429]
    assert code(answers[-1]) == "UPLOAD_BUDGET_SPENT"
    assert await counter.database.pool.fetchval("SELECT count(*) FROM upload_ticket") == 10


async def test_a_visitor_gets_no_ticket_and_completes_none(counter: Desk) -> None:
    """401; another customer finds none either."""
    ticket = (await prepared(counter, 100)).json()
    asked = await counter.client.post("/uploads/presigned", json={"size": 9, "idempotencyKey": "key-0002"})
    visited = await counter.client.post(f"/uploads/presigned/{ticket['id']}/complete")
    assert (asked.status_code, visited.status_code) == (401, 401)
    other = await completed(counter, ticket, BEN)
    assert (other.status_code, code(other)) == (404, "UPLOAD_NOT_FOUND")
    assert await counter.has_nothing()


@pytest.mark.parametrize("difference", [-1, 1])
async def test_a_file_of_another_size_is_not_stored(counter: Desk, difference: int) -> None:
    """Neither a byte more nor one less than was said."""
    content = samples.jpeg()
    ticket = (await prepared(counter, len(content) + difference)).json()
    response = await counter.client.put(ticket["url"], content=content)
    assert response.status_code == (422 if difference > 0 else 413)
    assert await counter.has_nothing()
    early = await completed(counter, ticket)
    assert (early.status_code, code(early)) == (404, "UPLOAD_NOT_FOUND")


async def test_what_was_put_is_looked_at(counter: Desk) -> None:
    """A broken picture is no upload; a good one put in its place is."""
    content = samples.jpeg()
    broken = content[:-40] + bytes(40)
    ticket = (await prepared(counter, len(content))).json()
    await counter.client.put(ticket["url"], content=broken)
    refused = await completed(counter, ticket)
    assert (refused.status_code, code(refused)) == (422, "FILE_BROKEN")
    assert await counter.rows() == []
    await counter.client.put(ticket["url"], content=content)
    assert (await completed(counter, ticket)).status_code == 201


async def test_completed_twice_at_once_it_is_one_upload(counter: Desk) -> None:
    """Both answers name it; the other's file is gone."""
    content = samples.pdf()
    ticket = (await prepared(counter, len(content))).json()
    await counter.client.put(ticket["url"], content=content)
    answers = await asyncio.gather(*(completed(counter, ticket) for _ in range(3)))
    good = [response for response in answers if response.status_code == 201]
    assert len({response.text for response in good}) == 1
    assert {response.status_code for response in answers} <= {201, 404}  # 404: the file was gone before it was read
    assert (len(await counter.rows()), len(counter.files())) == (1, 1)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda url: url.replace("signature=", "signature=0"), 403),
        (lambda url: url.partition("?")[0], 403),
        (lambda url: url.replace("expires=", "expires=9"), 403),
        (lambda url: url.replace("expires=", "expires=²"), 403),
        (lambda url: url.replace("/incoming/", "/incoming/x"), 400),
    ],
    ids=["signature", "none", "expiry", "digits", "id"],
)
async def test_an_address_of_ones_own_making_is_refused(counter: Desk, change: Any, status: int) -> None:
    """Nothing is stored."""
    ticket = (await prepared(counter, 9)).json()
    response = await counter.client.put(change(ticket["url"]), content=b"x" * 9)
    assert response.status_code == status
    assert await counter.has_nothing()


async def test_an_address_ends(counter: Desk) -> None:
    """After an hour."""
    ticket = (await prepared(counter, 9)).json()
    with clock.moved_to(clock.now() + timedelta(minutes=61)):
        response = await counter.client.put(ticket["url"], content=b"x" * 9)
    assert (response.status_code, code(response)) == (403, "FORBIDDEN")
    assert await counter.has_nothing()


async def test_a_used_file_is_served_and_no_other(counter: Desk) -> None:
    """Whole, by range, or not again; never as anything but what it is."""
    content = samples.pdf()
    url = f"/uploads/{(await counter.send(content)).json()['id']}"
    hers = token(ANNA)
    assert (await counter.client.get(url, headers=hers)).status_code == 404
    await counter.database.pool.execute("UPDATE upload SET referenced_at = now()")
    whole = await counter.client.get(url, headers=hers)
    assert (whole.status_code, whole.content) == (200, content)
    assert whole.headers["content-type"] == "application/pdf"
    assert whole.headers["content-length"] == str(len(content))
    assert whole.headers["cache-control"].startswith("private")
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.headers["content-security-policy"] == "default-src 'none'; sandbox"
    for asked, start, stop in (
        ("bytes=0-9", 0, 10),
        ("bytes=-5", len(content) - 5, len(content)),
        ("bytes=7-", 7, len(content)),
    ):
        part = await counter.client.get(url, headers=hers | {"range": asked})
        assert (part.status_code, part.content) == (206, content[start:stop])
        assert part.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(content)}"
    behind = await counter.client.get(url, headers=hers | {"range": "bytes=99999999-"})
    assert (behind.status_code, behind.headers["content-range"]) == (416, f"bytes */{len(content)}")
    for several in ("bytes=0-1,3-4", "bytes=5-2", "bytes=-", "lines=1-2"):
        assert (await counter.client.get(url, headers=hers | {"range": several})).content == content
    known = await counter.client.get(url, headers=hers | {"if-none-match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = await counter.client.head(url, headers=hers)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(content)), b"")


async def test_only_its_owner_and_staff_that_may_look_see_a_file(counter: Desk) -> None:
    """For everybody else it is not there; a visitor is asked who he is."""
    url = f"/uploads/{(await counter.send(samples.jpeg())).json()['id']}"
    await counter.database.pool.execute("UPDATE upload SET referenced_at = now()")
    reader = Caller(CallerKind.STAFF, 7, frozenset({READ_SCOPE}))
    others = [BEN, Caller(CallerKind.STAFF, 7), Caller(CallerKind.PARTNER, 7, frozenset({READ_SCOPE}))]
    assert [(await counter.client.get(url, headers=token(each))).status_code for each in (ANNA, reader)] == [200, 200]
    assert [(await counter.client.get(url, headers=token(each))).status_code for each in others] == [404] * 3
    assert (await counter.client.get(url)).status_code == 401


async def test_what_is_told_is_the_row(counter: Desk) -> None:
    """By POST and by complete alike."""
    response = await counter.send(samples.jpeg())
    async with counter.database.session():
        upload = await queries.by_id(ids.decode(response.json()["id"], "Upload"))
    assert upload is not None
    assert response.json() == told(upload)
