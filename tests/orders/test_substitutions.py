"""Something else for what is missing: offered, taken, declined or over."""

from datetime import timedelta

from app.kit import clock
from app.orders import substitutions
from app.orders.enums import CancelReason
from app.orders.models import Order
from tests.orders.counter import Clerk, answers, lines_of, offer_of
from tests.orders.market import Market, reason
from tests.shop import NOW


async def offered(market: Market, clerk: Clerk, *, units: int = 2) -> tuple[Order, int]:
    """An order of three, of which `units` are missing; a cheaper substitute is offered. The order, the substitute."""
    customer = await market.customer()
    order = await market.paid(customer, {await market.sells(5): 3})
    other = await market.sells(4, price_fen=750)
    await clerk.starts(order)
    (line,) = await lines_of(market, order)
    await clerk.offers(line, other, units)
    return order, other


async def test_taken_the_difference_goes_back_and_its_lot_is_the_orders(market: Market) -> None:
    """It leaves with the rest; the lot is kept with the line."""
    clerk = await Clerk.at(market)
    order, _ = await offered(market, clerk)
    assert await reason(clerk.readies(order)) == "LinesNotReady"
    for _ in range(2):
        await answers(market, order, order.customer_id, accepts=True)
    assert await market.value("SELECT (short_quantity, refund_granted_fen) = (2, 500) FROM order_line")
    assert await market.value("SELECT array_agg(quantity ORDER BY id) FROM order_line_lot") == [3, 2]
    code = (await clerk.readies(order)).pickup_code
    await clerk.hands_over(code)
    assert await market.value("SELECT array_agg(on_hand ORDER BY id) FROM stock_lot") == [4, 2]


async def test_declined_all_of_it_goes_back(market: Market) -> None:
    """The substitute is on sale again; another answer comes too late."""
    clerk = await Clerk.at(market)
    order, _ = await offered(market, clerk)
    await answers(market, order, order.customer_id, accepts=False)
    assert await market.value("SELECT refund_granted_fen FROM order_line") == 2000
    assert await market.value("SELECT array_agg(held ORDER BY id) FROM stock_lot") == [1, 0]
    before = await market.everything()
    assert await reason(answers(market, order, order.customer_id, accepts=True)) == "SubstitutionOver"
    assert await market.everything() == before


async def test_without_an_answer_it_lapses(market: Market) -> None:
    """After half an hour; with nothing left of the order that is cancelled."""
    clerk = await Clerk.at(market)
    order, _ = await offered(market, clerk, units=3)
    for minutes, state in ((29, "OFFERED"), (30, "LAPSED"), (31, "LAPSED")):
        with clock.moved_to(NOW + timedelta(minutes=minutes)):
            if minutes == 30:
                assert await reason(answers(market, order, order.customer_id, accepts=True)) == "SubstitutionOver"
            async with market.database.session():
                await substitutions.lapse({})
        assert (await offer_of(market, order)).state == state
    assert (await market.order(order.id)).status == "CANCELLED"
    assert await market.value("SELECT refund_granted_fen FROM customer_order") == 3000


async def test_what_cannot_be_offered(market: Market) -> None:
    """Dearer, the same, weighed, not there, more than is missing, a second one; by nobody of another point."""
    clerk = await Clerk.at(market)
    stranger = await Clerk.at(market, await market.rows.point(), "stranger")
    same = await market.sells(9)
    order = await market.paid(await market.customer(), {same: 3})
    (line,) = await lines_of(market, order)
    dearer, weighed = await market.sells(9, price_fen=1001), await market.sells(9, is_catch_weight=True, net_grams=500)
    good, few = await market.sells(9), await market.sells(1)
    await clerk.starts(order)
    before = await market.everything()
    for sku, units, why in (
        (dearer, 1, "SubstituteDearer"),
        (same, 1, "SubstituteNotPossible"),
        (weighed, 1, "SubstituteNotPossible"),
        (few, 2, "InsufficientStock"),
        (good, 4, "LineUnitsExceeded"),
    ):
        assert await reason(clerk.offers(line, sku, units)) == why
    assert await reason(stranger.offers(line, good, 1)) == "OrderNotFound"
    assert await market.everything() == before
    await clerk.offers(line, good, 1)
    before = await market.everything()
    assert await reason(clerk.offers(line, good, 1)) == "SubstituteNotPossible"
    assert await reason(clerk.shorts(line, 3)) == "LineUnitsExceeded"
    assert await reason(answers(market, order, await market.customer(), accepts=True)) == "SubstitutionNotFound"
    assert (await market.everything())[0][1:] == before[0][1:]


async def test_a_cancelled_order_takes_its_offer_along(market: Market) -> None:
    """Nothing stays held, and nothing can be answered."""
    clerk = await Clerk.at(market)
    order, _ = await offered(market, clerk)
    async with market.database.session():
        await market.till.ending.cancel_for_shop(clerk.caller, order.id, CancelReason.SHOP, "停电")
    assert await market.value("SELECT sum(held) FROM stock_lot") == 0
    assert await reason(answers(market, order, order.customer_id, accepts=True)) == "SubstitutionOver"
