"""The client of WeChat Pay's APIv3: every request signed as sent, every answer verified before it is read."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

import httpx
import orjson
import structlog

from app.kit import clock
from app.payments.errors import GatewayRefused, GatewayUnavailable, OrderClosed
from app.payments.gateway import Bill, NewOrder, NewRefund, PayParameters, RefundReport, Trade
from app.payments.wechat_pay import answers, bill, signing
from app.payments.wechat_pay.errors import BY_CODE, FREQUENT, LATER, NO_BILL, UNKNOWN, Untrusted
from app.payments.wechat_pay.keys import Merchant

Said = TypeVar("Said")

URL = "https://api.mch.weixin.qq.com"
TIMEOUT = httpx.Timeout(6, connect=2)  # seconds; somebody waits at the other end
LARGEST = 64 * 1024  # bytes of a JSON answer; the largest here has some thousand
LARGEST_BILL = 256 * 1024 * 1024  # half a million orders
TRIES = 2
PAUSE = 0.2  # seconds before the second try
REQUESTS_OVER = 500  # from this status on the server failed, not the request

_log = structlog.get_logger("wechat_pay")


class Addresses(NamedTuple):
    """Where WeChat Pay is, and where it notifies the shop: HTTPS without a query."""

    url: str
    notify_url: str


class Refusal(GatewayRefused):
    """An answer with an error code that was proven to be WeChat's, before somebody says what it means."""


class WeChatPay:
    """A `Gateway`. No body, openid, key or signature is ever logged: only the call, the status and the error code.

    All calls may be repeated with the same numbers, and are, once, when the connection fails or WeChat answers
    SYSTEM_ERROR.
    """

    def __init__(self, client: httpx.AsyncClient, merchant: Merchant, notify_url: str) -> None:
        self._client = client
        self._merchant = merchant
        self._notify_url = notify_url

    @classmethod
    @asynccontextmanager
    async def opened(cls, addresses: Addresses, merchant: Merchant) -> AsyncIterator["WeChatPay"]:
        """A client with connections of its own, closed at the end."""
        async with httpx.AsyncClient(
            base_url=addresses.url, timeout=TIMEOUT, follow_redirects=False, trust_env=False
        ) as client:
            yield cls(client, merchant, addresses.notify_url)

    async def create(self, order: NewOrder) -> str:
        """JSAPI order: its prepay id."""
        asked = {
            "appid": self._merchant.appid,
            "mchid": self._merchant.mchid,
            "description": order.description,
            "out_trade_no": order.out_trade_no,
            "time_expire": order.expires_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"),
            "notify_url": self._notify_url,
            "amount": {"total": order.amount_fen, "currency": answers.CURRENCY},
            "payer": {"openid": order.openid},
        }
        answer = await self._call("create", "POST", "/v3/pay/transactions/jsapi", asked)
        prepay_id = answer.get("prepay_id")
        if not isinstance(prepay_id, str) or not prepay_id:
            raise GatewayUnavailable("create: the answer holds no prepay_id")
        return prepay_id

    def parameters(self, prepay_id: str) -> PayParameters:
        """What `wx.requestPayment` takes, signed with the key the order was signed with."""
        timestamp, nonce_str, package = _seconds(), signing.nonce(), f"prepay_id={prepay_id}"
        message = signing.pay_message(self._merchant.appid, timestamp, nonce_str, package)
        signature = signing.sign(self._merchant.private_key, message)
        return PayParameters(self._merchant.appid, timestamp, nonce_str, package, "RSA", signature)

    async def query(self, out_trade_no: str) -> Trade | None:
        """The order by the shop's number."""
        path = f"/v3/pay/transactions/out-trade-no/{quote(out_trade_no, safe='')}?mchid={self._merchant.mchid}"
        try:
            answer = await self._call("query", "GET", path)
        except Refusal as refused:
            if refused.code in UNKNOWN:
                return None
            raise
        found = self._read("query", lambda: answers.trade(self._merchant, answer))
        if answer.get("out_trade_no") != out_trade_no:
            raise GatewayUnavailable("query: an answer about another order")
        return found

    async def close(self, out_trade_no: str) -> None:
        """Closes the order; one WeChat never heard of, or closed before, is fine."""
        path = f"/v3/pay/transactions/out-trade-no/{quote(out_trade_no, safe='')}/close"
        try:
            await self._call("close", "POST", path, {"mchid": self._merchant.mchid})
        except OrderClosed:
            return
        except Refusal as refused:
            if refused.code not in UNKNOWN:
                raise

    async def refund(self, refund: NewRefund) -> RefundReport:
        """Asks for a refund, or for what became of the one with this number."""
        asked = {
            "transaction_id": refund.transaction_id,
            "out_refund_no": refund.out_refund_no,
            "reason": refund.reason,
            "notify_url": self._notify_url,
            "amount": {"refund": refund.amount_fen, "total": refund.total_fen, "currency": answers.CURRENCY},
        }
        answer = await self._call("refund", "POST", "/v3/refund/domestic/refunds", asked)
        return self._report("refund", answer, refund.out_refund_no)

    async def query_refund(self, out_refund_no: str) -> RefundReport | None:
        """The refund by the shop's number."""
        try:
            answer = await self._call(
                "query refund", "GET", f"/v3/refund/domestic/refunds/{quote(out_refund_no, safe='')}"
            )
        except Refusal as refused:
            if refused.code in UNKNOWN:
                return None
            raise
        return self._report("query refund", answer, out_refund_no)

    async def bill(self, day: date) -> Bill:
        """The trade bill of a business day, of the type ALL, whole: its hash and its sums are right."""
        query = urlencode({"bill_date": day.isoformat(), "bill_type": "ALL"})
        try:
            answer = await self._call("bill", "GET", f"/v3/bill/tradebill?{query}")
        except Refusal as refused:
            if refused.code in NO_BILL:
                return Bill()
            raise
        content = await self._download(str(answer.get("download_url")))
        if answer.get("hash_type") != "SHA1" or hashlib.sha1(content).hexdigest() != answer.get("hash_value"):  # noqa: S324 - WeChat's choice; the hash came signed
            raise GatewayUnavailable("bill: not the file that was announced")
        return self._read("bill", lambda: bill.parse(content, mchid=self._merchant.mchid))

    async def _download(self, address: str) -> bytes:
        """A bill's file: not signed, but its hash was. Only from where WeChat Pay is, since it takes our signature."""
        url = httpx.URL(address)
        base = self._client.base_url
        if (url.scheme, url.host, url.port) != (base.scheme, base.host, base.port):
            raise GatewayUnavailable("bill: it is to be fetched from somewhere else")
        request = self._request("GET", url.raw_path.decode(), b"")
        content = bytearray()
        try:
            response = await self._client.send(request, stream=True)
            try:
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > LARGEST_BILL:
                        raise GatewayUnavailable("bill: larger than any")
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            raise GatewayUnavailable(f"bill: {type(error).__name__}") from None
        if response.status_code != httpx.codes.OK:
            raise GatewayUnavailable(f"bill: status {response.status_code}")
        return bytes(content)

    def _report(self, name: str, answer: dict[str, Any], out_refund_no: str) -> RefundReport:
        report = self._read(name, lambda: answers.refund(answer))
        if report.out_refund_no != out_refund_no:
            raise GatewayUnavailable(f"{name}: an answer about another refund")
        return report

    @staticmethod
    def _read(name: str, read: Callable[[], Said]) -> Said:
        try:
            return read()
        except (Untrusted, ValueError, KeyError) as untrusted:
            _log.error("an answer that cannot be used", call=name, reason=str(untrusted))
            raise GatewayUnavailable(f"{name}: {untrusted}") from None

    async def _call(self, name: str, method: str, path: str, asked: dict[str, Any] | None = None) -> dict[str, Any]:
        """What WeChat answers; {} to 204. The body is the same bytes at each try, the signature a new one."""
        body = b"" if asked is None else orjson.dumps(asked)
        for left in range(TRIES - 1, -1, -1):
            try:
                return await self._try(name, method, path, body)
            except GatewayUnavailable as away:
                if not left or isinstance(away, _TooFrequent):
                    raise
            await asyncio.sleep(PAUSE)
        raise AssertionError("unreachable: the last try returns or raises")

    async def _try(self, name: str, method: str, path: str, body: bytes) -> dict[str, Any]:
        try:
            response = await self._client.send(self._request(method, path, body))
        except httpx.HTTPError as error:
            _log.warning("no answer", call=name, error=type(error).__name__)
            raise GatewayUnavailable(f"{name}: {type(error).__name__}") from None
        if len(response.content) > LARGEST:
            raise GatewayUnavailable(f"{name}: the answer is too large")
        try:
            signing.verify(self._merchant.platform, response.headers, response.content, clock.now())
        except Untrusted as untrusted:
            _log.error("an answer that is not proven", call=name, status=response.status_code, reason=str(untrusted))
            raise GatewayUnavailable(f"{name}: {untrusted}") from None
        return _answer(name, response)

    def _request(self, method: str, path: str, body: bytes) -> httpx.Request:
        headers = {
            "accept": "application/json",
            "user-agent": "YougouFresh/1",
            "wechatpay-serial": self._merchant.asked_serial,
        }
        if body:
            headers["content-type"] = "application/json"
        request = self._client.build_request(method, path, content=body, headers=headers)
        sent = request.url.raw_path.decode()  # as httpx writes it into the request line
        request.headers["authorization"] = signing.authorization(
            self._merchant, method, sent, body, timestamp=_seconds(), nonce_str=signing.nonce()
        )
        return request


class _TooFrequent(GatewayUnavailable):
    """Asking again at once would make it worse."""


def _answer(name: str, response: httpx.Response) -> dict[str, Any]:
    try:
        said = orjson.loads(response.content) if response.content else {}
    except orjson.JSONDecodeError:
        said = None
    if not isinstance(said, dict):
        raise GatewayUnavailable(f"{name}: the answer is not JSON")
    if response.is_success:
        return said
    code = str(said.get("code", ""))[:40]
    _log.info("refused", call=name, status=response.status_code, refusal=code)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or code in FREQUENT:
        raise _TooFrequent(f"{name}: {code}")
    if code in LATER or response.status_code >= REQUESTS_OVER or not code:
        raise GatewayUnavailable(f"{name}: status {response.status_code} {code}")
    raise BY_CODE.get(code, Refusal)(code)


def _seconds() -> str:
    return str(int(clock.now().timestamp()))
