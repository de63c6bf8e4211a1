"""graphql-transport-ws, message by message and close code by close code, behind both servers."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.http.socket.serving import ACK, INIT, socket, subscribe
from tests.http.socket.toy import COUNT, FRIEND, Toy


async def test_a_subscription_from_beginning_to_end(url: str) -> None:
    """Acknowledged, its answers in order, completed; its id is free again."""
    async with socket(url, begin=False) as client:
        assert client.socket.subprotocol == "graphql-transport-ws"
        await client.say(INIT)
        assert await client.hear() == ACK
        for _ in range(2):
            await client.ask("1", "subscription { count(to: 2) }")
            assert [await client.hear() for _ in range(3)] == [
                {"id": "1", "type": "next", "payload": {"data": {"count": 0}}},
                {"id": "1", "type": "next", "payload": {"data": {"count": 1}}},
                {"id": "1", "type": "complete"},
            ]


async def test_a_registered_document_is_asked_by_its_id(url: str) -> None:
    """As over HTTP."""
    async with socket(url) as client:
        payload = {"documentId": COUNT.id, "variables": {"to": 1}}
        await client.say({"type": "subscribe", "id": "1", "payload": payload})
        assert (await client.hear())["payload"] == {"data": {"count": 0}}
        assert (await client.hear())["type"] == "complete"


@pytest.mark.parametrize(("query", "data"), [("{ hello }", {"hello": "hello"}), ("mutation { write }", {"write": 1})])
async def test_queries_and_mutations_have_one_answer(url: str, query: str, data: dict[str, Any]) -> None:
    """And are complete then."""
    async with socket(url) as client:
        await client.ask("q", query)
        assert await client.hear() == {"id": "q", "type": "next", "payload": {"data": data}}
        assert await client.hear() == {"id": "q", "type": "complete"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { count(to: 1) waits }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription ($to: Int!) { count(to: $to) }", "BAD_USER_INPUT"),
        ("subscription { refused }", "BAD_USER_INPUT"),
        ("query A { hello } query B { hello }", "OPERATION_RESOLUTION_FAILURE"),
        ("{ secret }", "UNAUTHENTICATED"),
    ],
)
async def test_what_cannot_be_executed_is_an_error_and_the_socket_lives_on(url: str, query: str, code: str) -> None:
    """The `error` message ends the operation, no `complete` follows, and the id is free."""
    async with socket(url) as client:
        await client.ask("1", query)
        answer = await client.hear()
        assert (answer["id"], answer["type"]) == ("1", "error")
        assert [error["extensions"]["code"] for error in answer["payload"]] == [code]
        await client.ask("1", "{ hello }")
        assert (await client.hear())["payload"] == {"data": {"hello": "hello"}}


async def test_a_fault_is_masked(url: str) -> None:
    """In a field beside the data; in a stream as the error that ends it. Nothing internal is told."""
    async with socket(url) as client:
        await client.ask("1", "{ fails hello }")
        answer = await client.hear()
        assert answer["type"] == "next"
        assert answer["payload"]["data"] == {"fails": None, "hello": "hello"}
        assert answer["payload"]["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
        assert (await client.hear())["type"] == "complete"
        await client.ask("2", "subscription { breaks }")
        assert (await client.hear())["payload"] == {"data": {"breaks": 1}}
        answer = await client.hear()
        assert (answer["id"], answer["type"]) == ("2", "error")
        assert answer["payload"][0]["message"] == "Something went wrong on our side."
        assert "hunter2" not in str(answer)


async def test_a_client_completes_its_operation(url: str, toy: Toy) -> None:
    """The stream is closed and nothing more of it is sent; completing what is over or unknown is no error."""
    async with socket(url) as client:
        await client.ask("1", "subscription { waits }")
        assert (await client.hear())["payload"] == {"data": {"waits": 1}}
        assert toy.streams.open == 1
        await client.say(
            {"type": "complete", "id": "1"}, {"type": "complete", "id": "1"}, {"type": "complete", "id": "x"}
        )
        await client.ask("2", "{ hello }")
        assert (await client.hear())["id"] == "2"
        assert toy.streams.open == 0


async def test_operations_run_side_by_side(url: str, toy: Toy) -> None:
    """A waiting stream keeps nobody waiting, and goes on."""
    async with socket(url) as client:
        await client.ask("w", "subscription { waits }")
        assert (await client.hear())["payload"] == {"data": {"waits": 1}}
        await client.ask("q", "{ hello }")
        assert [(await client.hear())["type"] for _ in range(2)] == ["next", "complete"]
        toy.streams.go.set()
        assert await client.hear() == {"id": "w", "type": "next", "payload": {"data": {"waits": 2}}}
        assert await client.hear() == {"id": "w", "type": "complete"}


async def test_pings_are_answered(url: str) -> None:
    """Before and after the acknowledgement, with their payload; a pong out of the blue is heard and forgotten."""
    async with socket(url, begin=False) as client:
        await client.say({"type": "ping"}, {"type": "pong"}, {"type": "ping", "payload": {"a": 1}})
        assert await client.hear() == {"type": "pong"}
        assert await client.hear() == {"type": "pong", "payload": {"a": 1}}
        await client.begin()
        await client.say({"type": "ping", "payload": None})
        assert await client.hear() == {"type": "pong"}


BAD = {
    "no JSON": "hello",
    "an array": "[]",
    "an array of messages": '[{"type": "ping"}]',
    "a string": '"ping"',
    "null": "null",
    "binary": b'{"type": "ping"}',
    "no type": "{}",
    "an unknown type": '{"type": "start"}',
    "a type of the server": '{"type": "connection_ack"}',
    "a type that is no string": '{"type": ["ping"]}',
    "an init payload that is no object": '{"type": "connection_init", "payload": 1}',
    "a ping payload that is no object": '{"type": "ping", "payload": "x"}',
    "a subscription without id": '{"type": "subscribe", "payload": {"query": "{ hello }"}}',
    "an empty id": '{"type": "subscribe", "id": "", "payload": {"query": "{ hello }"}}',
    "an id that is no string": '{"type": "subscribe", "id": 1, "payload": {"query": "{ hello }"}}',
    "a subscription without payload": '{"type": "subscribe", "id": "1"}',
    "a subscription without document": '{"type": "subscribe", "id": "1", "payload": {}}',
    "a document that is no string": '{"type": "subscribe", "id": "1", "payload": {"query": {}}}',
    "variables that are a list": '{"type": "subscribe", "id": "1", "payload": {"query": "{ hello }", "variables": []}}',
    "a name that is no string": '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "operationName": 1}}',
    "extensions that are text": '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "extensions": "x"}}',
    "a completion without id": '{"type": "complete"}',
    "an oversized message": '{"type": "ping", "payload": {"a": "' + "x" * 64 * 1024 + '"}}',
    "too many brackets": '{"type": "ping", "payload": ' + '{"a":' * 5000 + "1" + "}" * 5000 + "}",
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_message_closes_the_socket(url: str, name: str) -> None:
    """With 4400 at once, also with an operation under way, which is cancelled."""
    async with socket(url) as client:
        await client.ask("w", "subscription { waits }")
        await client.hear()
        await client.say(BAD[name])
        assert (await client.ended())[0] == 4400


async def test_subscribing_before_the_acknowledgement(url: str) -> None:
    """4401, and nothing was run."""
    async with socket(url, begin=False) as client:
        await client.say(subscribe("1", "{ hello }"))
        assert await client.ended() == (4401, "Unauthorized")


async def test_a_second_init(url: str) -> None:
    """4429."""
    async with socket(url) as client:
        await client.say(INIT)
        assert await client.ended() == (4429, "Too many initialisation requests")


async def test_an_id_in_use(url: str) -> None:
    """4409, whatever the operation; a long id does not break the close frame."""
    async with socket(url) as client:
        await client.say(subscribe("1", "subscription { waits }"), subscribe("1", "{ hello }"))
        assert await client.ended() == (4409, "Subscriber for 1 already exists")
    async with socket(url) as client:
        await client.say(*[subscribe("好" * 100, "subscription { waits }")] * 2)
        code, reason = await client.ended()
        assert (code, len(reason.encode())) == (4409, 123 - (123 - len("Subscriber for ")) % 3)


@pytest.mark.parametrize("protocols", [["graphql-ws"], [], ["soap", "graphql-ws"]])
async def test_other_protocols_are_not_spoken(url: str, protocols: list[str]) -> None:
    """4406; the legacy protocol stays off."""
    async with socket(url, begin=False, protocols=protocols) as client:
        assert client.socket.subprotocol is None
        assert await client.ended() == (4406, "Subprotocol not acceptable")


async def test_the_protocol_is_chosen_among_others(url: str) -> None:
    """As clients offer that can speak both."""
    async with socket(url, protocols=["graphql-ws", "graphql-transport-ws"]) as client:
        assert client.socket.subprotocol == "graphql-transport-ws"


async def test_an_init_that_does_not_come(toy: Toy) -> None:
    """4408, also for a client that pings."""
    toy.limit(init_seconds=0.2)
    async with socket(toy.url, begin=False) as client:
        await client.say({"type": "ping"})
        assert await client.ended() == (4408, "Connection initialisation timeout")


@pytest.mark.parametrize("origin", [FRIEND, None])
async def test_origins_that_may(url: str, origin: str | None) -> None:
    """One that is allowed, and what is no browser; our own too."""
    own = url.replace("ws://", "http://").removesuffix("/graphql")
    for given in (origin, own):
        async with socket(url, origin=given):
            pass


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", f"{FRIEND}.evil.example"])
async def test_pages_of_other_sites_may_not(url: str, origin: str) -> None:
    """They are refused in the handshake: 403."""
    with pytest.raises(InvalidStatus) as refused:
        async with socket(url, origin=origin):
            pass
    assert refused.value.response.status_code == 403


async def test_too_many_operations(toy: Toy) -> None:
    """One more than may run is refused; the others and the socket go on."""
    toy.limit(operations=2)
    async with socket(toy.url) as client:
        for name in "ab":
            await client.ask(name, "subscription { waits }")
            assert (await client.hear())["id"] == name
        await client.ask("c", "{ hello }")
        answer = await client.hear()
        assert (answer["id"], answer["type"]) == ("c", "error")
        assert answer["payload"][0]["extensions"]["code"] == "THROTTLED"
        assert toy.streams.open == 2


async def test_too_many_sockets(toy: Toy) -> None:
    """An address that has its share is told 429, anybody when all are taken 503; one that leaves makes room."""
    toy.limit(sockets=3, per_address=2)
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(socket(toy.url))
        await stack.enter_async_context(socket(toy.url))
        assert await status_of(toy.url) == 429
        await stack.enter_async_context(socket(toy.url, additional_headers={"x-address": "there"}))
        assert await status_of(toy.url) == 503
        await first.socket.close()
        async with socket(toy.url):
            pass


async def status_of(url: str) -> int:
    """What a handshake is refused with."""
    with pytest.raises(InvalidStatus) as refused:
        async with socket(url):
            pass
    return int(refused.value.response.status_code)


async def test_the_schema_is_shown_to_whom_it_may(toy: Toy) -> None:
    """As over HTTP: no introspection, and no names proposed."""
    toy.limit(is_open=False)
    async with socket(toy.url) as client:
        for query, code in (
            ("{ __schema { description } }", "UNAUTHENTICATED"),
            ("{ helo }", "GRAPHQL_VALIDATION_FAILED"),
        ):
            await client.ask("1", query)
            answer = await client.hear()
            assert answer["type"] == "error"
            assert answer["payload"][0]["extensions"]["code"] == code
            assert "mean" not in answer["payload"][0]["message"]


async def test_an_execution_that_takes_too_long(toy: Toy) -> None:
    """It is stopped and told; the socket lives on."""
    toy.limit(seconds=0.1)
    async with socket(toy.url) as client:
        await client.ask("1", "{ waits }")
        answer = await client.hear()
        assert answer["type"] == "error"
        assert answer["payload"][0]["extensions"]["code"] == "DEADLINE_EXCEEDED"
        await client.ask("1", "{ hello }")
        assert (await client.hear())["type"] == "next"


async def test_a_client_that_is_gone(toy: Toy) -> None:
    """Its answers to pings are missing: it is closed with 1013, and its streams end."""
    toy.limit(ping_seconds=0.2)
    async with socket(toy.url) as client:
        client.is_mute = True
        await client.ask("1", "subscription { waits }")
        assert await client.ended() == (1013, "No answer to a ping")
        assert toy.streams.open == 0


async def test_a_client_that_asks_nothing(toy: Toy) -> None:
    """It is closed normally; one with an operation is kept as long as it answers."""
    toy.limit(ping_seconds=0.1, idle_seconds=0.3)
    async with socket(toy.url) as idle, socket(toy.url) as busy:
        await busy.ask("1", "subscription { waits }")
        await busy.hear()
        waiting = asyncio.create_task(busy.hear())  # it answers pings meanwhile
        assert await idle.ended() == (1000, "Idle")
        toy.streams.go.set()
        assert (await waiting)["payload"] == {"data": {"waits": 2}}


async def test_a_reader_that_was_cut_off(url: str) -> None:
    """It is asked to come back: 1013."""
    async with socket(url) as client:
        await client.ask("1", "subscription { tooSlow }")
        assert await client.ended() == (1013, "Read too slowly")


async def test_a_client_that_leaves_without_a_word(toy: Toy) -> None:
    """Whatever ran for it is cancelled (the fixture looks)."""
    async with socket(toy.url) as client:
        await client.ask("1", "subscription { waits }")
        await client.hear()
        assert toy.streams.open == 1
        client.socket.transport.abort()
