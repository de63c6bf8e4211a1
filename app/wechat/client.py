"""The client of WeChat's server API: a few calls over HTTPS."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import httpx
import structlog

from app.kit import clock
from app.wechat.access_token import AccessToken, AccessTokens
from app.wechat.errors import BUSY, BY_CODE, TOKEN_OVER, WeChatBusy, WeChatRefused, WeChatUnavailable

URL = "https://api.weixin.qq.com"
TIMEOUT = httpx.Timeout(5, connect=2)  # seconds; somebody waits at the other end
SELF_PICKUP = 4  # logistics_type: 用户自提
LARGEST = 64 * 1024  # bytes of an answer; the largest here has some hundred

_log = structlog.get_logger("wechat")


class Account(NamedTuple):
    """Which mini-program asks: its appid and secret."""

    appid: str
    secret: str


class Person(NamedTuple):
    """Who signed in: the same openid each time, in this mini-program alone. The session key is not kept."""

    openid: str


class Phone(NamedTuple):
    """A phone number that its owner confirmed to WeChat: country code and digits, such as 86 and 13800138000."""

    country: str
    number: str


class HandOver(NamedTuple):
    """Goods that were collected: the charge that paid for them, who paid, what they are, and when."""

    transaction_id: str
    openid: str
    item: str
    handed_over_at: datetime


class Message(NamedTuple):
    """A subscribe message: to whom, by which template, what it opens, and the texts of its fields by their names."""

    openid: str
    template_id: str
    page: str
    data: Mapping[str, str]


class WeChat:
    """Asks WeChat. No answer, secret or code is ever logged: only the call and the error code."""

    def __init__(self, client: httpx.AsyncClient, account: Account) -> None:
        self._client = client
        self._account = account
        self._tokens = AccessTokens(self._fetch_token)

    @classmethod
    @asynccontextmanager
    async def opened(cls, url: str, account: Account) -> AsyncIterator["WeChat"]:
        """A client of the servers at `url` with connections of its own, closed at the end."""
        async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
            yield cls(client, account)

    async def person_of(self, code: str) -> Person:
        """Who signed in with a code of `wx.login` (code2Session). A code is good once, for five minutes.

        Raises:
            CodeInvalid, CodeUsed, TooFrequent, UserBlocked: WeChat refused it.
            WeChatRefused: with another code.
            WeChatUnavailable: no answer.
        """
        asked = {
            "appid": self._account.appid,
            "secret": self._account.secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        answer = await self._call("jscode2session", "GET", "/sns/jscode2session", params=asked)
        return Person(_text(answer, "openid"))

    async def phone_of(self, code: str) -> Phone:
        """The number behind a code of `getPhoneNumber`. Each call of WeChat is paid for, so there is one per code.

        The one exception: WeChat did not look at the code because our access token was over.

        Raises:
            CodeInvalid, CodeUsed, TooFrequent: WeChat refused it.
            WeChatRefused: with another code, or for a number of another mini-program.
            WeChatUnavailable: no answer: the code may be spent.
        """
        answer = await self._authorised("getuserphonenumber", "/wxa/business/getuserphonenumber", {"code": code})
        info = answer.get("phone_info")
        if not isinstance(info, dict) or not isinstance(info.get("watermark"), dict):
            raise WeChatUnavailable("WeChat's answer holds no number")
        if info["watermark"].get("appid") != self._account.appid:
            raise BY_CODE[40029](40029)  # confirmed for another mini-program: somebody passes a code on
        return Phone(str(info.get("countryCode", "")), _text(info, "purePhoneNumber"))

    async def report_hand_over(self, told: HandOver) -> None:
        """Tells WeChat that the customer collected her goods: it keeps the shop's money until then (发货信息).

        Raises:
            ShippedAlready: it was told before.
            NotPaidThere: WeChat's order management does not know the payment, or not yet.
            WeChatRefused: with another code.
            WeChatUnavailable: no answer.
        """
        asked = {
            "order_key": {"order_number_type": 2, "transaction_id": told.transaction_id},
            "logistics_type": SELF_PICKUP,
            "delivery_mode": 1,  # all at once
            "shipping_list": [{"item_desc": told.item}],
            "upload_time": told.handed_over_at.astimezone(clock.SHANGHAI).isoformat(timespec="milliseconds"),
            "payer": {"openid": told.openid},
        }
        await self._authorised("upload_shipping_info", "/wxa/sec/order/upload_shipping_info", asked)

    async def send_message(self, message: Message) -> None:
        """Sends a subscribe message, for which the person gave a grant that is spent with it.

        Raises:
            NoGrant: there is none.
            WeChatRefused: with another code: 40003 openid, 40037 template, 41030 page, 47003 a field.
            WeChatBusy: nothing was sent.
            WeChatUnavailable: no answer: it may have been sent.
        """
        asked = {
            "touser": message.openid,
            "template_id": message.template_id,
            "page": message.page,
            "data": {name: {"value": value} for name, value in message.data.items()},
            "miniprogram_state": "formal",
            "lang": "zh_CN",
        }
        await self._authorised("subscribe_send", "/cgi-bin/message/subscribe/send", asked)

    async def _authorised(self, name: str, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        """A call with the access token; once more with the next one when it was over, so that nothing was done."""
        token = await self._tokens.current()
        try:
            return await self._call(name, "POST", path, params={"access_token": token}, json=asked)
        except WeChatRefused as refused:
            if refused.code not in TOKEN_OVER:
                raise
        another = await self._tokens.another(token)
        return await self._call(name, "POST", path, params={"access_token": another}, json=asked)

    async def _fetch_token(self) -> AccessToken:
        asked = {"grant_type": "client_credential", "appid": self._account.appid, "secret": self._account.secret}
        answer = await self._call("stable_token", "POST", "/cgi-bin/stable_token", json=asked)
        seconds = answer.get("expires_in")
        if not isinstance(seconds, int):
            raise WeChatUnavailable("WeChat's answer holds no lifetime")
        return AccessToken(_text(answer, "access_token"), clock.now() + timedelta(seconds=seconds))

    async def _call(self, name: str, method: str, path: str, **request: Any) -> dict[str, Any]:
        try:
            response = await self._client.request(method, path, **request)
            answer = response.json() if len(response.content) <= LARGEST else None
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            _log.warning("not reached", call=name, error=type(error).__name__)
            raise WeChatBusy(f"{name}: {type(error).__name__}") from None
        except (httpx.HTTPError, ValueError) as error:
            _log.warning("no answer", call=name, error=type(error).__name__)
            raise WeChatUnavailable(f"{name}: {type(error).__name__}") from None
        if response.status_code != httpx.codes.OK or not isinstance(answer, dict):
            _log.warning("no answer", call=name, status=response.status_code)
            raise WeChatUnavailable(f"{name}: status {response.status_code}")
        return _checked(name, answer)


def _checked(name: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    code = answer.get("errcode", 0)
    if code == 0:
        return dict(answer)
    _log.info("refused", call=name, code=code)
    if code == BUSY:
        raise WeChatBusy(f"{name}: error {code}")
    if not isinstance(code, int):
        raise WeChatUnavailable(f"{name}: error {code}")
    raise BY_CODE.get(code, WeChatRefused)(code)


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise WeChatUnavailable(f"WeChat's answer holds no {name}")
    return value
