"""Orders packed by clerks: weighed, left out, cancelled in part; what goes back is exact to the fen."""

import pytest

from tests.orders.counter import Clerk, answers, lines_of
from tests.orders.market import Market, reason

WEIGHED = {"is_catch_weight": True, "net_grams": 500, "product": {"sold_by": "WEIGHT"}}


async def test_what_weighs_less_goes_back_when_it_is_ready(market: Market) -> None:
    """Paid for 1000 g, weighed 1200 g by mistake, then 893 g; in proportion, the fraction is the customer's."""
    clerk = await Clerk.at(market)
    order = await market.paid(await market.customer(), {await market.sells(5, **WEIGHED): 2})
    (line,) = await lines_of(market, order)
    assert await reason(clerk.weighs(line, 900)) == "OrderNotMovable"
    await clerk.starts(order)
    assert await reason(clerk.readies(order)) == "LinesNotReady"
    for grams in (1200, 893, 893):
        await clerk.weighs(line, grams)
    assert await market.value("SELECT refund_granted_fen FROM customer_order") == 0
    for _ in range(2):
        assert (await clerk.readies(order)).status == "READY"
    assert await market.value("SELECT (refund_granted_fen, ready_at IS NOT NULL) = (214, true) FROM customer_order")
    assert await market.value("SELECT array_agg(reason || amount_fen) FROM order_refund") == ["WEIGHT214"]
    assert await reason(clerk.weighs(line, 800)) == "OrderNotMovable"


async def test_more_weight_costs_nothing(market: Market) -> None:
    """A ceiling was paid: never a surcharge."""
    clerk = await Clerk.at(market)
    order = await market.paid(await market.customer(), {await market.sells(5, **WEIGHED): 2})
    (line,) = await lines_of(market, order)
    await clerk.starts(order)
    await clerk.weighs(line, 1500)
    await clerk.readies(order)
    assert await market.value("SELECT refund_granted_fen FROM customer_order") == 0


async def test_what_is_left_out_goes_back_once(market: Market) -> None:
    """The same key again is the same order; the units of the lot that keeps longest are left out first."""
    clerk = await Clerk.at(market)
    sku = await market.sells(2, keeps=5)
    await market.stocked(sku, 5, 9)
    order = await market.paid(await market.customer(), {sku: 3})
    (line,) = await lines_of(market, order)
    await clerk.starts(order)
    for _ in range(2):
        await clerk.shorts(line, 1, key="the-same-key")
    assert await market.value("SELECT (short_quantity, refund_granted_fen) = (1, 1000) FROM order_line")
    assert await market.value("SELECT array_agg(held ORDER BY id) FROM stock_lot") == [2, 0]
    assert await market.value("SELECT array_agg(on_hand ORDER BY id) FROM stock_lot") == [2, 5]


async def test_what_is_spoilt_is_written_off(market: Market) -> None:
    """It is neither held nor on sale."""
    clerk = await Clerk.at(market)
    order = await market.paid(await market.customer(), {await market.sells(5): 3})
    (line,) = await lines_of(market, order)
    await clerk.starts(order)
    await clerk.shorts(line, 2, writes_off=True)
    assert await market.value("SELECT (on_hand, held) = (3, 1) FROM stock_lot")
    assert await market.value("SELECT sum(on_hand_delta) FROM stock_movement WHERE kind = 'WRITE_OFF'") == -2


async def test_with_the_last_unit_the_order_is_cancelled(market: Market) -> None:
    """All of it goes back, the place is free."""
    clerk = await Clerk.at(market)
    order = await market.paid(await market.customer(), {await market.sells(5): 3})
    (line,) = await lines_of(market, order)
    await clerk.starts(order)
    await clerk.shorts(line, 1)
    assert (await clerk.shorts(line, 2)).status == "CANCELLED"
    assert await market.value("SELECT (refund_granted_fen, cancel_reason) = (3000, 'OUT_OF_STOCK') FROM customer_order")
    assert await market.value("SELECT reserved FROM pickup_slot") == 0
    await market.refunds()
    await market.told()


@pytest.mark.parametrize("quantity", [0, -1, 3, 10**9])
async def test_more_than_there_is_is_refused(market: Market, quantity: int) -> None:
    """Nothing changes."""
    clerk = await Clerk.at(market)
    order = await market.paid(await market.customer(), {await market.sells(5): 2})
    (line,) = await lines_of(market, order)
    await clerk.starts(order)
    before = await market.everything()
    assert await reason(clerk.shorts(line, quantity)) == "LineUnitsExceeded"
    assert await reason(clerk.cancels_lines(order, [(line.id, quantity)])) == "LineUnitsExceeded"
    assert await reason(clerk.weighs(line, 500)) == "NotSoldByWeight"
    assert await market.everything() == before


async def test_the_shop_cancels_units_of_a_paid_order(market: Market) -> None:
    """Of several lines in one refund; nothing of an order of others, nothing once it is packed."""
    clerk = await Clerk.at(market)
    one, two = await market.sells(5), await market.sells(5)
    order = await market.paid(await market.customer(), {one: 2, two: 3})
    other = await market.paid(await market.customer(), {one: 1})
    first, second = await lines_of(market, order)
    (foreign,) = await lines_of(market, other)
    before = await market.everything()
    assert await reason(clerk.cancels_lines(order, [(first.id, 1), (foreign.id, 1)])) == "OrderNotFound"
    assert await market.everything() == before
    await clerk.cancels_lines(order, [(first.id, 2), (second.id, 1)])
    assert await market.value(
        "SELECT array_agg(refund_granted_fen ORDER BY position) FROM order_line WHERE order_id = $1", order.id
    ) == [2000, 1000]
    await clerk.starts(order)
    await clerk.readies(order)
    before = await market.everything()
    assert await reason(clerk.cancels_lines(order, [(second.id, 1)])) == "OrderNotMovable"
    assert await market.everything() == before


async def test_more_than_fifty_reasons_for_refunds_never_stick(market: Market) -> None:
    """WeChat takes 50 refunds of a payment: units go one by one until forty, then together, and nothing is lost.

    Without the reserve the cancellation of such an order would fail, and its money would stay with the shop.
    """
    clerk, skus = await Clerk.at(market), [await market.sells(40) for _ in range(3)]
    order = await market.paid(await market.customer(), dict.fromkeys(skus, 20))
    await clerk.starts(order)
    lines, cheaper = await lines_of(market, order), await market.sells(5, price_fen=10)
    for turn in range(39):
        await clerk.shorts(lines[turn % 2], 1)
    await clerk.offers(lines[2], cheaper, 1)  # its answer may need one
    before = await market.everything()
    assert await reason(clerk.shorts(lines[2], 1)) == "RefundsExhausted"
    assert await reason(clerk.cancels_lines(order, [(lines[2].id, 1)])) == "RefundsExhausted"
    assert await reason(clerk.offers(lines[1], cheaper, 1)) == "RefundsExhausted"
    assert await market.everything() == before
    await answers(market, order, order.customer_id, accepts=True)
    assert (await market.cancels_for_shop(order)).status == "CANCELLED"
    await market.refunds()
    assert await market.value("SELECT (count(*), sum(amount_fen)) = (41, 60000) FROM granted_refund")
    assert await market.value("SELECT refunded_fen FROM payment WHERE id = $1", order.payment_id) == 60_000
