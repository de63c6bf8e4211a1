"""The shop's counter beside WeChat Pay's stand-in: the real client, the real endpoint, one clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from app.accounts.places import OPENID
from app.embedded.wechat_pay import keys
from app.embedded.wechat_pay.server import StandIn
from app.embedded.wechat_pay.state import State
from app.http.notify import PATH, Notify
from app.kit import clock, db
from app.kit.vault import Vault
from app.payments import service
from app.payments.gateway import PayParameters
from app.payments.handling import Handler
from app.payments.jobs import Poller, Refunder
from app.payments.models import Payment
from app.payments.reconciliation import Reconciler
from app.payments.wechat_pay.client import WeChatPay
from app.payments.wechat_pay.keys import Merchant, parse_public
from app.tables import Database
from tests.payments.ledger_alone import LedgerHandler
from tests.payments.till import Till

APPID = "wx-test"
PERSON = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
NOTIFY = f"http://shop.test{PATH}"


@cache
def platform_keys() -> keys.Keys:
    """Made once per run: it takes a moment."""
    return keys.new()


def merchant(known: keys.Keys | None = None) -> Merchant:
    """The shop's side of the keys."""
    given = known or platform_keys()
    platform = {given.platform_serial: parse_public(keys.public(given.platform))}
    return Merchant(given.mchid, APPID, given.merchant_serial, given.merchant, platform, given.apiv3)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where customers pay. `http` is what WeChat Pay's stand-in sends notifications with."""

    till: Till
    gateway: WeChatPay
    stand_in: StandIn
    vault: Vault
    http: httpx.AsyncClient
    handler: Handler

    @property
    def state(self) -> State:
        """What the stand-in knows."""
        return self.stand_in.state

    async def prepare(self, payment: Payment) -> PayParameters:
        """What the phone is given."""
        async with self.till.database.session():
            return await service.prepare(self.gateway, self.vault, payment.id)

    async def pay(self, parameters: PayParameters) -> str:
        """The customer types her password; WeChat's number of the charge."""
        answer = await self.play("pay", phone(parameters))
        assert answer.is_success, answer.text
        return str(answer.json()["transaction_id"])

    async def play(self, what: str, asked: dict[str, Any]) -> httpx.Response:
        """Plays the phone, or breaks something."""
        transport = httpx.ASGITransport(self.stand_in.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://pay.test") as client:
            return await client.post(f"/stand-in/{what}", json=asked)

    async def bought(self, amount_fen: int = 1000) -> Payment:
        """A payment that was paid and told of."""
        payment = await self.till.open(amount_fen)
        await self.pay(await self.prepare(payment))
        assert await self.stand_in.deliver() >= 1
        return payment

    async def close(self, payment: Payment) -> service.Closed | service.Paid:
        """Ends it."""
        async with self.till.database.session():
            return await service.close(self.gateway, payment.id)

    async def poll(self) -> None:
        """The job."""
        async with self.till.database.session():
            await Poller(self.gateway, self.handler).poll({})

    async def reconcile(self) -> None:
        """The job."""
        async with self.till.database.session():
            await Reconciler(self.gateway, self.handler).reconcile({})

    async def refund(self, refund_id: int) -> None:
        """The job, once."""
        async with self.till.database.session():
            await Refunder(self.gateway, self.handler).refund({"refund": refund_id})

    async def refund_all(self) -> None:
        """The job, for all that is granted and due."""
        for record in await self.till.rows("SELECT id FROM granted_refund WHERE next_try_at IS NOT NULL ORDER BY id"):
            await self.refund(record[0])

    async def state_of(self, payment: Payment) -> tuple[str, int, int]:
        """Where the payment stands, what came and what went back."""
        sql = """SELECT CASE WHEN paid_at IS NOT NULL THEN 'PAID' WHEN closed_at IS NOT NULL THEN 'CLOSED'
          ELSE 'OPEN' END, paid_fen, refunded_fen FROM payment WHERE id = $1"""
        found = (await self.till.rows(sql, payment.id))[0]
        return found[0], found[1], found[2]


def phone(parameters: PayParameters) -> dict[str, str]:
    """What the mini-program hands to wx.requestPayment."""
    return {
        "appId": parameters.app_id,
        "timeStamp": parameters.time_stamp,
        "nonceStr": parameters.nonce_str,
        "package": parameters.package,
        "signType": parameters.sign_type,
        "paySign": parameters.pay_sign,
    }


async def give_openid(till: Till, vault: Vault, openid: str = PERSON) -> None:
    """Lets the till's customer be known to WeChat."""
    async with till.database.session(), db.transaction() as tx:
        sealed = await vault.seal(tx, f"customer:{till.customer}", OPENID, openid)
        sql = "UPDATE customer SET openid_sealed = $2, openid_index = $3 WHERE id = $1"
        await tx.execute(sql, till.customer, sealed, vault.index(OPENID, openid))


def endpoint(database: Database, handler: Handler) -> Starlette:
    """The shop's endpoint for notifications, and nothing else."""
    app = Starlette(routes=[Notify(merchant(), handler).route()])

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "state": {"database": database}}, receive, send)

    return serve  # type: ignore[return-value]  # an ASGI application is a function


@asynccontextmanager
async def opened(till: Till, vault: Vault, handler: Handler | None = None) -> AsyncIterator[Counter]:
    """A counter whose two sides meet in this process."""
    await give_openid(till, vault)
    acting = handler or LedgerHandler()
    shop = httpx.ASGITransport(endpoint(till.database, acting))
    async with httpx.AsyncClient(transport=shop, base_url="http://shop.test") as notifying:
        stand_in = StandIn(State(platform_keys(), APPID), notifying, lambda: clock.now().timestamp())
        asking = httpx.ASGITransport(stand_in.app())
        async with httpx.AsyncClient(transport=asking, base_url="http://pay.test") as http:
            yield Counter(till, WeChatPay(http, merchant(), NOTIFY), stand_in, vault, notifying, acting)
