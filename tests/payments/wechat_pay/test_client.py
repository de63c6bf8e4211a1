"""The client against a stand-in that signs and checks by itself; and clients with a fault, which it finds."""

import asyncio
from datetime import date, timedelta
from typing import Any

import httpx
import orjson
import pytest
from starlette.responses import Response

from app.embedded.wechat_pay import keys as stand_in_keys
from app.embedded.wechat_pay.server import StandIn
from app.embedded.wechat_pay.state import State
from app.kit import clock
from app.payments.errors import (
    AlreadyPaid,
    BillNotReady,
    GatewayRefused,
    GatewayUnavailable,
    NotEnough,
    NumberUsed,
    OrderClosed,
)
from app.payments.gateway import Bill, NewOrder, NewRefund, RefundStatus, TradeState
from app.payments.wechat_pay import client as client_module
from app.payments.wechat_pay import signing
from app.payments.wechat_pay.client import LARGEST, WeChatPay
from app.payments.wechat_pay.keys import Merchant, parse_public
from tests.payments.counter import APPID, NOTIFY, PERSON, merchant, phone, platform_keys
from tests.shop import NOW

ORDER = NewOrder("YG20261120000000000001", "优购生鲜", 1990, NOW + timedelta(minutes=10), PERSON)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second try comes without a pause."""
    monkeypatch.setattr(client_module, "PAUSE", 0)


class Bench:
    """The client and the stand-in, wired."""

    def __init__(self) -> None:
        self.stand_in = StandIn(State(platform_keys(), APPID), httpx.AsyncClient(), lambda: clock.now().timestamp())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.stand_in.app()), base_url="http://pay.test")
        self.gateway = WeChatPay(self.http, merchant(), NOTIFY)

    async def paid(self) -> str:
        """The order, paid; WeChat's number of the charge."""
        parameters = self.gateway.parameters(await self.gateway.create(ORDER))
        answer = await self.http.post("/stand-in/pay", json=phone(parameters))
        return str(answer.json()["transaction_id"])


@pytest.fixture
def bench() -> Bench:
    """A client of a stand-in that knows nothing yet."""
    return Bench()


def refund_of(transaction: str, amount: int = 500, number: str = "YG20261120000000000001R1") -> NewRefund:
    """Part of the order."""
    return NewRefund(number, transaction, amount, 1990, "少拣退款")


async def test_the_same_order_is_the_same(bench: Bench) -> None:
    """Same facts, same prepay id; other facts under the number are refused."""
    first = await bench.gateway.create(ORDER)
    assert await bench.gateway.create(ORDER) == first
    other = NewOrder(ORDER.out_trade_no, ORDER.description, 1991, ORDER.expires_at, ORDER.openid)
    with pytest.raises(NumberUsed):
        await bench.gateway.create(other)
    assert bench.stand_in.state.orders[ORDER.out_trade_no].total == 1990


async def test_an_order_is_told_in_each_state(bench: Bench) -> None:
    """Unknown, made, paid, refunded in part."""
    assert await bench.gateway.query(ORDER.out_trade_no) is None
    await bench.gateway.create(ORDER)
    made = await bench.gateway.query(ORDER.out_trade_no)
    assert made is not None
    assert (made.state, made.charge) == (TradeState.NOTPAY, None)
    transaction = await bench.paid()
    paid = await bench.gateway.query(ORDER.out_trade_no)
    assert paid is not None
    assert paid.charge is not None
    assert (paid.state, paid.charge.transaction_id, paid.charge.amount_fen) == (TradeState.SUCCESS, transaction, 1990)
    assert paid.charge.paid_at == NOW
    await bench.gateway.refund(refund_of(transaction))
    back = await bench.gateway.query(ORDER.out_trade_no)
    assert back is not None
    assert (back.state, back.charge) == (TradeState.REFUND, paid.charge)


async def test_closing(bench: Bench) -> None:
    """Again and again, also what was never made; not what was paid."""
    await bench.gateway.close(ORDER.out_trade_no)
    await bench.gateway.create(ORDER)
    await bench.gateway.close(ORDER.out_trade_no)
    await bench.gateway.close(ORDER.out_trade_no)
    with pytest.raises(OrderClosed):
        await bench.gateway.create(ORDER)


async def test_what_was_paid_is_not_closed(bench: Bench) -> None:
    """Nor made again."""
    await bench.paid()
    with pytest.raises(AlreadyPaid):
        await bench.gateway.close(ORDER.out_trade_no)
    with pytest.raises(AlreadyPaid):
        await bench.gateway.create(ORDER)


async def test_a_refund_is_asked_for_and_about(bench: Bench) -> None:
    """The same number twice is one refund; other facts under it, or more than is left, are refused."""
    transaction = await bench.paid()
    assert await bench.gateway.query_refund("YG20261120000000000001R1") is None
    first = await bench.gateway.refund(refund_of(transaction))
    assert (first.status, first.amount_fen, first.out_trade_no) == (RefundStatus.SUCCESS, 500, ORDER.out_trade_no)
    assert await bench.gateway.refund(refund_of(transaction)) == first
    assert await bench.gateway.query_refund(first.out_refund_no) == first
    with pytest.raises(GatewayRefused):
        await bench.gateway.refund(refund_of(transaction, 501))
    with pytest.raises(GatewayRefused):
        await bench.gateway.refund(refund_of(transaction, 1491, "YG20261120000000000001R2"))
    assert [each.amount for each in bench.stand_in.state.refunds.values()] == [500]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("ORDERPAID", AlreadyPaid),
        ("268449538", AlreadyPaid),
        ("268498689", AlreadyPaid),
        ("ORDER_CLOSED", OrderClosed),
        ("268447914", OrderClosed),
        ("OUT_TRADE_NO_USED", NumberUsed),
        ("268498688", NumberUsed),
        ("NOT_ENOUGH", NotEnough),
        ("NOTENOUGH", NotEnough),
        ("PARAM_ERROR", GatewayRefused),
        ("NO_AUTH", GatewayRefused),
        ("268501013", GatewayRefused),
    ],
)
async def test_each_refusal_has_its_class(bench: Bench, code: str, refusal: type[GatewayRefused]) -> None:
    """WeChat's codes, names and numbers; none is tried again."""
    bench.stand_in.state.faults["create"] = [code]
    with pytest.raises(refusal) as raised:
        await bench.gateway.create(ORDER)
    assert raised.value.code == code
    assert bench.stand_in.state.calls["create"] == 1


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        *(("FREQUENCY_LIMITED", 1), ("268447840", 1)),
        *((fault, 2) for fault in ("SYSTEM_ERROR", "html", "lost", "signature", "serial", "late")),
    ],
)
async def test_what_is_open_is_asked_again_with_the_same_number(bench: Bench, fault: str, tries: int) -> None:
    """Once, at once; not when there was too much already. An answer that is not proven counts as none."""
    bench.stand_in.state.faults["create"] = [fault, fault]
    with pytest.raises(GatewayUnavailable):
        await bench.gateway.create(ORDER)
    assert bench.stand_in.state.calls["create"] == tries
    bench.stand_in.state.faults["create"] = [fault] if tries == 2 else []
    await bench.gateway.create(ORDER)
    assert len(bench.stand_in.state.orders) == 1


@pytest.mark.parametrize("foreign", ["mchid", "appid", "out_trade_no", "currency", "total", "state", "time"])
async def test_an_answer_about_something_else_is_none(bench: Bench, foreign: str) -> None:
    """Proven to be WeChat's, and still not about this order."""
    await bench.paid()
    told = {
        "mchid": {"mchid": "1"},
        "appid": {"appid": "wx"},
        "out_trade_no": {"out_trade_no": "YG"},
        "currency": {"amount": {"total": 1990, "currency": "USD"}},
        "total": {"amount": {"total": "1990"}},
        "state": {"trade_state": "WHATEVER"},
        "time": {"success_time": "yesterday"},
    }[foreign]
    honest = bench.stand_in.query

    async def lying(request: Any, body: bytes) -> Any:
        response = await honest(request, body)
        response.body = orjson.dumps(orjson.loads(response.body) | told)
        response.headers["content-length"] = str(len(response.body))
        return response

    bench.stand_in.query = lying  # type: ignore[method-assign]  # the lie
    http = httpx.AsyncClient(transport=httpx.ASGITransport(bench.stand_in.app()), base_url="http://pay.test")
    with pytest.raises(GatewayUnavailable):
        await WeChatPay(http, merchant(), NOTIFY).query(ORDER.out_trade_no)


async def test_both_of_wechats_keys_hold_while_the_merchant_moves(bench: Bench) -> None:
    """Platform certificate and public key: whichever serial comes is looked up."""
    known, later = platform_keys(), stand_in_keys.new()
    both = {known.platform_serial: parse_public(stand_in_keys.public(known.platform))}
    both["PUB_KEY_ID_2"] = parse_public(stand_in_keys.public(later.platform))
    shop = Merchant(known.mchid, APPID, known.merchant_serial, known.merchant, both, known.apiv3)
    assert shop.asked_serial == known.platform_serial
    assert await WeChatPay(bench.http, shop, NOTIFY).create(ORDER)


async def test_a_bill_is_read_to_the_fen(bench: Bench) -> None:
    """Yuan there, fen here; refunds of the day too; not ready before ten, and none of a day on which nothing was."""
    transaction = await bench.paid()
    await bench.gateway.refund(refund_of(transaction, 7))
    day = date(2026, 11, 20)
    with clock.moved_to(NOW + timedelta(hours=23)), pytest.raises(BillNotReady):
        await bench.gateway.bill(day)
    with clock.moved_to(NOW + timedelta(days=1)):
        bill = await bench.gateway.bill(day)
        assert await bench.gateway.bill(date(2026, 11, 19)) == Bill()
    assert [(each.out_trade_no, each.transaction_id, each.amount_fen) for each in bill.charges] == [
        (ORDER.out_trade_no, transaction, 1990)
    ]
    assert [(each.out_refund_no, each.amount_fen, each.status) for each in bill.refunds] == [
        ("YG20261120000000000001R1", 7, RefundStatus.SUCCESS)
    ]
    assert PERSON not in repr(bill)


class Sloppy(WeChatPay):
    """A client with one fault, which the stand-in has to find."""

    def __init__(self, http: httpx.AsyncClient, fault: str) -> None:
        super().__init__(http, merchant(), NOTIFY)
        self._fault = fault

    def _request(self, method: str, path: str, body: bytes) -> httpx.Request:
        request = super()._request(method, path, body)
        if self._fault == "another body":  # signed one JSON, sent another that means the same
            request = super()._request(method, path, body.replace(b":", b": "))
            request.stream = httpx.ByteStream(body)
            request.headers["content-length"] = str(len(body))
        if self._fault == "another path":
            request.url = request.url.copy_merge_params({"x": "1"})
        if self._fault == "old":
            with clock.moved_to(clock.now() - timedelta(minutes=6)):
                request = super()._request(method, path, body)
        if self._fault == "no serial":
            del request.headers["wechatpay-serial"]
        return request


@pytest.mark.parametrize("fault", ["another body", "another path", "old", "no serial"])
async def test_a_client_that_signs_wrongly_is_refused(bench: Bench, fault: str) -> None:
    """The stand-in looks at the bytes as they came."""
    with pytest.raises(GatewayRefused, match="SIGN_ERROR"):
        await Sloppy(bench.http, fault).create(ORDER)
    assert bench.stand_in.state.orders == {}


async def test_a_request_that_is_sent_again_as_it_was_is_refused(bench: Bench) -> None:
    """The nonce was used."""
    request = bench.gateway._request("POST", "/v3/pay/transactions/jsapi", b"{}")
    first, again = await bench.http.send(request), await bench.http.send(request)
    assert (first.json()["code"], again.json()["code"]) == ("APPID_MCHID_NOT_MATCH", "SIGN_ERROR")


async def test_nothing_secret_is_logged(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever goes wrong: no openid, key, signature or body."""
    bench.stand_in.state.faults["create"] = ["PARAM_ERROR", "signature", "html", "SYSTEM_ERROR", "late"]
    for _ in range(3):
        with pytest.raises((GatewayRefused, GatewayUnavailable)):
            await bench.gateway.create(ORDER)
    told = "".join(capsys.readouterr())
    assert "create" in told
    assert not any(word in told for word in (PERSON, platform_keys().apiv3.decode(), signing.SCHEME, "1990"))


@pytest.mark.parametrize("content", [b"[]", b"null", b"x", b" " * (LARGEST + 1)])
async def test_an_answer_that_is_none_is_no_order(content: bytes) -> None:
    """Even when it is signed."""
    stand_in = StandIn(State(platform_keys(), APPID), httpx.AsyncClient(), lambda: clock.now().timestamp())

    def answer(_: httpx.Request) -> httpx.Response:
        signed = stand_in._signed(Response(content), "")
        return httpx.Response(200, content=content, headers=dict(signed.headers))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://pay.test") as http:
        with pytest.raises(GatewayUnavailable):
            await WeChatPay(http, merchant(), NOTIFY).create(ORDER)


async def test_a_silent_server_is_asked_twice_and_not_waited_for() -> None:
    """A time-out is no answer."""
    asked = []

    def silence(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["authorization"])
        raise httpx.ReadTimeout("", request=request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(silence), base_url="http://pay.test") as http:
        with pytest.raises(GatewayUnavailable, match="create: ReadTimeout"):
            await WeChatPay(http, merchant(), NOTIFY).create(ORDER)
    assert len(set(asked)) == 2


async def test_many_at_once(bench: Bench) -> None:
    """Fifty orders over one client."""
    orders = [NewOrder(f"YG2026112000000000{n:04}", "x", n, ORDER.expires_at, PERSON) for n in range(1, 51)]
    made = await asyncio.gather(*(bench.gateway.create(each) for each in orders))
    assert len(set(made)) == 50
