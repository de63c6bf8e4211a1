"""Whatever happens between the shop and WeChat, in the end both have the same money."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.kit import clock
from app.payments import service
from app.payments.enums import EventSource
from app.payments.errors import GatewayRefused, GatewayUnavailable, PaymentOver, RefundKeyReused, RefundTooLarge
from app.payments.gateway import PayParameters
from app.payments.models import Payment
from app.payments.wechat_pay import client
from tests.payments.counter import Counter, phone
from tests.payments.till import UNBALANCED
from tests.shop import NOW

STEPS = st.lists(
    st.sampled_from(
        [
            *("prepare", "pay", "deliver", "close", "poll", "grant 1", "grant 400", "grant 600", "refund"),
            *("lose", "repeat", "reorder", "twice", "late", "fault create", "fault close", "fault refund"),
            *("fault query", "abnormal", "closed", "processing", "settle"),
        ]
    ),
    min_size=6,
    max_size=20,
)
SET = {
    "lose": ("lose", 1),
    "repeat": ("repeat", 3),
    "reorder": ("reorder", True),
    "abnormal": ("refund_ends", "ABNORMAL"),
    "closed": ("refund_ends", "CLOSED"),
    "processing": ("refund_ends", ""),
}
EXPECTED = (GatewayUnavailable, GatewayRefused, PaymentOver, RefundTooLarge, RefundKeyReused)


class Day:
    """A payment of 1000 fen, and what befalls it. Every step is half a minute."""

    def __init__(self, counter: Counter, payment: Payment) -> None:
        self.counter = counter
        self.payment = payment
        self.parameters: PayParameters | None = None

    async def step(self, name: str) -> None:
        """One thing that happens, or fails as it may."""
        kind, _, value = name.partition(" ")
        if name in SET:
            setattr(self.counter.state.switches, *SET[name])
        elif kind == "fault":
            self.counter.state.faults[value] += ["lost", "signature"]
        elif kind == "grant":
            await self.counter.till.grant(self.payment, name, int(value))
        else:
            await getattr(self, name)()

    async def prepare(self) -> None:
        """The phone gets what it pays with."""
        self.parameters = await self.counter.prepare(self.payment)

    async def pay(self) -> None:
        """The customer pays, if WeChat lets her."""
        if self.parameters is not None:
            await self.counter.play("pay", phone(self.parameters))

    async def late(self) -> None:
        """The customer pays behind the close."""
        self.parameters = self.parameters or await self.counter.prepare(self.payment)
        await self.close()
        self.counter.state.switches.pay_after_close = True
        await self.pay()

    async def twice(self) -> None:
        """The customer's money comes twice."""
        self.parameters = self.parameters or await self.counter.prepare(self.payment)
        self.counter.state.switches.pay_twice = True
        await self.pay()

    async def deliver(self) -> None:
        """WeChat tells what it has to tell."""
        await self.counter.stand_in.deliver()

    async def poll(self) -> None:
        """The job."""
        await self.counter.poll()

    async def refund(self) -> None:
        """The job, for all that is due."""
        await self.counter.refund_all()

    async def close(self) -> None:
        """As orders do: what turns out to be paid is recorded."""
        found = await self.counter.close(self.payment)
        if isinstance(found, service.Paid):
            async with self.counter.till.database.session():
                await self.counter.handler.on_charge(self.payment.id, found.charge, EventSource.QUERY)

    async def settle(self) -> None:
        """The bank is done with what is in progress."""
        for refund in list(self.counter.state.refunds.values()):
            if refund.status == "PROCESSING":
                await self.counter.play("settle", {"out_refund_no": refund.number, "status": "SUCCESS"})

    async def end(self) -> None:
        """Everything works again, and every job had its turn."""
        self.counter.state.faults.clear()
        self.counter.state.switches = type(self.counter.state.switches)()
        await self.settle()
        for hours in (1, 8, 16, 24, 32, 40):
            with clock.moved_to(NOW + timedelta(hours=hours)):
                await self.counter.stand_in.deliver()
                await self.counter.poll()
                await self.counter.reconcile()
                await self.counter.refund_all()

    async def there(self) -> tuple[int, int]:
        """What WeChat has of it: what came, what went back."""
        order = self.counter.state.orders.get(self.payment.out_trade_no)
        charges = [] if order is None else order.charges
        refunds = [refund for charge in charges for refund in charge.refunds if refund.status == "SUCCESS"]
        return sum(each.order.total for each in charges), sum(each.amount for each in refunds)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's second try comes without a pause."""
    monkeypatch.setattr(client, "PAUSE", 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_both_sides_have_the_same_money(counter: Counter, steps: list[str]) -> None:
    """Lost, doubled and reordered notifications, faults at every call, money too late and twice, refunds that fail.

    At no time goes more back than came; the next day, when every job had its turn, both sides agree to the fen, and
    what pays for nothing went back, unless WeChat itself gave the refund up.
    """
    await counter.till.owner.execute("TRUNCATE reconciliation_report CASCADE")  # of the example before
    day = Day(counter, await counter.till.open())
    for place, name in enumerate(steps):
        with clock.moved_to(NOW + timedelta(seconds=30 * place)):
            try:
                await day.step(name)
            except EXPECTED:
                continue
        came, granted, back = await counter.till.counters(day.payment)
        assert 0 <= back <= granted <= came
    await day.end()
    assert await counter.till.owner.fetch(UNBALANCED) == []
    state, came, back = await counter.state_of(day.payment)
    assert (came, back) == await day.there()
    failed = "SELECT count(*) FROM granted_refund WHERE payment_id = $1 AND failure IS NOT NULL"
    if (await counter.till.rows(failed, day.payment.id))[0][0] == 0:
        _, granted, _ = await counter.till.counters(day.payment)
        assert back == granted
        assert came - back <= (1000 if state == "PAID" else 0)
