"""graphql-ws, and the mini-program's client, on the sockets of the shop; another process takes places in its slots."""

from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

from tests.commands.programs import free_port
from tests.node.program import Talk, talking
from tests.node.test_wx_client import OPERATIONS
from tests.shop import IDS
from tests.trading import Trading

WATCH = """subscription ($point: ID!) {
  slotAvailability(pickupPointId: $point) { isComplete slots { id remaining isOpen } } }"""
CONNECTED = {"connected": True}
LEFT = {"closed": 1000, "reason": "Normal Closure"}


def watch(trade: Trading) -> dict[str, Any]:
    """The payload that watches the point."""
    return {"query": WATCH, "variables": {"point": trade.point}}


def graphql_ws(url: str, payload: dict[str, Any], **options: Any) -> AbstractAsyncContextManager[Talk]:
    """The client under way, asking one operation; `count`: until so many events were heard."""
    return talking("graphql_ws.mjs", {"url": url.replace("http", "ws"), "payload": payload, **options})


def event(trade: Trading, *remaining: tuple[int, int], is_complete: bool = False) -> dict[str, Any]:
    """An event that tells how many places slots have left, by their number."""
    slots = [{"id": trade.slots[slot], "remaining": left, "isOpen": True} for slot, left in remaining]
    return {"next": {"data": {"slotAvailability": {"isComplete": is_complete, "slots": slots}}}}


async def until_over(talk: Talk) -> None:
    """The client leaves as it should."""
    assert await talk.hear() == LEFT
    assert await talk.hear() is None


async def test_all_slots_then_what_changes(trade: Trading, url: str) -> None:
    """By a customer; the client completes and leaves when it has heard enough."""
    async with graphql_ws(url, watch(trade), token=trade.token, count=2) as talk:
        assert await talk.hear() == CONNECTED
        assert await talk.hear() == event(trade, (0, 10), (1, 10), is_complete=True)
        await trade.take(slot=1)
        assert await talk.hear() == event(trade, (1, 9))
        assert await talk.hear() == {"complete": True}
        await until_over(talk)


async def test_queries_and_mutations_over_the_socket(trade: Trading, url: str) -> None:
    """Answered once, then complete; registered documents by their ids; refusals as errors of their operation."""
    added = {"addFavourite": {"__typename": "Product", "id": trade.product, "isFavourite": True}}
    answered = [
        ({"query": "{ categories { slug } }"}, {"categories": [{"slug": "fruit"}]}),
        ({"query": "", "documentId": IDS["AddFavourite"], "variables": {"productId": trade.product}}, added),
    ]
    for payload, data in answered:
        async with graphql_ws(url, payload, token=trade.token) as talk:
            assert await talk.hear() == CONNECTED
            assert await talk.hear() == {"next": {"data": data}}
            assert await talk.hear() == {"complete": True}
            await until_over(talk)
    refused = [
        ({"query": "{ categories { nmae } }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": WATCH, "variables": {"point": "nonsense"}}, "BAD_USER_INPUT"),
    ]
    for payload, code in refused:
        async with graphql_ws(url, payload) as talk:
            assert await talk.hear() == CONNECTED
            assert [error["extensions"]["code"] for error in (await talk.hear())["errors"]] == [code]
            await until_over(talk)


async def test_a_token_that_does_not_hold_ends_the_socket(trade: Trading, url: str) -> None:
    """4403, each time the client comes back with the same."""
    async with graphql_ws(url, watch(trade), token="yg1.old") as talk:
        for _ in range(2):
            assert await talk.hear() == {"closed": 4403, "reason": "not a token"}


async def test_a_client_comes_back_after_a_restart(trade: Trading) -> None:
    """The process leaves with 1012 and another one takes its port: all slots are told again, with what was missed."""
    port = free_port()
    async with AsyncExitStack() as stack:
        async with trade.opened(port) as address:
            client = graphql_ws(f"{address}/graphql", watch(trade), count=3)
            talk = await stack.enter_async_context(client)
            assert await talk.hear() == CONNECTED
            assert await talk.hear() == event(trade, (0, 10), (1, 10), is_complete=True)
        assert await talk.hear() == {"closed": 1012, "reason": "Service restart"}
        await trade.take()
        await stack.enter_async_context(trade.opened(port))
        while (happened := await talk.hear()) != CONNECTED:
            assert happened["closed"] == 1006
        assert await talk.hear() == event(trade, (0, 9), (1, 10), is_complete=True)
        await trade.take(slot=1)
        assert await talk.hear() == event(trade, (1, 9))
        assert await talk.hear() == {"complete": True}
        await until_over(talk)


async def test_the_mini_program_watches_slots(trade: Trading, url: str) -> None:
    """By the registered document."""
    given = {
        "root": url.removesuffix("/graphql"),
        "operations": OPERATIONS,
        "name": "SlotAvailability",
        "variables": {"pickupPointId": trade.point},
        "token": trade.token,
        "count": 2,
    }
    async with talking("wx_socket.mjs", given) as talk:
        first = (await talk.hear())["data"]["slotAvailability"]
        assert (first["isComplete"], [slot["remaining"] for slot in first["slots"]]) == (True, [10, 10])
        await trade.take()
        (changed,) = (await talk.hear())["data"]["slotAvailability"]["slots"]
        assert changed == first["slots"][0] | {"remaining": 9}
        assert await talk.hear() is None
