"""The phone in WeChat's cashier, played by a page: only beside a stand-in of this machine."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.http import cashier
from app.settings import Environment, Settings
from tests.served import served
from tests.shop import settings

PAID = {"wechat_pay_mchid": "1900000109", "wechat_pay_notify_url": "http://127.0.0.1:1/wechat-pay/notify"}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"wechat_pay_url": "http://127.0.0.1:8011"}, "http://127.0.0.1:8011"),
        ({"wechat_pay_url": "http://localhost:8011"}, "http://localhost:8011"),
        ({"wechat_pay_url": "http://[::1]:8011"}, "http://[::1]:8011"),
        ({"wechat_pay_url": "https://api.mch.weixin.qq.com"}, None),
        ({"wechat_pay_url": "http://127.0.0.1.example.com"}, None),
        ({"wechat_pay_url": "http://127.0.0.1:8011", "wechat_pay_mchid": None}, None),
        ({"wechat_pay_url": "http://127.0.0.1:8011", "env": Environment.PRODUCTION}, None),
    ],
)
def test_where_the_stand_in_is(changed: dict[str, Any], found: str | None) -> None:
    """Never in production, never at WeChat, and only where somebody can be paid."""
    given: Settings = settings("postgresql:///x").model_copy(update=PAID | changed)
    assert cashier.stand_in_of(given) == found


@pytest.fixture
async def asked() -> list[bytes]:
    """What the stand-in was sent."""
    return []


@pytest.fixture
async def client(asked: list[bytes]) -> AsyncIterator[httpx.AsyncClient]:
    """A page beside a stand-in that takes one payment and refuses the next."""

    async def pay(request: Request) -> Response:
        asked.append(await request.body())
        return JSONResponse({"errMsg": "ORDERPAID"}, 400) if asked[1:] else JSONResponse({"transaction_id": "T1"})

    async with served(Starlette(routes=[Route("/stand-in/pay", pay, methods=["POST"])])) as stand_in:
        app = Starlette(routes=[cashier.route(stand_in), *_away()])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as page:
            yield page


def _away() -> list[Route]:
    """The same beside nobody, at another address."""
    return [Route("/away", cashier.route("http://127.0.0.1:9").endpoint, methods=["POST"])]


async def test_the_stand_in_decides(client: httpx.AsyncClient, asked: list[bytes]) -> None:
    """What it is sent and answers goes through as it is."""
    paid = await client.post(cashier.PATH, json={"paySign": "x"})
    again = await client.post(cashier.PATH, json={"paySign": "x"})
    assert (paid.status_code, paid.json()) == (200, {"transaction_id": "T1"})
    assert (again.status_code, again.json()) == (400, {"errMsg": "ORDERPAID"})
    assert asked == [b'{"paySign":"x"}'] * 2


async def test_what_no_page_sends_reaches_nobody(client: httpx.AsyncClient, asked: list[bytes]) -> None:
    """A form of another site, and too much of it; nor is a stand-in that is away an error of the server's."""
    form = await client.post(cashier.PATH, content=b"{}", headers={"content-type": "text/plain"})
    long = await client.post(cashier.PATH, json={"paySign": "x" * 5000})
    away = await client.post("/away", json={})
    assert [each.status_code for each in (form, long, away)] == [415, 413, 503]
    assert asked == []
