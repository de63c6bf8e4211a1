"""What money does to orders, told twice, late, never, or after the end."""

from datetime import timedelta

import asyncpg
import pytest

from app.kit import clock
from app.orders import ending
from app.orders.enums import MOVES, OrderStatus
from tests.orders.market import Market, reason
from tests.shop import NOW

LATER = NOW + timedelta(minutes=11)


async def test_a_paid_order_has_a_code(market: Market) -> None:
    """Told once, twice, and asked besides: paid once."""
    await market.counter.play("switch", {"repeat": 3})
    order = await market.paid(await market.customer(), {await market.sells(3): 2})
    assert (order.status, order.paid_at, len(order.pickup_code or "")) == ("PAID", NOW, 8)
    async with market.database.session():
        await market.till.paying.check(order.customer_id, order.id)
    assert await market.value("SELECT array_agg(status ORDER BY id) FROM order_event") == ["PENDING_PAYMENT", "PAID"]
    assert await market.value("SELECT count(*) FROM partner_event WHERE type = 'OrderPaid'") == 1


async def test_an_order_nobody_pays_ends_and_everything_is_on_sale_again(market: Market) -> None:
    """Not before its time; then the coupon, the place and the units are back."""
    order = await market.buys(await market.customer(), {await market.sells(3): 2})
    await market.expires()
    assert (await market.order(order.id)).status == "PENDING_PAYMENT"
    with clock.moved_to(LATER):
        await market.expires()
        await market.expires()
    assert (await market.order(order.id)).status == "EXPIRED"
    assert await market.value("SELECT held FROM stock_lot") == 0
    assert await market.value("SELECT reserved FROM pickup_slot") == 0


async def test_paid_while_it_is_being_closed_is_paid(market: Market) -> None:
    """ORDERPAID means paid: the notification is lost, the order's time is over, WeChat is asked to close first."""
    order = await market.buys(await market.customer(), {await market.sells(3): 2})
    await market.pays(order)
    with clock.moved_to(LATER):
        await market.expires()
    assert (await market.order(order.id)).status == "PAID"
    assert await market.value("SELECT held FROM stock_lot") == 2


async def test_a_customer_cancels_what_she_paid_and_all_of_it_goes_back(market: Market) -> None:
    """Until the slot's cut-off; the money moves by the job, once."""
    order = await market.paid(await market.customer(), {await market.sells(3): 2})
    cancelled = await market.cancels(order)
    assert (cancelled.status, cancelled.cancel_reason, cancelled.refund_granted_fen) == ("CANCELLED", "CUSTOMER", 2000)
    assert await market.value("SELECT cancel_reason FROM customer_order") == "CUSTOMER"
    await market.refunds()
    await market.told()
    assert await market.value("SELECT (paid_fen, refund_granted_fen) = (2000, 2000) FROM payment")
    assert await market.value("SELECT held FROM stock_lot") == 0
    assert await reason(market.cancels(order)) == "OrderNotMovable"


async def test_after_the_cutoff_she_cannot(market: Market) -> None:
    """The shop is packing; nothing changes."""
    order = await market.paid(await market.customer(), {await market.sells(3): 2})
    before = await market.everything()
    with clock.moved_to(NOW + timedelta(hours=12)):
        assert await reason(market.cancels(order)) == "CancelTooLate"
    assert await market.everything() == before


async def test_nobody_cancels_pays_or_checks_somebody_elses_order(market: Market) -> None:
    """It is as if it were not there."""
    order = await market.buys(await market.customer(), {await market.sells(3): 2})
    other = await market.customer()
    before = await market.everything()
    async with market.database.session():
        for asked in (
            market.till.paying.prepare(other, order.id),
            market.till.paying.check(other, order.id),
            market.till.ending.cancel_own(None, other, order.id),  # type: ignore[arg-type]  # it gets no further
        ):
            assert await reason(asked) == "OrderNotFound"
    assert await market.everything() == before


async def test_cancelled_before_paying_and_paid_nevertheless_goes_back(market: Market) -> None:
    """Peers' trap 5: paid after the close is refunded by itself, and the order stays cancelled."""
    order = await market.buys(await market.customer(), {await market.sells(3): 2})
    await market.pays(order)  # WeChat knows it is paid, the shop does not yet
    cancelled = await market.cancels(order)
    assert cancelled.status == "CANCELLED"
    await market.told()
    await market.refunds()
    await market.told()
    assert await market.value("SELECT (paid_fen, refund_granted_fen) = (2000, 2000) FROM payment")


async def test_the_database_refuses_every_other_move(market: Market) -> None:
    """The trigger knows the same moves as app.orders.enums.MOVES."""
    order = await market.buys(await market.customer(), {await market.sells(3): 2})
    owner = market.rows.connection
    facts = "paid_at = now(), pickup_code = 'ABCDEFGH', collected_at = $2, closed_at = $3, cancel_reason = $4"
    legal = set()
    for status in OrderStatus:
        for following in OrderStatus:
            if status is following:
                continue
            collected = NOW if following is OrderStatus.COLLECTED else None
            closed = NOW if following in {OrderStatus.CANCELLED, OrderStatus.EXPIRED} else None
            why = "SHOP" if following is OrderStatus.CANCELLED else None
            move = owner.transaction()
            await move.start()
            try:
                await owner.execute("ALTER TABLE customer_order DISABLE TRIGGER USER")
                before = [NOW if status is OrderStatus.COLLECTED else None]
                before.append(NOW if status in {OrderStatus.CANCELLED, OrderStatus.EXPIRED} else None)
                was = "SHOP" if status is OrderStatus.CANCELLED else None
                await owner.execute(f"UPDATE customer_order SET status = $1, {facts}", status.value, *before, was)
                await owner.execute("ALTER TABLE customer_order ENABLE TRIGGER USER")
                await owner.execute(
                    f"UPDATE customer_order SET status = $1, {facts}", following.value, collected, closed, why
                )
                legal.add((status, following))
            except asyncpg.CheckViolationError:
                pass
            finally:
                await move.rollback()
    assert legal == {(status, following) for status, all_ in MOVES.items() for following in all_}
    assert (await market.order(order.id)).status == "PENDING_PAYMENT"


@pytest.mark.parametrize("minutes", [11, 60 * 25])
async def test_paid_long_after_the_end_goes_back(market: Market, minutes: int) -> None:
    """The order expired and was closed at WeChat; money that comes nevertheless pays for nothing."""
    order = await market.buys(await market.customer(), {await market.sells(3): 2})
    async with market.database.session():
        parameters = await market.till.paying.prepare(order.customer_id, order.id)
    with clock.moved_to(LATER):
        await market.expires()
    await market.counter.play("switch", {"pay_after_close": True})
    with clock.moved_to(NOW + timedelta(minutes=minutes)):
        await market.counter.pay(parameters)
        await market.told()
        await market.refunds()
    assert (await market.order(order.id)).status == "EXPIRED"
    assert await market.value("SELECT (paid_fen, refund_granted_fen) = (2000, 2000) FROM payment")
    assert await market.value("SELECT held FROM stock_lot") == 0


async def test_who_is_no_customer_of_wechats_any_more_is_told_so(market: Market) -> None:
    """Her order stays as it is."""
    order = await market.buys(await market.customer(), {await market.sells(3): 1})
    await market.rows.connection.execute("UPDATE customer SET openid_sealed = NULL, openid_index = NULL")
    before = await market.everything()
    assert await reason(market.pays(order)) == "AccountClosed"
    assert await market.everything() == before


async def test_an_order_that_cannot_be_closed_keeps_none_behind_it_waiting(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeChat fails for the oldest, a batch is one order: the next ends all the same, and the oldest the next time."""
    monkeypatch.setattr(ending, "BATCH", 1)
    sku = await market.sells(3)
    first = await market.buys(await market.customer(), {sku: 1})
    async with market.database.session():
        await market.till.paying.prepare(first.customer_id, first.id)
    second = await market.buys(await market.customer(), {sku: 1})
    await market.counter.play("fail", {"call": "close", "with": ["SYSTEM_ERROR"] * 9})
    with clock.moved_to(LATER):
        await market.expires()
        assert [(await market.order(each.id)).status for each in (first, second)] == ["PENDING_PAYMENT", "EXPIRED"]
        market.counter.state.faults["close"].clear()
        await market.expires()
    assert (await market.order(first.id)).status == "EXPIRED"
