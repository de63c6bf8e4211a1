"""From a payment to money and back, over the real client, the stand-in and the real endpoint."""

import asyncio
from datetime import timedelta

import pytest

from app.kit import clock, db
from app.payments import ledger, service
from app.payments.enums import PaymentState, RefundState
from app.payments.errors import GatewayUnavailable, NoPayer, PaymentOver
from tests.payments.counter import PERSON, Counter, phone
from tests.shop import NOW


async def test_a_customer_pays_and_the_shop_is_told(counter: Counter) -> None:
    """Prepared, signed, paid, notified: the stand-in checks each signature with its own code."""
    payment = await counter.till.open()
    assert await counter.state_of(payment) == ("OPEN", 0, 0)
    await counter.pay(await counter.prepare(payment))
    assert await counter.stand_in.deliver() == 1
    assert counter.state.sent[-1][2] == 204
    assert await counter.state_of(payment) == ("PAID", 1000, 0)
    assert await counter.till.events(payment) == [("CHARGE", "REQUEST", 1000), ("CHARGE", "SUCCESS", 1000)]


async def test_the_same_order_is_prepared_again_until_its_prepay_id_nears_its_end(counter: Counter) -> None:
    """WeChat is asked once; five minutes before two hours are over it is asked again, with the same number."""
    async with counter.till.database.session(), db.transaction() as tx:
        payment = await service.open(
            tx,
            customer_id=counter.till.customer,
            amount_fen=5,
            description="长期",
            expires_at=NOW + timedelta(hours=3),
        )
    first, again = await counter.prepare(payment), await counter.prepare(payment)
    assert (first.package, counter.state.calls["create"]) == (again.package, 1)
    assert first.nonce_str != again.nonce_str
    with clock.moved_to(NOW + timedelta(hours=1, minutes=56)):
        await counter.prepare(payment)
    assert counter.state.calls["create"] == 2
    with clock.moved_to(NOW + timedelta(hours=2, seconds=1)):
        later = await counter.prepare(payment)
        assert counter.state.calls["create"] == 3
        assert (await counter.play("pay", phone(first))).status_code == 400
        await counter.pay(later)


async def test_a_paid_payment_is_not_prepared(counter: Counter) -> None:
    """Nor a closed one, nor one whose time is over; WeChat is not asked."""
    paid, late, closed = await counter.bought(), await counter.till.open(), await counter.till.open()
    await counter.close(closed)
    asked = counter.state.calls["create"]
    for payment, at, state in (
        (paid, NOW, PaymentState.PAID),
        (closed, NOW, PaymentState.CLOSED),
        (late, late.expires_at, PaymentState.OPEN),
    ):
        with clock.moved_to(at), pytest.raises(PaymentOver) as over:
            await counter.prepare(payment)
        assert over.value.state is state
    assert counter.state.calls["create"] == asked


async def test_the_end_of_an_order_is_wechats_too(counter: Counter) -> None:
    """time_expire is the payment's end: a phone that comes later cannot pay."""
    payment = await counter.till.open()
    parameters = await counter.prepare(payment)
    with clock.moved_to(payment.expires_at):
        assert (await counter.play("pay", phone(parameters))).status_code == 400
    assert await counter.state_of(payment) == ("OPEN", 0, 0)


@pytest.mark.parametrize("changed", ["paySign", "timeStamp", "nonceStr", "package", "appId", "signType"])
async def test_a_phone_pays_only_with_what_was_signed(counter: Counter, changed: str) -> None:
    """The stand-in looks at every parameter, as a phone does."""
    given = phone(await counter.prepare(await counter.till.open()))
    assert (await counter.play("pay", given | {changed: "x"})).status_code == 400
    assert (await counter.play("pay", given)).status_code == 200


async def test_the_openid_is_unsealed_for_the_call_alone(counter: Counter) -> None:
    """It reaches WeChat and stands nowhere in the ledger; without one nobody pays."""
    payment = await counter.bought()
    assert counter.state.orders[payment.out_trade_no].facts["payer"] == {"openid": PERSON}
    assert PERSON not in str(await counter.till.everything())
    other = await counter.till.open()
    await counter.till.owner.execute("UPDATE customer SET openid_sealed = NULL, openid_index = NULL")
    before = await counter.till.everything()
    with pytest.raises(NoPayer):
        await counter.prepare(other)
    assert await counter.till.everything() == before


async def test_a_lost_notification_is_made_good_by_polling(counter: Counter) -> None:
    """Nobody is asked in the first twenty seconds; then once, and not again once it is paid."""
    payment = await counter.till.open()
    counter.state.switches.lose = 1
    await counter.pay(await counter.prepare(payment))
    assert await counter.stand_in.deliver() == 0
    await counter.poll()
    assert counter.state.calls["query"] == 0
    with clock.moved_to(NOW + timedelta(seconds=21)):
        await counter.poll()
        assert await counter.state_of(payment) == ("PAID", 1000, 0)
        await counter.poll()
    assert counter.state.calls["query"] == 1


async def test_a_doubled_late_notification_changes_nothing(counter: Counter) -> None:
    """Sent three times, after polling was faster."""
    payment = await counter.till.open()
    counter.state.switches.repeat, counter.state.switches.delay = 3, 600
    await counter.pay(await counter.prepare(payment))
    with clock.moved_to(NOW + timedelta(minutes=10)):
        await counter.poll()
        before = await counter.till.everything()
        assert await counter.stand_in.deliver() == 3
    assert await counter.till.everything() == before
    assert await counter.state_of(payment) == ("PAID", 1000, 0)


async def test_closing_is_closing_at_wechat_first(counter: Counter) -> None:
    """Repeated, the same answer; the phone cannot pay any more."""
    payment = await counter.till.open()
    parameters = await counter.prepare(payment)
    assert await counter.close(payment) == service.Closed()
    assert await counter.close(payment) == service.Closed()
    assert counter.state.orders[payment.out_trade_no].state == "CLOSED"
    assert counter.state.calls["close"] == 1
    assert (await counter.play("pay", phone(parameters))).status_code == 400
    assert await counter.till.events(payment) == [("CHARGE", "REQUEST", 1000), ("CLOSE", "SUCCESS", 0)]


async def test_closing_finds_out_that_it_was_paid(counter: Counter) -> None:
    """ORDERPAID means paid: the charge is answered, for the caller to record; nothing is closed."""
    payment = await counter.till.open()
    counter.state.switches.lose = 1
    transaction = await counter.pay(await counter.prepare(payment))
    found = await counter.close(payment)
    assert isinstance(found, service.Paid)
    assert (found.charge.transaction_id, found.charge.amount_fen) == (transaction, 1000)
    assert (await counter.till.charge(payment, transaction)).kind == "PAID"
    again = await counter.close(payment)
    assert isinstance(again, service.Paid)
    assert again.charge.transaction_id == transaction
    assert await counter.state_of(payment) == ("PAID", 1000, 0)


async def test_a_payment_nobody_prepared_is_closed_without_wechat(counter: Counter) -> None:
    """WeChat never heard of it."""
    payment = await counter.till.open()
    assert await counter.close(payment) == service.Closed()
    assert counter.state.calls["close"] == 0


async def test_a_close_that_wechat_did_not_answer_is_repeated(counter: Counter) -> None:
    """It was done, and the answer was lost, twice: nothing is released until WeChat says so."""
    payment = await counter.till.open()
    await counter.prepare(payment)
    counter.state.faults["close"] = ["lost", "lost"]
    with pytest.raises(GatewayUnavailable):
        await counter.close(payment)
    assert await counter.state_of(payment) == ("OPEN", 0, 0)
    with pytest.raises(PaymentOver):  # but nobody makes it payable again
        await counter.prepare(payment)
    assert await counter.close(payment) == service.Closed()


async def test_money_after_the_close_goes_back_by_itself(counter: Counter) -> None:
    """Trap EasyAbp#74: pay after cancel. Granted with the notification, refunded by the job, told again: once."""
    payment = await counter.till.open()
    parameters = await counter.prepare(payment)
    await counter.close(payment)
    counter.state.switches.pay_after_close, counter.state.switches.repeat = True, 2
    await counter.pay(parameters)
    assert await counter.stand_in.deliver() == 2
    assert await counter.state_of(payment) == ("CLOSED", 1000, 0)
    await counter.refund_all()
    assert await counter.state_of(payment) == ("CLOSED", 1000, 1000)
    assert [refund.amount for refund in counter.state.refunds.values()] == [1000]


async def test_who_pays_twice_gets_one_back(counter: Counter) -> None:
    """Trap Y#1152: two charges of one order, notified in the wrong order; the later of them goes back, whole."""
    payment = await counter.till.open()
    counter.state.switches.pay_twice = counter.state.switches.reorder = True
    await counter.pay(await counter.prepare(payment))
    assert await counter.stand_in.deliver() == 2
    assert await counter.state_of(payment) == ("PAID", 2000, 0)
    await counter.refund_all()
    assert await counter.state_of(payment) == ("PAID", 2000, 1000)
    back = [len(charge.refunds) for charge in counter.state.orders[payment.out_trade_no].charges]
    assert back == [1, 0]


async def test_three_partial_refunds_go_back_each_under_its_number(counter: Counter) -> None:
    """Trap V#2393: their sum is what was paid, at WeChat too; a refund that is asked for twice moves once."""
    payment = await counter.bought()
    for key, amount in (("a", 333), ("b", 333), ("c", 334)):
        await counter.till.grant(payment, key, amount)
    await counter.refund_all()
    await counter.refund_all()
    assert await counter.stand_in.deliver() == 3
    assert await counter.state_of(payment) == ("PAID", 1000, 1000)
    assert {number: refund.amount for number, refund in counter.state.refunds.items()} == {
        f"{payment.out_trade_no}R1": 333,
        f"{payment.out_trade_no}R2": 333,
        f"{payment.out_trade_no}R3": 334,
    }


@pytest.mark.parametrize("fault", ["lost", "html", "SYSTEM_ERROR", "FREQUENCY_LIMITED", "signature", "NOT_ENOUGH"])
async def test_a_refund_is_asked_for_again_with_the_same_number(counter: Counter, fault: str) -> None:
    """Trap S/apps#2446: whatever the answer was, the retry is the same refund, and it moves once."""
    payment = await counter.bought()
    refund = await counter.till.grant(payment, "k", 700)
    counter.state.faults["refund"] = [fault, fault]
    await counter.refund(refund.id)
    assert await counter.state_of(payment) == ("PAID", 1000, 0)
    assert await counter.till.rows("SELECT tries, failure FROM granted_refund") == [(1, None)]
    await counter.refund(refund.id)  # too early: nothing is asked
    asked = counter.state.calls["refund"]
    counter.state.faults["refund"].clear()
    with clock.moved_to(NOW + timedelta(minutes=1)):
        await counter.refund(refund.id)
    assert counter.state.calls["refund"] == asked + 1
    assert list(counter.state.refunds) == [f"{payment.out_trade_no}R1"]
    assert await counter.state_of(payment) == ("PAID", 1000, 700)
    assert (await counter.till.events(payment))[2:] == [("REFUND", "REQUEST", 700), ("REFUND", "SUCCESS", 700)]


async def test_a_refund_in_progress_is_asked_about(counter: Counter) -> None:
    """PROCESSING is no success; the bank is done days later, and its notification was lost."""
    payment = await counter.bought()
    counter.state.switches.refund_ends = ""
    refund = await counter.till.grant(payment, "k", 1000)
    await counter.refund(refund.id)
    assert await counter.state_of(payment) == ("PAID", 1000, 0)
    counter.state.switches.lose = 1
    await counter.play("settle", {"out_refund_no": refund.number, "status": "SUCCESS"})
    with clock.moved_to(NOW + timedelta(minutes=1)):
        await counter.refund(refund.id)
    assert (counter.state.calls["refund"], counter.state.calls["query_refund"]) == (1, 1)
    assert await counter.state_of(payment) == ("PAID", 1000, 1000)


async def test_a_closed_refund_is_asked_for_once_more(counter: Counter) -> None:
    """Under a new number, which the job takes; the first one moved nothing."""
    payment = await counter.bought()
    counter.state.switches.refund_ends = "CLOSED"
    refund = await counter.till.grant(payment, "k", 1000)
    await counter.refund(refund.id)
    counter.state.switches.refund_ends = "SUCCESS"
    await counter.refund(refund.id)
    assert await counter.stand_in.deliver() == 2
    assert await counter.state_of(payment) == ("PAID", 1000, 1000)
    assert [(each.number, each.status) for each in counter.state.refunds.values()] == [
        (f"{payment.out_trade_no}R1", "CLOSED"),
        (f"{payment.out_trade_no}R1B", "SUCCESS"),
    ]


async def test_a_refund_the_bank_does_not_take_is_left_to_staff(counter: Counter) -> None:
    """ABNORMAL: no job asks again; when staff paid it out by the merchant platform, its notification counts."""
    payment = await counter.bought()
    counter.state.switches.refund_ends = "ABNORMAL"
    refund = await counter.till.grant(payment, "k", 1000)
    await counter.refund(refund.id)
    assert await counter.till.rows("SELECT failure, next_try_at FROM granted_refund") == [("ABNORMAL", None)]
    await counter.play("settle", {"out_refund_no": refund.number, "status": "SUCCESS"})
    await counter.stand_in.deliver()
    assert await counter.state_of(payment) == ("PAID", 1000, 1000)


async def test_a_refund_wechat_refuses_is_left_to_staff(counter: Counter) -> None:
    """With WeChat's code; nothing went back, and it stays granted."""
    payment = await counter.bought()
    refund = await counter.till.grant(payment, "k", 1000)
    counter.state.faults["refund"] = ["PARAM_ERROR"]
    await counter.refund(refund.id)
    assert await counter.till.rows("SELECT failure FROM granted_refund") == [("PARAM_ERROR",)]
    assert await counter.till.counters(payment) == (1000, 1000, 0)
    async with counter.till.database.session():
        found = await ledger.queries.refund(refund.id)
    assert found is not None
    assert found.state is RefundState.FAILED


async def test_two_workers_move_a_refund_once(counter: Counter) -> None:
    """They ask at once, with one number."""
    payment = await counter.bought()
    refund = await counter.till.grant(payment, "k", 600)
    await asyncio.gather(*(counter.refund(refund.id) for _ in range(5)))
    await counter.stand_in.deliver()
    assert [each.amount for each in counter.state.refunds.values()] == [600]
    assert await counter.state_of(payment) == ("PAID", 1000, 600)


async def test_prepared_while_it_is_closed_is_not_payable(counter: Counter) -> None:
    """The order was made behind the close: it is closed again, and the phone gets nothing."""
    payment = await counter.till.open()

    class Slow:
        """Closes in the middle of making the order."""

        def __getattr__(self, name: str) -> object:
            return getattr(counter.gateway, name)

        async def create(self, order: object) -> str:
            """Makes the order when everything is over."""
            await counter.till.owner.execute("UPDATE payment SET closing_at = now(), closed_at = now()")
            return await counter.gateway.create(order)  # type: ignore[arg-type]  # as it came

    async with counter.till.database.session():
        with pytest.raises(PaymentOver):
            await service.prepare(Slow(), counter.vault, payment.id)  # type: ignore[arg-type]  # all of a gateway by __getattr__
    assert counter.state.orders[payment.out_trade_no].state == "CLOSED"
