"""WeChat is told of each hand-over, so that it pays the shop: once, by a job, until it is told."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.embedded.wechat import state as wechat_state
from app.embedded.wechat.server import StandIn
from app.kit import clock, db
from app.payments import shipping
from app.payments.models import Payment
from app.payments.shipping import Shipper
from app.wechat.client import WeChat
from app.wechat.errors import NotPaidThere, WeChatUnavailable
from tests.payments.counter import PERSON, Counter
from tests.shop import ACCOUNT, NOW


class Wicket:
    """Where goods are handed over, and WeChat beside it."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.servers = StandIn(wechat_state.State(*ACCOUNT), lambda: clock.now().timestamp())
        transport = httpx.ASGITransport(self.servers.app())
        self.shipper = Shipper(
            WeChat(httpx.AsyncClient(transport=transport, base_url="http://w.test"), ACCOUNT), counter.vault
        )

    async def hand_over(self, payment: Payment) -> bool:
        """The clerk's part."""
        async with self.counter.till.database.session(), db.transaction() as tx:
            return await shipping.hand_over(tx, payment.id, clock.now())

    async def ship(self, payment: Payment) -> None:
        """The job."""
        async with self.counter.till.database.session():
            await self.shipper.ship({"payment": payment.id})

    async def told(self, payment: Payment) -> list[dict[str, Any]]:
        """What WeChat was told of it."""
        sql = "SELECT transaction_id FROM payment WHERE id = $1"
        return self.servers.state.shipped[(await self.counter.till.rows(sql, payment.id))[0][0]]

    async def times(self, payment: Payment) -> tuple[Any, ...]:
        """When it was handed over, and when WeChat knew."""
        sql = "SELECT handed_over_at, shipped_at FROM payment WHERE id = $1"
        return (await self.counter.till.rows(sql, payment.id))[0]


@pytest.fixture
def wicket(counter: Counter) -> Wicket:
    """Nothing was collected yet."""
    return Wicket(counter)


async def test_a_hand_over_is_told_once(wicket: Wicket) -> None:
    """As self-pickup, by WeChat's number of the charge; the job again tells nothing."""
    payment = await wicket.counter.bought()
    assert await wicket.hand_over(payment)
    assert not await wicket.hand_over(payment)
    await wicket.ship(payment)
    await wicket.ship(payment)
    (told,) = await wicket.told(payment)
    assert told == {
        "order_key": {"order_number_type": 2, "transaction_id": told["order_key"]["transaction_id"]},
        "logistics_type": 4,
        "delivery_mode": 1,
        "shipping_list": [{"item_desc": "优购生鲜"}],
        "upload_time": "2026-11-20T10:00:00.000+08:00",
        "payer": {"openid": PERSON},
    }
    assert await wicket.times(payment) == (NOW, NOW)
    queued = "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'payments.ship'"
    assert await wicket.counter.till.rows(queued) == [(1,)]


async def test_what_was_not_paid_is_not_handed_over(wicket: Wicket) -> None:
    """Nothing is noted, nothing queued, nothing told."""
    payment = await wicket.counter.till.open()
    before = await wicket.counter.till.everything()
    assert not await wicket.hand_over(payment)
    await wicket.ship(payment)
    assert await wicket.counter.till.everything() == before
    assert wicket.servers.state.calls["upload_shipping_info"] == 0


@pytest.mark.parametrize(
    ("fault", "error"), [("html", WeChatUnavailable), (-1, WeChatUnavailable), (10060001, NotPaidThere)]
)
async def test_what_wechat_does_not_take_is_told_again(
    wicket: Wicket, fault: int | str, error: type[Exception]
) -> None:
    """The job fails and is tried again; when it has no patience left, the sweep queues it anew each hour."""
    payment = await wicket.counter.bought()
    await wicket.hand_over(payment)
    wicket.servers.state.faults["upload_shipping_info"] = [fault]
    with pytest.raises((WeChatUnavailable, NotPaidThere)):
        await wicket.ship(payment)
    assert await wicket.times(payment) == (NOW, None)
    await wicket.counter.till.owner.execute("DELETE FROM pgqueuer")
    queued = "SELECT convert_from(payload, 'UTF8') FROM pgqueuer WHERE entrypoint = 'payments.ship'"
    for hours, jobs in ((0, 0), (1, 1), (2, 1)):
        with clock.moved_to(NOW + timedelta(hours=hours)):
            async with wicket.counter.till.database.session():
                await wicket.shipper.sweep({})
        assert await wicket.counter.till.rows(queued) == [(f'{{"payment":{payment.id}}}',)] * jobs
    await wicket.ship(payment)
    assert len(await wicket.told(payment)) == 1


@pytest.mark.parametrize("code", [10060002, 10060003, 10060023])
async def test_told_before_is_told(wicket: Wicket, code: int) -> None:
    """A worker died behind WeChat's answer: it is noted now."""
    payment = await wicket.counter.bought()
    await wicket.hand_over(payment)
    wicket.servers.state.faults["upload_shipping_info"] = [code]
    await wicket.ship(payment)
    assert await wicket.times(payment) == (NOW, NOW)


async def test_an_access_token_that_is_over_is_fetched_anew(wicket: Wicket) -> None:
    """Once, as for phone numbers."""
    payment = await wicket.counter.bought()
    await wicket.hand_over(payment)
    wicket.servers.state.faults["upload_shipping_info"] = [42001]
    await wicket.ship(payment)
    assert wicket.servers.state.calls == {"stable_token": 2, "upload_shipping_info": 2}
    assert len(await wicket.told(payment)) == 1


async def test_who_closed_her_account_is_not_told_of(wicket: Wicket) -> None:
    """Her openid is gone; the log says so, and the job rests."""
    payment = await wicket.counter.bought()
    await wicket.hand_over(payment)
    await wicket.counter.till.owner.execute("UPDATE customer SET openid_sealed = NULL, openid_index = NULL")
    await wicket.ship(payment)
    assert wicket.servers.state.calls["upload_shipping_info"] == 0
    assert await wicket.times(payment) == (NOW, None)
