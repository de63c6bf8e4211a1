"""Each morning WeChat's bill is compared with the ledger: a report per day, what is safe is healed."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.kit import clock
from app.payments.errors import GatewayUnavailable
from tests.payments.counter import Counter
from tests.shop import NOW

DAY = date(2026, 11, 20)
MORNING = NOW + timedelta(days=1, minutes=20)
REPORTS = (
    "SELECT day, charge_count, charge_fen, refund_count, refund_fen, matched FROM reconciliation_report ORDER BY day"
)
DIFFERENCES = """SELECT kind, out_trade_no, out_refund_no, bill_fen, ledger_fen, is_healed
FROM reconciliation_difference ORDER BY id"""


async def differences(counter: Counter) -> list[tuple[Any, ...]]:
    """All there are."""
    return await counter.till.rows(DIFFERENCES)


async def test_a_day_that_is_alike_is_reported_once(counter: Counter) -> None:
    """Two charges and a refund, to the fen; the job again adds nothing, nor asks for the bill again."""
    first = await counter.bought(1999)
    await counter.bought(1)
    await counter.till.grant(first, "k", 700)
    await counter.refund_all()
    with clock.moved_to(MORNING):
        await counter.reconcile()
        asked = counter.state.calls["bill"]
        await counter.reconcile()
    assert await counter.till.rows(REPORTS) == [(DAY, 2, 2000, 1, 700, 3)]
    assert await differences(counter) == []
    assert counter.state.calls["bill"] == asked == 1


async def test_before_ten_nothing_is_asked_and_quiet_days_are_reported_too(counter: Counter) -> None:
    """Trap 13 (days of UTC): the bill of a day in Shanghai is there by ten; each day has its report, quiet ones too."""
    await counter.bought()
    with clock.moved_to(NOW + timedelta(hours=23, minutes=59)):
        await counter.reconcile()
    assert counter.state.calls["bill"] == 0
    with clock.moved_to(MORNING + timedelta(days=2)):
        await counter.reconcile()
    assert await counter.till.rows(REPORTS) == [
        (DAY, 1, 1000, 0, 0, 1),
        (DAY + timedelta(days=1), 0, 0, 0, 0, 0),
        (DAY + timedelta(days=2), 0, 0, 0, 0, 0),
    ]


async def test_a_payment_the_ledger_lacks_is_looked_up_and_recorded(counter: Counter) -> None:
    """Its notification was lost, and nobody polled: it stands in the report as healed."""
    payment = await counter.till.open()
    counter.state.switches.lose = 1
    await counter.pay(await counter.prepare(payment))
    with clock.moved_to(MORNING):
        await counter.reconcile()
    assert await counter.state_of(payment) == ("PAID", 1000, 0)
    assert await counter.till.rows(REPORTS) == [(DAY, 1, 1000, 0, 0, 0)]
    assert await differences(counter) == [("MISSING_HERE", payment.out_trade_no, None, 1000, None, True)]


async def test_money_after_the_close_that_nobody_told_of_goes_back(counter: Counter) -> None:
    """Found on the bill, recorded, granted back."""
    payment = await counter.till.open()
    parameters = await counter.prepare(payment)
    await counter.close(payment)
    counter.state.switches.pay_after_close, counter.state.switches.lose = True, 1
    await counter.pay(parameters)
    with clock.moved_to(MORNING):
        await counter.reconcile()
        await counter.refund_all()
    assert await counter.state_of(payment) == ("CLOSED", 1000, 1000)
    assert [each[-1] for each in await differences(counter)] == [True]


async def test_a_second_charge_that_nobody_told_of_is_found(counter: Counter) -> None:
    """The query tells the first charge only; the bill has both."""
    payment = await counter.till.open()
    counter.state.switches.pay_twice = True
    await counter.pay(await counter.prepare(payment))
    counter.state.outbox.pop()
    await counter.stand_in.deliver()
    assert await counter.state_of(payment) == ("PAID", 1000, 0)
    with clock.moved_to(MORNING):
        await counter.reconcile()
        await counter.refund_all()
    assert await counter.state_of(payment) == ("PAID", 2000, 1000)


async def test_money_of_an_unknown_order_is_left_to_staff(counter: Counter) -> None:
    """Nothing here can be paid with it."""
    payment = await counter.bought()
    order = counter.state.orders[payment.out_trade_no]
    order.facts = order.facts | {"out_trade_no": "YG20261120000000099999"}
    with clock.moved_to(MORNING):
        await counter.reconcile()
    # the charge is known by WeChat's own number, so it is the same money: no difference
    assert await differences(counter) == []
    order.charges[0].transaction_id = "T-unknown"
    await counter.till.owner.execute("TRUNCATE reconciliation_report CASCADE")
    with clock.moved_to(MORNING):
        await counter.reconcile()
    assert await differences(counter) == [
        ("MISSING_HERE", "YG20261120000000099999", None, 1000, None, False),
        ("MISSING_THERE", payment.out_trade_no, None, None, 1000, False),
    ]


async def test_another_amount_on_the_bill_is_left_to_staff(counter: Counter) -> None:
    """The ledger is not changed by a bill."""
    payment = await counter.bought(1000)
    counter.state.orders[payment.out_trade_no].facts["amount"]["total"] = 999
    before = await counter.till.everything()
    with clock.moved_to(MORNING):
        await counter.reconcile()
    assert await differences(counter) == [("AMOUNT_DIFFERS", payment.out_trade_no, None, 999, 1000, False)]
    assert await counter.till.everything() == before


async def test_a_refund_that_is_done_there_is_done_here_then(counter: Counter) -> None:
    """Its notification was lost, and its job."""
    payment = await counter.bought()
    counter.state.switches.refund_ends = ""
    refund = await counter.till.grant(payment, "k", 400)
    await counter.refund(refund.id)
    counter.state.switches.lose = 1
    await counter.play("settle", {"out_refund_no": refund.number, "status": "SUCCESS"})
    with clock.moved_to(MORNING):
        await counter.reconcile()
    assert await counter.state_of(payment) == ("PAID", 1000, 400)
    assert await differences(counter) == [
        ("REFUND_DIFFERS", payment.out_trade_no, refund.number, 400, 400, True),
    ]


async def test_a_refund_wechat_lacks_and_one_nobody_granted(counter: Counter) -> None:
    """Both are left to staff; a forged ledger entry and a refund made in the merchant platform."""
    payment = await counter.bought()
    refund = await counter.till.grant(payment, "k", 400)
    await counter.refund(refund.id)
    there = counter.state.refunds.pop(refund.number)
    there.facts = there.facts | {"out_refund_no": "by-hand"}
    counter.state.refunds["by-hand"] = there
    with clock.moved_to(MORNING):
        await counter.reconcile()
    assert await differences(counter) == [
        ("MISSING_HERE", payment.out_trade_no, "by-hand", 400, None, False),
        ("MISSING_THERE", payment.out_trade_no, refund.number, None, 400, False),
    ]


@pytest.mark.parametrize("fault", ["html", "SYSTEM_ERROR", "signature"])
async def test_a_bill_that_does_not_come_is_asked_for_again(counter: Counter, fault: str) -> None:
    """There is no report until it does."""
    await counter.bought()
    counter.state.faults["bill"] = [fault, fault]
    with clock.moved_to(MORNING):
        with pytest.raises(GatewayUnavailable):
            await counter.reconcile()
        assert await counter.till.rows(REPORTS) == []
        await counter.reconcile()
    assert await counter.till.rows(REPORTS) == [(DAY, 1, 1000, 0, 0, 1)]
