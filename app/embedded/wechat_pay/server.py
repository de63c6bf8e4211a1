"""The stand-in's addresses, as WeChat Pay has them, and `/stand-in/...` to play the phone and to break things."""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from app.embedded.wechat_pay import bills, notifications, orders, refunds, seals
from app.embedded.wechat_pay.orders import Refused
from app.embedded.wechat_pay.state import State, moment

SLOW = 8.0  # seconds: longer than any client waits
BILL_HOUR = 10  # of the next day
TICK = 0.1  # seconds between two looks into the outbox

Call = Callable[[Request, bytes], Awaitable[Response]]


class StandIn:
    """The answers; `now` is what the stand-in takes for the time, in seconds, `client` sends notifications."""

    def __init__(self, state: State, client: httpx.AsyncClient, now: Callable[[], float] = time.time) -> None:
        self.state = state
        self.now = now
        self._client = client

    async def create(self, _: Request, body: bytes) -> Response:
        """POST /v3/pay/transactions/jsapi."""
        return JSONResponse(orders.create(self.state, _read(body), self.now()))

    async def query(self, request: Request, _: bytes) -> Response:
        """GET /v3/pay/transactions/out-trade-no/{number}."""
        if request.query_params.get("mchid") != self.state.keys.mchid:
            raise Refused(400, "PARAM_ERROR", "商户号错误")
        order = orders.find(self.state, request.path_params["number"], self.now())
        return JSONResponse(orders.described(self.state, order))

    async def close(self, request: Request, body: bytes) -> Response:
        """POST /v3/pay/transactions/out-trade-no/{number}/close."""
        if _read(body).get("mchid") != self.state.keys.mchid:
            raise Refused(400, "PARAM_ERROR", "商户号错误")
        orders.close(self.state, request.path_params["number"], self.now())
        return Response(status_code=204)

    async def refund(self, _: Request, body: bytes) -> Response:
        """POST /v3/refund/domestic/refunds."""
        return JSONResponse(refunds.described(refunds.create(self.state, _read(body), self.now())))

    async def query_refund(self, request: Request, _: bytes) -> Response:
        """GET /v3/refund/domestic/refunds/{number}."""
        refund = self.state.refunds.get(request.path_params["number"])
        if refund is None:
            raise Refused(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return JSONResponse(refunds.described(refund))

    async def bill(self, request: Request, _: bytes) -> Response:
        """GET /v3/bill/tradebill: where the bill is, and its hash."""
        day, now = date.fromisoformat(request.query_params["bill_date"]), moment(self.now())
        ready = now.replace(hour=BILL_HOUR, minute=0, second=0, microsecond=0)
        if now.date() <= day or (now.date() - day == timedelta(days=1) and now < ready):
            raise Refused(400, "STATEMENT_CREATING", "账单生成中")
        content = bills.written(self.state, day)
        if content is None:
            raise Refused(400, "NO_STATEMENT_EXIST", "账单文件不存在")
        url = f"{request.base_url}v3/billdownload/file?{urlencode({'token': day.isoformat()})}"
        return JSONResponse(
            {"hash_type": "SHA1", "hash_value": hashlib.sha1(content).hexdigest(), "download_url": url}  # noqa: S324 - as the real bill
        )

    async def file(self, request: Request) -> Response:
        """GET /v3/billdownload/file: not signed."""
        body = await request.body()
        if not self._is_signed(request, body):
            return JSONResponse({"code": "SIGN_ERROR", "message": "签名错误"}, 401)
        content = bills.written(self.state, date.fromisoformat(request.query_params["token"]))
        return Response(content or b"", media_type="text/plain")

    async def play(self, request: Request) -> Response:
        """POST /stand-in/...: `pay` as a phone would, `settle` a refund, `fail` the next calls, `switch` behaviour."""
        what, now = request.path_params["what"], self.now()
        try:
            asked = _read(await request.body())
            if what == "pay":
                return JSONResponse({"transaction_id": orders.pay(self.state, asked, now).transaction_id})
            if what == "settle":
                refunds.settle(self.state, self.state.refunds[asked["out_refund_no"]], asked["status"], now)
        except Refused as refused:
            return JSONResponse({"errMsg": f"{refused.code} {refused.message}"}, refused.status)
        if what == "fail":
            self.state.faults[asked["call"]] += asked["with"]
        if what == "switch":
            self.state.switches = replace(self.state.switches, **asked)
        return JSONResponse(asdict(self.state.switches))

    async def deliver(self) -> int:
        """Sends the notifications that are due; how many were taken."""
        return await notifications.deliver(self.state, self._client, self.now())

    def _answering(self, name: str, call: Call) -> Callable[[Request], Awaitable[Response]]:
        """`call` behind the merchant's signature, its answer signed, and failing where it was told to."""

        async def answer(request: Request) -> Response:
            self.state.calls[name] += 1
            body = await request.body()
            if not self._is_signed(request, body):
                return self._signed(_error(Refused(401, "SIGN_ERROR", "签名错误")), "")
            fault = self.state.faults[name].pop(0) if self.state.faults[name] else ""
            if fault == "slow":
                await asyncio.sleep(SLOW)
            if fault == "html":
                return HTMLResponse("<h1>502</h1>", 502)
            if fault.isupper() or fault.isdigit():
                status = {"SYSTEM_ERROR": 500, "FREQUENCY_LIMITED": 429}.get(fault, 400)
                return self._signed(_error(Refused(status, fault, "错误")), "")
            try:
                answered = await call(request, body)
            except Refused as refused:
                answered = _error(refused)
            return HTMLResponse("<h1>504</h1>", 504) if fault == "lost" else self._signed(answered, fault)

        return answer

    def _is_signed(self, request: Request, body: bytes) -> bool:
        """By this merchant, for just these bytes, within five minutes, and not seen before."""
        keys, facts = self.state.keys, seals.facts_of(request.headers.get("authorization", ""))
        if facts is None or request.headers.get("wechatpay-serial") != keys.platform_serial:
            return False
        query = request.scope["query_string"]
        target = request.scope["raw_path"].decode() + (f"?{query.decode()}" if query else "")
        message = seals.request_message(request.method, target, facts, body)
        nonce, timestamp = facts.get("nonce_str", ""), facts.get("timestamp", "")
        is_fresh = timestamp.isdigit() and abs(int(timestamp) - self.now()) <= seals.FIVE_MINUTES
        is_ours = facts.get("mchid") == keys.mchid and facts.get("serial_no") == keys.merchant_serial
        if not (is_ours and is_fresh and nonce and nonce not in self.state.nonces):
            return False
        self.state.nonces.add(nonce)
        return seals.fits(keys.merchant.public_key(), message, facts.get("signature", ""))

    def _signed(self, response: Response, fault: str) -> Response:
        keys, late = self.state.keys, notifications.LATE if fault == "late" else 0
        serial = "PUB_KEY_ID_9999999999" if fault == "serial" else keys.platform_serial
        body = bytes(response.body)
        signed = body + b" " if fault == "signature" else body
        response.headers.update(seals.headers(keys.platform, serial, int(self.now()) - late, signed))
        return response

    def app(self) -> Starlette:
        """The server. Notifications leave by `deliver`, or by themselves while `keep_delivering` runs."""
        order = "/v3/pay/transactions/out-trade-no/{number}"
        calls = (
            ("create", "POST", "/v3/pay/transactions/jsapi", self.create),
            ("query", "GET", order, self.query),
            ("close", "POST", f"{order}/close", self.close),
            ("refund", "POST", "/v3/refund/domestic/refunds", self.refund),
            ("query_refund", "GET", "/v3/refund/domestic/refunds/{number}", self.query_refund),
            ("bill", "GET", "/v3/bill/tradebill", self.bill),
        )
        routes = [Route(path, self._answering(name, call), methods=[method]) for name, method, path, call in calls]
        routes.append(Route("/v3/billdownload/file", self.file, methods=["GET"]))
        routes.append(Route("/stand-in/{what}", self.play, methods=["POST"]))
        return Starlette(routes=routes)

    async def keep_delivering(self) -> None:
        """Sends what is due, until cancelled."""
        while True:
            await self.deliver()
            await asyncio.sleep(TICK)


def _error(refused: Refused) -> Response:
    return JSONResponse({"code": refused.code, "message": refused.message}, refused.status)


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise Refused(400, "PARAM_ERROR", "参数错误")
    return found
