"""Money is written down once, whatever is told how often; what goes back never passes what came."""

import asyncio
from datetime import timedelta

import pytest

from app.kit import clock, db
from app.payments import ledger, queries
from app.payments.enums import ChargeKind, EventSource, PaymentState, RefundKind, RefundState
from app.payments.errors import RefundKeyReused, RefundTooLarge, RefundTooMany
from app.payments.gateway import RefundStatus
from app.payments.models import GrantedRefund, Payment
from tests.payments.till import Till
from tests.shop import NOW


async def read(till: Till, payment: Payment) -> Payment:
    """The payment as it is now."""
    async with till.database.session():
        return await queries.payment(payment.id)


async def read_refund(till: Till, refund: GrantedRefund) -> GrantedRefund:
    """The refund as it is now."""
    async with till.database.session():
        found = await queries.refund(refund.id)
    assert found is not None
    return found


async def test_a_payment_is_opened_with_a_number_of_its_own(till: Till) -> None:
    """Day and id, so that no two are alike; nobody has paid anything yet."""
    first, second = await till.open(), await till.open(250)
    assert first.out_trade_no == f"YG20261120{first.id:012}"
    assert second.out_trade_no == f"YG20261120{second.id:012}"
    assert (first.state, first.amount_fen, first.expires_at) == (PaymentState.OPEN, 1000, NOW + timedelta(minutes=10))
    assert await till.counters(second) == (0, 0, 0)


async def test_a_charge_pays_once(till: Till) -> None:
    """A repeated notification changes nothing."""
    payment = await till.open()
    assert (await till.charge(payment)).kind is ChargeKind.PAID
    before = await till.everything()
    assert (await till.charge(payment)).kind is ChargeKind.ALREADY
    assert (await till.charge(payment, source=EventSource.QUERY)).kind is ChargeKind.ALREADY
    assert await till.everything() == before
    now = await read(till, payment)
    assert (now.state, now.transaction_id, now.paid_at) == (PaymentState.PAID, f"T{payment.id}", NOW)
    assert await till.events(payment) == [("CHARGE", "SUCCESS", 1000)]


async def test_fifty_notifications_at_once_pay_once(till: Till) -> None:
    """Trap Y#1152: whoever comes second is told ALREADY, and no callback rolls back what another wrote."""
    payment = await till.open()
    outcomes = await asyncio.gather(*(till.charge(payment) for _ in range(50)))
    assert sorted(each.kind for each in outcomes) == [ChargeKind.ALREADY] * 49 + [ChargeKind.PAID]
    assert await till.counters(payment) == (1000, 0, 0)
    assert await till.events(payment) == [("CHARGE", "SUCCESS", 1000)]


@pytest.mark.parametrize("amount", [1, 999, 1001])
async def test_another_amount_pays_nothing_and_is_on_the_ledger(till: Till, amount: int) -> None:
    """The money is there, so it is written down; the payment stays open and the money can go back."""
    payment = await till.open()
    outcome = await till.charge(payment, amount_fen=amount)
    assert (outcome.kind, outcome.goes_back) == (ChargeKind.MISMATCH, True)
    assert (outcome.payment.amount_fen, outcome.charge.amount_fen) == (1000, amount)
    assert (await read(till, payment)).state is PaymentState.OPEN
    assert await till.counters(payment) == (amount, 0, 0)


async def test_a_second_charge_goes_back_whole(till: Till) -> None:
    """Trap Y#1152, paid twice: the first pays, the second is granted back once, however often it is told."""
    payment = await till.paid()
    for _ in range(3):
        outcome = await till.charge(payment, "T-again")
        async with till.database.session(), db.transaction() as tx:
            refund = await ledger.give_back(tx, outcome, "重复支付")
    assert (refund.amount_fen, refund.transaction_id, refund.state) == (1000, "T-again", RefundState.GRANTED)
    assert await till.counters(payment) == (2000, 1000, 0)
    assert (await read(till, payment)).transaction_id == f"T{payment.id}"


async def test_what_pays_is_not_given_back_from_another_charge(till: Till) -> None:
    """Refunds of each charge stay within that charge, although the payment holds both."""
    payment = await till.paid()
    await till.charge(payment, "T-again", 400)
    await till.grant(payment, "line-1", 1000)
    before = await till.everything()
    with pytest.raises(RefundTooLarge):
        await till.grant(payment, "line-2", 1)
    assert await till.everything() == before


async def test_three_partial_refunds_are_what_was_paid(till: Till) -> None:
    """Trap S/apps#2446: equal amounts under different keys are different refunds; a fen more is refused."""
    payment = await till.paid(1000)
    refunds = [await till.grant(payment, key, amount) for key, amount in (("a", 333), ("b", 333), ("c", 334))]
    assert [each.out_refund_no for each in refunds] == [f"{payment.out_trade_no}R{number}" for number in (1, 2, 3)]
    before = await till.everything()
    with pytest.raises(RefundTooLarge):
        await till.grant(payment, "d", 1)
    assert await till.everything() == before
    for each in refunds:
        assert (await till.report(each.number, each.amount_fen)).kind is RefundKind.REFUNDED
    assert await till.counters(payment) == (1000, 1000, 1000)


async def test_a_key_is_granted_once(till: Till) -> None:
    """Trap PR#19811: a repeated grant is the same refund with the same number; with another amount it is refused."""
    payment = await till.paid()
    first = await till.grant(payment, "order:7:cancel", 600)
    again = await till.grant(payment, "order:7:cancel", 600)
    assert (first.id, first.number) == (again.id, again.number)
    before = await till.everything()
    with pytest.raises(RefundKeyReused):
        await till.grant(payment, "order:7:cancel", 400)
    assert await till.everything() == before
    assert await till.counters(payment) == (1000, 600, 0)
    assert await till.rows("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'payments.refund'") == [(1,)]


async def test_grants_at_once_never_pass_what_was_paid(till: Till) -> None:
    """Of twenty that want 300 of 1000 at once three get it."""
    payment = await till.paid()
    tries = [till.grant(payment, f"key-{number}", 300) for number in range(20)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, GrantedRefund) for each in done) == 3
    assert sum(isinstance(each, RefundTooLarge) for each in done) == 17
    assert await till.counters(payment) == (1000, 900, 0)


async def test_a_payment_takes_fifty_refunds(till: Till) -> None:
    """WeChat's limit."""
    payment = await till.paid()
    for number in range(50):
        await till.grant(payment, f"key-{number}", 1)
    before = await till.everything()
    with pytest.raises(RefundTooMany):
        await till.grant(payment, "one more", 1)
    assert await till.everything() == before


@pytest.mark.parametrize("amount", [0, -1, 1001])
async def test_no_refund_of_nothing_or_of_too_much(till: Till, amount: int) -> None:
    """And none of what was not paid."""
    payment, unpaid = await till.paid(), await till.open()
    before = await till.everything()
    with pytest.raises(RefundTooLarge):
        await till.grant(payment, "k", amount)
    with pytest.raises(RefundTooLarge):
        await till.grant(unpaid, "k", 1)
    assert await till.everything() == before


async def test_a_refund_is_done_once_whatever_comes_late(till: Till) -> None:
    """Trap V#3152: only SUCCESS counts; what comes after it changes nothing."""
    payment = await till.paid()
    refund = await till.grant(payment, "k", 1000)
    assert (await till.report(refund.number, 1000, RefundStatus.PROCESSING)).kind is RefundKind.PROCESSING
    assert (await read_refund(till, refund)).state is RefundState.PROCESSING
    assert await till.counters(payment) == (1000, 1000, 0)
    assert (await till.report(refund.number, 1000)).kind is RefundKind.REFUNDED
    before = await till.everything()
    for status in (RefundStatus.SUCCESS, RefundStatus.PROCESSING, RefundStatus.ABNORMAL, RefundStatus.CLOSED):
        assert (await till.report(refund.number, 1000, status)).kind is RefundKind.ALREADY
    assert await till.everything() == before
    assert await till.counters(payment) == (1000, 1000, 1000)


async def test_a_closed_refund_gets_one_new_number(till: Till) -> None:
    """WeChat closed the first for good, so that a second number cannot move the money twice; a third is never made."""
    payment = await till.paid()
    first = await till.grant(payment, "k", 1000)
    outcome = await till.report(first.number, 1000, RefundStatus.CLOSED)
    assert outcome.kind is RefundKind.NEW_NUMBER
    assert outcome.refund is not None
    assert outcome.refund.number == f"{first.number}B"
    assert (await till.report(first.number, 1000, RefundStatus.CLOSED)).kind is RefundKind.ALREADY
    assert (await till.report(f"{first.number}B", 1000, RefundStatus.CLOSED)).kind is RefundKind.FAILED
    refund = await read_refund(till, first)
    assert (refund.state, refund.failure, refund.number) == (RefundState.FAILED, "CLOSED", f"{first.number}B")
    assert await till.counters(payment) == (1000, 1000, 0)


async def test_an_abnormal_refund_waits_for_staff_and_may_still_succeed(till: Till) -> None:
    """Trap V#3152: a failed refund is not done. Paid out from the merchant platform, it is."""
    payment = await till.paid()
    refund = await till.grant(payment, "k", 1000)
    assert (await till.report(refund.number, 1000, RefundStatus.ABNORMAL)).kind is RefundKind.ABNORMAL
    assert (await read_refund(till, refund)).failure == "ABNORMAL"
    assert await till.counters(payment) == (1000, 1000, 0)
    assert (await till.report(refund.number, 1000)).kind is RefundKind.REFUNDED
    assert (await read_refund(till, refund)).state is RefundState.REFUNDED
    assert await till.counters(payment) == (1000, 1000, 1000)


async def test_a_refund_of_another_amount_or_nobody_s_changes_nothing(till: Till) -> None:
    """What WeChat says has to be what was granted."""
    payment = await till.paid()
    refund = await till.grant(payment, "k", 600)
    before = await till.everything()
    assert (await till.report(refund.number, 599)).kind is RefundKind.MISMATCH
    assert (await till.report("YG-nobody", 600)).kind is RefundKind.UNKNOWN
    assert await till.everything() == before


async def test_a_refund_under_both_numbers_is_counted_once(till: Till) -> None:
    """WeChat contradicts itself: the ledger keeps its balance and the second stands there as a failure."""
    payment = await till.paid()
    refund = await till.grant(payment, "k", 1000)
    await till.report(refund.number, 1000, RefundStatus.CLOSED)
    assert (await till.report(f"{refund.number}B", 1000)).kind is RefundKind.REFUNDED
    assert (await till.report(refund.number, 1000)).kind is RefundKind.ALREADY
    assert await till.counters(payment) == (1000, 1000, 1000)
    assert (await till.events(payment))[-1] == ("REFUND", "FAILURE", 1000)


async def test_money_after_the_close_goes_back(till: Till) -> None:
    """Trap EasyAbp#74: pay after cancel. The payment stays closed."""
    payment = await till.open()
    close = "UPDATE payment SET closing_at = $2, closed_at = $2 WHERE id = $1"
    await till.owner.execute(close, payment.id, clock.now())
    outcome = await till.charge(payment)
    assert outcome.kind is ChargeKind.PAID_AFTER_CLOSE
    async with till.database.session(), db.transaction() as tx:
        refund = await ledger.give_back(tx, outcome, "订单已取消")
    assert (await read(till, payment)).state is PaymentState.CLOSED
    await till.report(refund.number, 1000)
    assert await till.counters(payment) == (1000, 1000, 1000)


async def test_nothing_happens_outside_a_transaction(till: Till) -> None:
    """What stands on the ledger stands or falls with what it is for."""
    payment = await till.paid()
    async with till.database.session():
        with pytest.raises(db.NoTransactionError):
            await ledger.grant_refund(db.current(), payment.id, key="k", amount_fen=1, reason="x")
