"""How sockets end: with what their caller came with, with the server, with a client that reads too slowly."""

import asyncio
from datetime import timedelta

import pytest

from app.kit import clock
from app.kit.caller import Caller, CallerKind
from tests.http.socket.serving import INIT, socket, until
from tests.http.socket.toy import Toy
from tests.http.toy import TOKENS, bearer
from tests.rows import Rows

CUSTOMER = Caller(CallerKind.CUSTOMER, 7, frozenset({"secret:read"}))


@pytest.mark.parametrize("wrap", [lambda given: given, lambda given: {"headers": given}], ids=["flat", "below headers"])
@pytest.mark.parametrize("name", ["authorization", "Authorization"])
async def test_a_caller_says_who_it_is_in_the_init(toy: Toy, name: str, wrap: object) -> None:
    """With the words of the header; what it asks is asked in its name, with its scopes."""
    given = {name: bearer(CUSTOMER)["authorization"], "accept-language": "en"}
    async with socket(toy.url, begin=False) as client:
        await client.begin(wrap(given))  # type: ignore[operator]  # one of the two above
        await client.ask("1", "{ caller secret locale }")
        data = (await client.hear())["payload"]["data"]
        assert data == {"caller": "customer:7", "secret": 1, "locale": "en"}


async def test_an_api_key_is_taken_too(toy: Toy, rows: Rows) -> None:
    """Partners may watch as they may ask."""
    partner = await rows.partner()
    key = await rows.api_key(partner)
    async with socket(toy.url, begin=False) as client:
        await client.begin({"authorization": f"Bearer {key}"})
        await client.ask("1", "{ caller }")
        assert (await client.hear())["payload"]["data"] == {"caller": f"partner:{partner}"}


@pytest.mark.parametrize("given", ["Bearer yg1.wrong", "Basic abc", "", "Bearer ygk_nobody_knows_this"])
async def test_what_does_not_hold_is_refused(toy: Toy, given: str) -> None:
    """4403, never as a visitor."""
    async with socket(toy.url, begin=False) as client:
        await client.say(INIT | {"payload": {"authorization": given}})
        assert (await client.ended())[0] == 4403


async def test_an_expired_token_is_refused(toy: Toy) -> None:
    """As over HTTP."""
    with clock.moved_to(clock.now() - timedelta(hours=2)):
        token = bearer(CUSTOMER)
    async with socket(toy.url, begin=False) as client:
        await client.say(INIT | {"payload": token})
        assert await client.ended() == (4403, "the token has expired")


async def test_a_socket_ends_with_its_token(toy: Toy) -> None:
    """4403 at the token's end, in the midst of a stream; clients then come back with a new one."""
    token = TOKENS.issue(CUSTOMER, timedelta(seconds=2))
    _, expires_at = TOKENS.read_until(token)
    async with socket(toy.url, begin=False) as client:
        await client.begin({"authorization": f"Bearer {token}"})
        await client.ask("1", "subscription { waits }")
        assert (await client.hear())["type"] == "next"
        assert await client.ended() == (4403, "The token has expired")
        assert clock.now() >= expires_at


async def test_a_socket_ends_with_its_sign_in(toy: Toy) -> None:
    """Who has signed out is told nothing more, neither of a stream nor of anything new: 4403."""
    token = bearer(CUSTOMER.within(5))
    async with socket(toy.url, begin=False) as watching, socket(toy.url, begin=False) as asking:
        await asking.begin(token)
        await watching.begin(token)
        await watching.ask("1", "subscription { waits }")
        assert (await watching.hear())["payload"] == {"data": {"waits": 1}}
        toy.ended._known[5] = clock.now()
        toy.streams.go.set()
        await asking.ask("1", "{ hello }")
        assert await watching.ended() == (4403, "You were signed out.")
        assert await asking.ended() == (4403, "You were signed out.")


async def test_a_caller_has_few_sockets(toy: Toy) -> None:
    """One more is 4429; others are not touched, and one that leaves makes room."""
    toy.limit(per_caller=1)
    other = Caller(CallerKind.CUSTOMER, 8)
    async with socket(toy.url, begin=False) as first:
        await first.begin(bearer(CUSTOMER))
        async with socket(toy.url, begin=False) as second:
            await second.say(INIT | {"payload": bearer(CUSTOMER)})
            assert await second.ended() == (4429, "Too many sockets of this caller")
        async with socket(toy.url, begin=False) as third:
            await third.begin(bearer(other))
    await until(lambda: not toy.sockets.count.by_caller)
    async with socket(toy.url, begin=False) as again:
        await again.begin(bearer(CUSTOMER))


async def test_a_process_that_leaves_asks_its_clients_to_come_back(toy: Toy) -> None:
    """1012 for each; streams are closed before, and closing returns when all are."""
    async with socket(toy.url) as first, socket(toy.url) as second:
        for client in (first, second):
            await client.ask("1", "subscription { waits }")
            await client.hear()
        closing = asyncio.create_task(toy.sockets.close())
        assert await first.ended() == (1012, "Service restart")
        assert await second.ended() == (1012, "Service restart")
        await closing
        assert toy.streams.open == 0
        assert toy.sockets.count.all == 0


async def test_a_client_that_takes_nothing_is_cut_off(toy: Toy) -> None:
    """What waits for it is one message and what the network holds, however much there is to say."""
    if toy.is_without_backpressure:
        toy.limit(ping_seconds=0.3)  # uvicorn takes all we send: the client is found out by its silence
    else:
        toy.limit(send_seconds=0.3)
    async with socket(toy.url, max_queue=1) as client:
        client.is_mute = True
        await client.ask("1", "subscription { big(bytes: 1000000) }")
        await client.hear()
        await until(lambda: toy.sockets.count.all == 0)
        assert toy.streams.open == 0
        client.socket.transport.abort()


async def test_a_thousand_sockets_leave_nothing(toy: Toy) -> None:
    """No task, no timer that keeps one alive, no count."""
    toy.limit(per_address=1000)
    before = len(asyncio.all_tasks())

    async def come_and_go(_: int) -> None:
        async with socket(toy.url) as client:
            await client.ask("1", "subscription { waits }")
            await client.hear()

    for tens in range(10):
        await asyncio.gather(*map(come_and_go, range(tens * 100, tens * 100 + 100)))
    await until(lambda: toy.sockets.count.all == 0)
    await until(lambda: len(asyncio.all_tasks()) <= before)
    assert toy.streams.open == 0
