"""Another slot for a paid order: places move together with it, and nobody loses one by asking."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from app.kit import clock
from app.kit.errors import Refused
from app.orders import changing
from app.orders.errors import LotsTooOld
from app.orders.models import Order
from app.orders.queries import events_by_order
from tests.orders.counter import Clerk
from tests.orders.market import Market, caller_of, reason
from tests.rows import days, hours


async def changes(market: Market, order: Order, slot: int, customer: int | None = None) -> Order:
    """Its customer, or somebody else, asks for another slot."""
    asker = customer or order.customer_id
    async with market.database.session():
        return await changing.change_slot(caller_of(asker), asker, order.id, slot)


async def reserved(market: Market, slot: int) -> int:
    """How many places of a slot are taken."""
    return int(await market.value("SELECT reserved FROM pickup_slot WHERE id = $1", slot))


def window(start: float) -> str:
    """A slot of the market as people write it."""
    begins, ends = (hours(moment).astimezone(clock.SHANGHAI) for moment in (start, start + 3))
    return f"{begins:%m-%d %H:%M}-{ends:%H:%M}"


async def test_a_paid_order_moves_with_its_place(market: Market) -> None:
    """The old place is free, the new one taken, the history tells both windows; asked again nothing more happens."""
    order = await market.paid(await market.customer(), {await market.sells(5): 2})
    later = await market.opens(54, capacity=1)
    moved = await changes(market, order, later)
    assert (moved.pickup_slot_id, moved.status) == (later, "PAID")
    assert (await market.order(order.id)).pickup_slot_id == later
    assert (await reserved(market, market.slot), await reserved(market, later)) == (0, 1)
    before = await market.everything()
    assert (await changes(market, order, later)).pickup_slot_id == later
    assert await market.everything() == before
    async with market.database.session():
        note = (await events_by_order([order.id]))[-1]
    old, new = (window(start) for start in (30, 54))
    assert (note.status, note.note) == ("PAID", f"自提时段由 {old} 改为 {new}")


async def test_until_the_cut_off_of_the_slot_she_has(market: Market) -> None:
    """A second before it, and at it; the new slot being open does not help."""
    order = await market.paid(await market.customer(), {await market.sells(5): 2})
    later, last = await market.opens(54), await market.opens(58)
    with clock.moved_to(hours(12) - timedelta(seconds=1)):
        assert (await changes(market, order, later)).pickup_slot_id == later
    with clock.moved_to(hours(36)):
        before = await market.everything()
        assert await reason(changes(market, order, last)) == "SlotChangeTooLate"
        assert await market.everything() == before


async def test_what_cannot_be_moved_stays(market: Market) -> None:
    """Unpaid, cancelled; a full, closed, foreign or unknown slot. Another's order is as unknown as none."""
    sku = await market.sells(9)
    order, unpaid = (
        await market.paid(await market.customer(), {sku: 2}),
        await market.buys(await market.customer(), {sku: 1}),
    )
    cancelled = await market.cancels(await market.paid(await market.customer(), {sku: 1}))
    later, full = await market.opens(54), await market.opens(58, capacity=0)
    closed, elsewhere = await market.opens(17), await market.opens(54, point=await market.rows.point())
    stranger = await market.customer()
    before = await market.everything()
    for slot, refusal in ((full, "Full"), (closed, "Closed"), (elsewhere, "Closed"), (10**9, "Closed")):
        assert await reason(changes(market, order, slot)) == f"PickupSlot{refusal}"
    for other in (unpaid, cancelled):
        assert await reason(changes(market, other, later)) == "OrderNotMovable"
    assert await reason(changes(market, order, later, stranger)) == "OrderNotFound"
    order.id = 10**9
    assert await reason(changes(market, order, later)) == "OrderNotFound"
    assert await market.everything() == before


async def test_an_order_being_packed_stays_in_its_slot(market: Market) -> None:
    """Also before the cut-off."""
    order = await market.paid(await market.customer(), {await market.sells(5): 2})
    clerk, later = await Clerk.at(market), await market.opens(54)
    await clerk.starts(order)
    assert await reason(changes(market, order, later)) == "OrderNotMovable"


async def test_its_lots_keep_what_was_promised_on_the_new_day(market: Market) -> None:
    """Lots that leave two days on the third day do not on the fourth: the refusal names line and last day."""
    order = await market.paid(await market.customer(), {await market.sells(5, keeps=4): 2})
    line_id = await market.value("SELECT id FROM order_line")
    good, late = await market.opens(40), await market.opens(78)
    before = await market.everything()
    with pytest.raises(Refused) as refused:
        await changes(market, order, late)
    assert refused.value.reason == LotsTooOld((line_id,), days(2))
    assert await market.everything() == before
    assert (await changes(market, order, good)).pickup_slot_id == good


async def test_many_who_want_the_last_place(market: Market) -> None:
    """Twelve orders at once for three places: three move, nine keep the place they had."""
    sku, few = await market.sells(50), await market.opens(54, capacity=3)
    orders = [await market.paid(await market.customer(), {sku: 1}) for _ in range(12)]
    outcomes = Counter(await asyncio.gather(*(reason(changes(market, order, few)) for order in orders)))
    assert outcomes == {"Order": 3, "PickupSlotFull": 9}
    assert (await reserved(market, few), await reserved(market, market.slot)) == (3, 9)


async def test_orders_that_change_places_wait_in_no_circle(market: Market) -> None:
    """Peers' trap: two slots locked in the order of the request. Half go one way while half come the other."""
    sku, other = await market.sells(50), await market.opens(54)
    here = [await market.paid(await market.customer(), {sku: 1}) for _ in range(6)]
    there = [await market.paid(await market.customer(), {sku: 1}, slot=other) for _ in range(6)]
    moves = [changes(market, order, other) for order in here] + [changes(market, order, market.slot) for order in there]
    assert Counter(await asyncio.gather(*map(reason, moves))) == {"Order": 12}
    assert (await reserved(market, market.slot), await reserved(market, other)) == (6, 6)


async def test_cancelled_while_it_moves(market: Market) -> None:
    """Whichever comes first, no place is kept for what is cancelled."""
    order, later = await market.paid(await market.customer(), {await market.sells(5): 1}), await market.opens(54)
    outcomes = await asyncio.gather(reason(changes(market, order, later)), reason(market.cancels(order)))
    assert outcomes[1] == "Order"
    assert (await reserved(market, market.slot), await reserved(market, later)) == (0, 0)
