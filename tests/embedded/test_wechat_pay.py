"""The stand-in makes careless shops lose money: each has one fault, and the same day goes well at ours."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import orjson
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.embedded.wechat_pay import seals
from app.embedded.wechat_pay.server import StandIn
from app.embedded.wechat_pay.state import State
from app.kit import clock
from app.payments.gateway import NewOrder
from app.payments.wechat_pay.client import WeChatPay
from tests.payments.counter import APPID, NOTIFY, PERSON, merchant, phone, platform_keys
from tests.shop import NOW

NUMBER = "YG20261120000000000001"


@dataclass
class Careless:
    """A shop as too many are: it takes what it is told, adds it up, and asks nobody."""

    verifies: bool = True
    received: list[int] = field(default_factory=list)
    delivered: bool = False
    is_closed: bool = False

    async def notify(self, request: Request) -> Response:
        """Adds what arrives, delivers, and answers that all is well."""
        body = await request.body()
        head = request.headers
        message = f"{head['wechatpay-timestamp']}\n{head['wechatpay-nonce']}\n".encode() + body + b"\n"
        signature = head["wechatpay-signature"]
        if self.verifies and not seals.fits(platform_keys().platform.public_key(), message, signature):
            return Response(status_code=401)
        sealed = orjson.loads(body)["resource"]
        nonce, aad = sealed["nonce"].encode(), sealed["associated_data"].encode()
        content = seals.base64.b64decode(sealed["ciphertext"])
        plain = orjson.loads(AESGCM(platform_keys().apiv3).decrypt(nonce, content, aad))
        self.received.append(plain["amount"]["total"])
        self.delivered = True
        return Response(status_code=204)


@dataclass
class Street:
    """A careless shop beside the stand-in, at a clock of the test's own."""

    shop: Careless
    stand_in: StandIn
    client: WeChatPay
    http: httpx.AsyncClient
    at: list[float]

    async def pay(self) -> None:
        """A customer orders and pays 1000 fen."""
        order = NewOrder(NUMBER, "x", 1000, NOW.replace(minute=10), PERSON)
        given = phone(self.client.parameters(await self.client.create(order)))
        if self.shop.is_closed:
            await self.client.close(NUMBER)
        assert (await self.http.post("/stand-in/pay", json=given)).is_success


@pytest.fixture(autouse=True)
async def stopped_clock() -> AsyncIterator[None]:
    """The client's; the stand-in's is the street's."""
    with clock.moved_to(NOW):
        yield


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    """One for each test."""
    shop, at = Careless(), [NOW.timestamp()]
    app = Starlette(routes=[Route("/wechat-pay/notify", shop.notify, methods=["POST"])])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as telling:
        stand_in = StandIn(State(platform_keys(), APPID), telling, lambda: at[0])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(stand_in.app()), base_url="http://pay.test") as http:
            yield Street(shop, stand_in, WeChatPay(http, merchant(), NOTIFY), http, at)


async def test_who_does_not_verify_delivers_for_a_forged_notification(street: Street) -> None:
    """Anybody can sign with a key of his own; who looks refuses and is told again."""
    street.stand_in.state.switches.spoil = "signature"
    await street.pay()
    assert await street.stand_in.deliver() == 0
    assert not street.shop.delivered
    street.shop.verifies = False
    street.at[0] += 15
    assert await street.stand_in.deliver() == 1
    assert street.shop.delivered


async def test_who_has_no_window_takes_what_is_old(street: Street) -> None:
    """Recorded yesterday, sent today."""
    street.stand_in.state.switches.spoil = "late"
    await street.pay()
    assert await street.stand_in.deliver() == 1
    headers = street.stand_in.state.sent[-1][0]
    assert int(headers["Wechatpay-Timestamp"]) == NOW.timestamp() - 360


async def test_who_counts_each_notification_counts_twice(street: Street) -> None:
    """WeChat says it may come more than once."""
    street.stand_in.state.switches.repeat = 2
    await street.pay()
    assert await street.stand_in.deliver() == 2
    assert sum(street.shop.received) == 2000


async def test_who_does_not_ask_never_hears_of_a_lost_one(street: Street) -> None:
    """It is not sent again: the customer paid and gets nothing. The query knows."""
    street.stand_in.state.switches.lose = 1
    await street.pay()
    street.at[0] += 30 * 86400
    assert await street.stand_in.deliver() == 0
    assert not street.shop.delivered
    street.at[0] = NOW.timestamp()
    trade = await street.client.query(NUMBER)
    assert trade is not None
    assert trade.charge is not None


async def test_who_forgets_that_it_closed_delivers_what_was_released(street: Street) -> None:
    """Money after the close: the order was somebody else's by then."""
    street.shop.is_closed = True
    street.stand_in.state.switches.pay_after_close = True
    await street.pay()
    await street.stand_in.deliver()
    assert (street.shop.delivered, street.shop.received) == (True, [1000])


async def test_a_delayed_notification_comes_late(street: Street) -> None:
    """And in another order than the money came, when told so."""
    street.stand_in.state.switches.delay = 3600
    await street.pay()
    assert await street.stand_in.deliver() == 0
    street.at[0] += 3600
    assert await street.stand_in.deliver() == 1
