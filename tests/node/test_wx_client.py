"""The mini-program's client under Node, with a stand-in for `wx`, against the application on a port."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from app.documents import files
from app.files.store import Store
from app.http.operations import operations
from app.http.state import State
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.settings import Environment
from app.tables import Database
from schema.documents import MINIPROGRAM
from tests.files import samples
from tests.node.program import HERE, PATIENCE, node
from tests.served import served
from tests.shop import SECRET, application, state, with_state

ANNA = Caller(CallerKind.CUSTOMER, 7)
VISITORS = {"do": "query", "name": "CategoryTree", "variables": {}}

Client = Callable[..., Awaitable[dict[str, Any]]]


OPERATIONS = operations(files.read(MINIPROGRAM))


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Where the shop keeps files."""
    return tmp_path / "files"


@pytest.fixture
async def root(app_url: str, folder: Path) -> AsyncIterator[str]:
    """The application over an empty database."""
    database = await Database.open(app_url, size=5)
    opened: State = {**(await state(database)), "files": Store.open(folder.as_uri())}
    async with served(with_state(application(Environment.DEVELOPMENT), opened)) as address:
        yield address
    await database.close()


@pytest.fixture(scope="session")
def client() -> Client:
    """Runs steps in the client; what it tells of them."""
    program = node()

    async def run(root: str, *steps: dict[str, Any], **options: Any) -> dict[str, Any]:
        given = {"root": root, "operations": OPERATIONS, "steps": steps, **options}
        process = await asyncio.create_subprocess_exec(
            program,
            *("--experimental-websocket", "--no-warnings", str(HERE / "wx_client.mjs"), json.dumps(given)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(PATIENCE):
            printed, complaints = await process.communicate()
        assert process.returncode == 0, complaints.decode()
        found: dict[str, Any] = json.loads(printed)
        return found

    return run


def token(lifetime: timedelta = timedelta(hours=1)) -> str:
    """A customer's bearer token."""
    return Tokens([SECRET]).issue(ANNA, lifetime)


async def test_a_query_goes_by_get_at_one_address(client: Client, root: str) -> None:
    """Whatever the order of its variables."""
    slug = {"do": "query", "name": "ProductReviews"}
    ways = [{"slug": "none", "first": 3}, {"first": 3, "slug": "none"}]
    told = await client(root, VISITORS, *({**slug, "variables": way} for way in ways))
    assert told["results"][0] == {"data": {"categories": []}}
    assert [each["method"] for each in told["sent"]] == ["GET"] * 3
    assert told["sent"][1]["url"] == told["sent"][2]["url"]
    assert "authorization" not in told["sent"][0]["header"]


async def test_a_long_query_goes_by_post(client: Client, root: str) -> None:
    """Addresses have an end; the answer is the same."""
    told = await client(root, {"do": "query", "name": "SearchSuggestions", "variables": {"prefix": "番" * 300}})
    assert told["sent"][0]["method"] == "POST"


async def test_a_refusal_is_told_with_its_code(client: Client, root: str) -> None:
    """Of a field, of a variable, and of a document the shop does not know."""
    wrong = {"do": "query", "name": "CategoryTree", "variables": {"no": 1}}
    told = await client(root, {"do": "query", "name": "PickupSlots", "variables": {}}, wrong)
    assert told["results"][0]["code"] == "BAD_USER_INPUT"
    unknown = {"CategoryTree": {"id": f"sha256:{'0' * 64}", "type": "query"}}
    told = await client(root, VISITORS, operations=unknown)
    assert told["results"][0]["code"] == "PERSISTED_DOCUMENT_NOT_FOUND"
    assert len(told["sent"]) == 1


async def test_what_did_not_arrive_is_asked_again(client: Client, root: str) -> None:
    """Twice; the third time it is told."""
    told = await client(root, VISITORS, lose=2)
    assert (told["results"], len(told["sent"])) == ([{"data": {"categories": []}}], 3)
    told = await client(root, VISITORS, lose=3)
    assert (told["results"][0]["code"], told["results"][0]["status"], len(told["sent"])) == ("NETWORK", 0, 3)


async def test_a_write_without_a_key_is_sent_once(client: Client, root: str) -> None:
    """It may have arrived."""
    write = {"do": "mutate", "name": "AddFavourite", "variables": {"productId": "x"}}
    told = await client(root, write, lose=1, tokens=[token()])
    assert (told["results"][0]["code"], len(told["sent"])) == ("NETWORK", 1)


async def test_requests_wait_for_one_new_token(client: Client, root: str) -> None:
    """All of them are answered with it."""
    read = {"do": "query", "name": "MyFavourites", "variables": {"first": 1}}
    told = await client(root, {"do": "together", "all": [read] * 4}, tokens=["yg1.old", token()])
    assert told["refreshed"] == 1
    assert [result.get("code") for result in told["results"][0]] == [None] * 4


async def test_a_new_token_that_does_not_hold_either_is_told(client: Client, root: str) -> None:
    """No second one is asked for."""
    told = await client(root, VISITORS, tokens=["yg1.old", "yg1.older", token()])
    assert (told["refreshed"], told["results"][0]["code"], len(told["sent"])) == (1, "UNAUTHENTICATED", 2)


def sizes(folder: Path) -> list[int]:
    """The bytes of each file that is there."""
    return [path.stat().st_size for path in folder.rglob("*") if path.is_file()]


async def test_a_photo_is_uploaded_once(client: Client, root: str, folder: Path, tmp_path: Path) -> None:
    """Its answer was lost, the token old: still one file."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(samples.photo())
    upload = {"do": "upload", "path": str(photo), "key": "key-0001"}
    told = await client(root, upload, upload, tokens=["yg1.old", token()], loseAnswers=2)
    first, again = told["results"]
    assert first == again
    assert {name: first["data"][name] for name in ("contentType", "width", "height")} == {
        "contentType": "image/jpeg",
        "width": 32,
        "height": 48,
    }
    assert sizes(folder) == [first["data"]["size"]]
    assert told["refreshed"] == 1


async def test_a_file_that_is_refused_is_not_sent_again(client: Client, root: str, tmp_path: Path) -> None:
    """The refusal is told in the client's language."""
    page = tmp_path / "page.jpg"
    page.write_bytes(b"<html>" * 10)
    told = await client(root, {"do": "upload", "path": str(page), "key": "key-0001"}, tokens=[token()])
    (result,) = told["results"]
    assert (result["code"], result["status"], len(told["sent"])) == ("FILE_TYPE_NOT_ACCEPTED", 415, 1)
    assert "不支持" in result["message"]


FIRST_SOCKET_HEARS = ["connection_init", "pong", "subscribe", "subscribe"]


def replies(message: dict[str, Any], connection: int) -> list[dict[str, Any]]:
    """What the script says to one message: one event on the first connection, two more and the end on the next."""
    if message["type"] == "connection_init":
        return [{"type": "connection_ack"}, {"type": "ping"}]
    if message["type"] != "subscribe":
        return []
    refused = message["payload"]["variables"] == {"refused": True}
    events = [] if refused else [1] if connection == 1 else [2, 3]
    said = [{"id": message["id"], "type": "next", "payload": {"data": {"event": number}}} for number in events]
    if connection == 1:
        return said
    if refused:
        errors = [{"message": "No.", "extensions": {"code": "FORBIDDEN"}}]
        return [{"id": message["id"], "type": "error", "payload": errors}]
    return [*said, {"id": message["id"], "type": "complete"}]


def scripted(heard: list[dict[str, Any]]) -> ASGIApp:
    """A socket that breaks after one event, then, on a new connection, says two more and completes.

    It breaks once it has read all that the client says on it: TCP throws away what was sent when a socket is closed
    over bytes nobody read, and the event would be lost on the way.
    """
    connections = 0

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal connections
        connections += 1
        mine = connections
        await receive()
        await send({"type": "websocket.accept", "subprotocol": scope["subprotocols"][0]})
        while (event := await receive())["type"] == "websocket.receive":
            message = orjson.loads(event["text"])
            heard.append({"connection": mine, **message})
            for reply in replies(message, mine):
                await send({"type": "websocket.send", "text": orjson.dumps(reply).decode()})
            if mine == 1 and len(heard) == len(FIRST_SOCKET_HEARS):
                await send({"type": "websocket.close", "code": 1012})
                return

    return app


async def test_a_subscription_survives_its_socket(client: Client) -> None:
    """It is asked again on a new one, with the token; pings are answered; one socket serves all."""
    heard: list[dict[str, Any]] = []
    watched = {"Slots": {"id": "sha256:1", "type": "subscription"}}
    step = {"do": "subscribe", "name": "Slots", "variables": {"point": "1"}, "count": 9}
    refused = {**step, "variables": {"refused": True}}
    async with served(scripted(heard)) as address:
        told = await client(
            address,
            {"do": "together", "all": [step, refused]},
            operations=watched,
            tokens=["a-token"],
        )
    assert told["results"][0][0] == {"events": [{"event": 1}, {"event": 2}, {"event": 3}], "completed": True}
    assert told["results"][0][1] == {"events": [], "code": "FORBIDDEN", "message": "No."}
    assert [each["protocols"] for each in told["sent"]] == [["graphql-transport-ws"]] * 2
    inits = [each["payload"] for each in heard if each["type"] == "connection_init"]
    assert inits == [{"accept-language": "zh-CN", "authorization": "Bearer a-token"}] * 2
    asked = [each["payload"] for each in heard if each["type"] == "subscribe" and each["connection"] == 2]
    assert asked[0] == {"documentId": "sha256:1", "variables": {"point": "1"}}
    assert sorted(each["type"] for each in heard if each["connection"] == 1) == FIRST_SOCKET_HEARS
    assert {"connection": 2, "type": "pong"} in heard
