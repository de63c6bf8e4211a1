"""The customer's phone in WeChat's cashier, played by a page of the demo: WeChat Pay's stand-in does the rest.

Not for production: it is there only where the shop is paid by a stand-in on this machine.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.http.body import streamed
from app.http.errors import RequestRefused
from app.settings import Settings

PATH = "/preview/pay"
_LONGEST = 4096  # bytes of what wx.requestPayment is given
_SECONDS = 10.0


def stand_in_of(settings: Settings) -> str | None:
    """Where WeChat Pay's stand-in is; None in production, and where the shop is paid by anybody else."""
    host = urlsplit(settings.wechat_pay_url).hostname or ""
    return None if settings.is_production or not settings.can_be_paid or not _is_here(host) else settings.wechat_pay_url


def route(stand_in: str) -> Route:
    """POST /preview/pay: what wx.requestPayment is given, as JSON; answered as the phone would: paid, or why not."""

    async def pay(request: Request) -> Response:
        if request.headers.get("content-type") != "application/json":
            return JSONResponse({"errMsg": "requestPayment:fail"}, 415)
        try:
            body = b"".join([chunk async for chunk in streamed(request, _LONGEST)])
            async with httpx.AsyncClient(base_url=stand_in, timeout=_SECONDS) as client:
                answer = await client.post("/stand-in/pay", content=body)
        except RequestRefused as refused:
            return JSONResponse({"errMsg": f"requestPayment:fail {refused}"}, refused.status)
        except httpx.TransportError:
            return JSONResponse({"errMsg": "requestPayment:fail the stand-in is away"}, 503)
        return JSONResponse(answer.json(), answer.status_code)

    return Route(PATH, pay, methods=["POST"])


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
