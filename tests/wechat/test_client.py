"""What the client makes of each of WeChat's answers; the stand-in answers as WeChat does, with status 200."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from app.embedded.wechat.server import StandIn
from app.kit import clock
from app.wechat.client import LARGEST, Person, Phone, WeChat
from app.wechat.errors import CodeInvalid, CodeUsed, TooFrequent, UserBlocked, WeChatRefused, WeChatUnavailable
from tests.shop import ACCOUNT, NOW, wechat


@pytest.fixture
def servers() -> StandIn:
    """WeChat's servers, by the tests' clock."""
    return wechat()


@pytest.fixture
async def client(servers: StandIn) -> AsyncIterator[WeChat]:
    """The shop's client of them."""
    transport = httpx.ASGITransport(servers.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://wechat.test", timeout=0.2) as http:
        yield WeChat(http, ACCOUNT)


async def test_a_code_names_a_person_once(client: WeChat, servers: StandIn) -> None:
    """The second time it is used up."""
    code = servers.state.give_login_code("o-1", clock.now().timestamp())
    assert await client.person_of(code) == Person("o-1")
    with pytest.raises(CodeUsed):
        await client.person_of(code)


async def test_a_code_is_good_for_five_minutes(client: WeChat, servers: StandIn) -> None:
    """And an invented one never."""
    code = servers.state.give_login_code("o-1", NOW.timestamp())
    with clock.moved_to(NOW + timedelta(minutes=5, seconds=1)), pytest.raises(CodeInvalid):
        await client.person_of(code)
    with pytest.raises(CodeInvalid):
        await client.person_of("invented")


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (40029, CodeInvalid),
        (40163, CodeUsed),
        (45011, TooFrequent),
        (40226, UserBlocked),
        (40013, WeChatRefused),
        (-1, WeChatUnavailable),
        ("html", WeChatUnavailable),
    ],
)
async def test_each_refusal_has_its_class(
    fault: int | str, refusal: type[Exception], client: WeChat, servers: StandIn
) -> None:
    """WeChat's numbers, and a gateway's page."""
    servers.state.faults["jscode2session"] = [fault]
    with pytest.raises(refusal) as raised:
        await client.person_of("x")
    assert "secret" not in str(raised.value)
    assert servers.state.calls["jscode2session"] == 1


async def test_one_token_serves_all_requests_at_once(client: WeChat, servers: StandIn) -> None:
    """Twenty numbers at once fetch one access token."""
    codes = [servers.state.give_phone_code(f"1380013{number:04}", clock.now().timestamp()) for number in range(20)]
    phones = await asyncio.gather(*(client.phone_of(code) for code in codes))
    assert phones[7] == Phone("86", "13800130007")
    assert servers.state.calls == {"stable_token": 1, "getuserphonenumber": 20}


async def test_a_token_is_fetched_anew_before_its_end(client: WeChat, servers: StandIn) -> None:
    """WeChat's token lasts two hours; five minutes before the end it is asked for again."""
    for minutes, fetched in ((0, 1), (114, 1), (116, 2)):
        with clock.moved_to(NOW + timedelta(minutes=minutes)):
            await client.phone_of(servers.state.give_phone_code("13800138000", clock.now().timestamp()))
        assert servers.state.calls["stable_token"] == fetched


@pytest.mark.parametrize("over", [40001, 42001])
async def test_a_refused_token_is_fetched_anew_once(over: int, client: WeChat, servers: StandIn) -> None:
    """Then the number is asked for again: WeChat did not look at the code. A second time is an error."""
    code = servers.state.give_phone_code("13800138000", clock.now().timestamp())
    servers.state.faults["getuserphonenumber"] = [over]
    assert await client.phone_of(code) == Phone("86", "13800138000")
    assert servers.state.calls == {"stable_token": 2, "getuserphonenumber": 2}
    servers.state.faults["getuserphonenumber"] = [over, over]
    with pytest.raises(WeChatRefused, match=str(over)):
        await client.phone_of("another")
    assert servers.state.calls["getuserphonenumber"] == 4


async def test_many_refused_tokens_fetch_one(client: WeChat, servers: StandIn) -> None:
    """Ten requests whose token was refused fetch the next one together."""
    await client.phone_of(servers.state.give_phone_code("13800138000", clock.now().timestamp()))
    servers.state.token_at = 0  # somebody forced a refresh
    codes = [servers.state.give_phone_code("13800138000", clock.now().timestamp()) for _ in range(10)]
    await asyncio.gather(*(client.phone_of(code) for code in codes))
    assert servers.state.calls["stable_token"] == 2


async def test_a_number_of_another_mini_program_is_refused(client: WeChat, servers: StandIn) -> None:
    """The watermark says for whom its owner confirmed it."""
    servers.state.watermark = "wx-somebody-else"
    with pytest.raises(CodeInvalid):
        await client.phone_of(servers.state.give_phone_code("13800138000", clock.now().timestamp()))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{}",
        b'{"openid": 7}',
        b'{"openid": ""}',
        b'{"errcode": "x"}',
        b" " * (LARGEST + 1),
    ],
)
async def test_an_answer_that_is_none_is_no_person(content: bytes) -> None:
    """Whatever stands between the shop and WeChat."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    async with httpx.AsyncClient(transport=transport, base_url="http://wechat.test") as http:
        with pytest.raises(WeChatUnavailable):
            await WeChat(http, ACCOUNT).person_of("x")


async def test_a_silent_server_is_not_waited_for() -> None:
    """A time-out is no answer."""

    def silence(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("", request=request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(silence), base_url="http://wechat.test") as http:
        with pytest.raises(WeChatUnavailable, match="jscode2session: ReadTimeout"):
            await WeChat(http, ACCOUNT).person_of("x")


async def test_the_secret_is_in_no_log(client: WeChat, servers: StandIn, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the secret nor a code nor an openid, whatever went wrong."""
    code = servers.state.give_login_code("o-private", clock.now().timestamp())
    servers.state.faults["jscode2session"] = [40226, -1, "html"]
    for _ in range(3):
        with pytest.raises((WeChatRefused, WeChatUnavailable)):
            await client.person_of(code)
    await client.person_of(code)
    told = "".join(capsys.readouterr())
    assert "jscode2session" in told
    assert not any(word in told for word in (ACCOUNT.secret, code, "o-private"))
