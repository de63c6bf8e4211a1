"""The stand-in's addresses, as the real servers have them, and `/stand-in/...` to play the phone and to break things.

A demo code `demo-<name>` signs in the person of that name without a phone, as often as one likes.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from app.embedded.wechat import messages, push
from app.embedded.wechat.state import TOKEN_SECONDS, Code, State

DEMO = "demo-"
SLOW = 8.0  # seconds: longer than any client waits
MESSAGES = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40013: "invalid appid",
    40029: "invalid code",
    40125: "invalid appsecret",
    40163: "code been used",
    40226: "code blocked",
    40003: "invalid openid",
    40037: "invalid template_id",
    41030: "invalid page",
    42001: "access_token expired",
    43101: "user refuse to accept the msg",
    47003: "argument invalid",
    45011: "api minute-quota reach limit mustslower retry next minute",
    47001: "data format error",
    10060001: "pay order not exist",
    10060003: "pay order already used its chance to ship again",
}

Call = Callable[[Request], Awaitable[Response]]


def refused(code: int) -> JSONResponse:
    """An error as WeChat tells it: with status 200."""
    return JSONResponse({"errcode": code, "errmsg": f"{MESSAGES.get(code, 'error')} rid: 0-0-0"})


class StandIn:
    """The answers; `now` is what the stand-in takes for the time, in seconds."""

    def __init__(self, state: State, now: Callable[[], float] = time.time) -> None:
        self.state = state
        self.now = now

    async def jscode2session(self, request: Request) -> Response:
        """GET /sns/jscode2session."""
        asked = request.query_params
        if (wrong := self._account(asked.get("appid"), asked.get("secret"))) is not None:
            return refused(wrong)
        code = asked.get("js_code", "")
        if code.startswith(DEMO):
            return self._session(f"o-{code}")
        found = self.state.take(self.state.login_codes, code, self.now())
        return self._session(found.meaning) if isinstance(found, Code) else refused(found)

    def _session(self, openid: str) -> Response:
        return JSONResponse({"openid": openid, "session_key": "c3RhbmQtaW4gc2Vzc2lvbiBrZXk=", "unionid": f"u-{openid}"})

    async def stable_token(self, request: Request) -> Response:
        """POST /cgi-bin/stable_token."""
        asked = await _body(request)
        if asked is None or asked.get("grant_type") != "client_credential":
            return refused(47001)
        if (wrong := self._account(asked.get("appid"), asked.get("secret"))) is not None:
            return refused(wrong)
        if asked.get("force_refresh"):
            self.state.token_at = 0
        token = self.state.newest_token(self.now())
        left = int(TOKEN_SECONDS - (self.now() - self.state.token_at))
        return JSONResponse({"access_token": token, "expires_in": left})

    async def getuserphonenumber(self, request: Request) -> Response:
        """POST /wxa/business/getuserphonenumber."""
        if request.query_params.get("access_token") != self.state.newest_token(self.now()):
            return refused(40001)
        asked = await _body(request)
        if asked is None:
            return refused(47001)
        code = str(asked.get("code", ""))
        if code.startswith(DEMO):
            return self._number(code.removeprefix(DEMO))
        found = self.state.take(self.state.phone_codes, code, self.now())
        return self._number(found.meaning) if isinstance(found, Code) else refused(found)

    def _number(self, number: str) -> Response:
        info = {
            "phoneNumber": number,
            "purePhoneNumber": number,
            "countryCode": 86,
            "watermark": {"timestamp": int(self.now()), "appid": self.state.watermark or self.state.appid},
        }
        return JSONResponse({"errcode": 0, "errmsg": "ok", "phone_info": info})

    async def upload_shipping_info(self, request: Request) -> Response:
        """POST /wxa/sec/order/upload_shipping_info: once, and one correction."""
        if request.query_params.get("access_token") != self.state.newest_token(self.now()):
            return refused(40001)
        asked = await _body(request)
        if asked is None or not _is_shipping(asked):
            return refused(47001)
        told = self.state.shipped[asked["order_key"]["transaction_id"]]
        if len(told) > 1:
            return refused(10060003)
        told.append(asked)
        return JSONResponse({"errcode": 0, "errmsg": "ok"})

    async def subscribe_send(self, request: Request) -> Response:
        """POST /cgi-bin/message/subscribe/send: one message for each grant of the person and template."""
        if request.query_params.get("access_token") != self.state.newest_token(self.now()):
            return refused(40001)
        asked = await _body(request)
        if asked is None:
            return refused(47001)
        if (wrong := messages.wrong(asked)) is not None:
            return refused(wrong)
        grant = (asked["touser"], asked["template_id"])
        if self.state.grants[grant] < 1:
            return refused(43101)
        self.state.grants[grant] -= 1
        self.state.sent.append(asked)
        return JSONResponse({"errcode": 0, "errmsg": "ok"})

    async def play(self, request: Request) -> Response:
        """POST /stand-in/...: plays the phone, or breaks something.

        `login`, `phone` answer a code, `subscribe` grants a message, `push` tells the shop, `fail` breaks the next
        calls.
        """
        asked = await _body(request) or {}
        what = request.path_params["what"]
        if what == "login":
            return JSONResponse({"code": self.state.give_login_code(str(asked["openid"]), self.now())})
        if what == "phone":
            return JSONResponse({"code": self.state.give_phone_code(str(asked["number"]), self.now())})
        if what == "subscribe":
            self.state.grants[str(asked["openid"]), str(asked["template"])] += 1
            return JSONResponse({})
        if what == "push":
            return await self._push(str(asked["event"]), str(asked["openid"]), str(asked.get("revoked", "")))
        self.state.faults[str(asked["call"])] += asked["with"]
        return JSONResponse({})

    async def _push(self, event: str, openid: str, revoked: str) -> Response:
        now = self.now()
        query, body = push.envelope(self.state, push.message(self.state, event, openid, now, revoked), now)
        async with httpx.AsyncClient(trust_env=False) as client:
            told = await client.post(self.state.push_url, params=query, content=body)
        return JSONResponse({"status": told.status_code, "body": told.text})

    def _account(self, appid: object, secret: object) -> int | None:
        if appid != self.state.appid:
            return 40013
        return None if secret == self.state.secret else 40125

    def breaking(self, name: str, call: Call) -> Call:
        """`call`, counted, and failing instead where it was told to."""

        async def answer(request: Request) -> Response:
            self.state.calls[name] += 1
            if not self.state.faults[name]:
                return await call(request)
            fault = self.state.faults[name].pop(0)
            if fault == "slow":
                await asyncio.sleep(SLOW)
                return await call(request)
            return HTMLResponse("<h1>502</h1>", 502) if fault == "html" else refused(int(fault))

        return answer

    def app(self) -> Starlette:
        """The server."""
        calls = (
            ("jscode2session", "GET", "/sns/jscode2session", self.jscode2session),
            ("stable_token", "POST", "/cgi-bin/stable_token", self.stable_token),
            ("getuserphonenumber", "POST", "/wxa/business/getuserphonenumber", self.getuserphonenumber),
            ("subscribe_send", "POST", "/cgi-bin/message/subscribe/send", self.subscribe_send),
            ("upload_shipping_info", "POST", "/wxa/sec/order/upload_shipping_info", self.upload_shipping_info),
        )
        routes = [Route(path, self.breaking(name, call), methods=[method]) for name, method, path, call in calls]
        return Starlette(routes=[*routes, Route("/stand-in/{what}", self.play, methods=["POST"])])


async def _body(request: Request) -> dict[str, Any] | None:
    try:
        found = await request.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _is_shipping(asked: dict[str, Any]) -> bool:
    """Whether all is there that WeChat wants to know of goods that were collected."""
    order, items = asked.get("order_key"), asked.get("shipping_list")
    return (
        isinstance(order, dict)
        and order.get("order_number_type") == 2  # noqa: PLR2004 - by WeChat's own number
        and isinstance(order.get("transaction_id"), str)
        and asked.get("logistics_type") in {1, 2, 3, 4}
        and asked.get("delivery_mode") == 1
        and isinstance(items, list)
        and all(0 < len(each.get("item_desc", "")) <= 120 for each in items)  # noqa: PLR2004 - the documented length
        and bool(items)
        and "T" in str(asked.get("upload_time"))
        and bool(asked.get("payer", {}).get("openid"))
    )
