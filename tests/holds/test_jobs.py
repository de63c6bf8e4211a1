"""The sweep: what is held beyond its time is let go everywhere, whoever else is busy."""

import asyncio
from datetime import timedelta

from app import worker
from app.holds import jobs
from app.kit import clock, db
from app.pickup import places
from tests.inventory.till import COUNTERS, LASTS, LINES, UNBALANCED, Till
from tests.rows import Rows, hours
from tests.shop import NOW

OVER = NOW + LASTS


async def sweep(till: Till) -> None:
    """The job as the worker runs it."""
    async with till.database.session():
        await worker._HANDLERS["holds.sweep"]({})


async def whole_hold(till: Till, rows: Rows, point: int, sku: int, slot: int) -> int:
    """Two units, a place and a coupon of a customer, until OVER."""
    customer = await rows.customer()
    hold = await till.hold_row(customer)
    await till.hold(hold, point, {sku: 2})
    async with till.database.session(), db.transaction() as tx:
        await places.hold(tx, hold, slot, OVER)
    code = await rows.insert(
        "coupon_code",
        coupon_id=await rows.coupon(),
        customer_id=customer,
        code=f"CODE-{hold}",
        ordinal=1,
        ordinal_limit=1,
        claimed_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    await rows.insert("coupon_hold", hold_id=hold, coupon_code_id=code, expires_at=OVER)
    return hold


async def test_everything_a_hold_kept_is_let_go_once_its_time_is_over(till: Till, rows: Rows) -> None:
    """Not a second before; the hold ends as EXPIRED; a second run, and two at once, change nothing."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    await till.shelve(point, sku, 9)
    window = {"starts_at": hours(2), "ends_at": hours(4), "cutoff_at": hours(1)}
    slot = await rows.insert("pickup_slot", pickup_point_id=point, **window, capacity=3, reserved=0)
    for _ in range(3):
        await whole_hold(till, rows, point, sku, slot)
    everything = (
        "SELECT (SELECT held FROM stock_lot), (SELECT reserved FROM pickup_slot),"
        " (SELECT count(*) FROM coupon_hold WHERE released_at IS NULL),"
        " (SELECT count(*) FROM hold WHERE outcome = 'EXPIRED')"
    )
    with clock.moved_to(OVER - timedelta(seconds=1)):
        await sweep(till)
    assert await till.look(everything) == [(6, 3, 3, 0)]
    with clock.moved_to(OVER):
        await asyncio.gather(sweep(till), sweep(till))
        assert await till.look(everything) == [(0, 0, 0, 3)]
        before = await till.look("SELECT count(*) FROM stock_movement")
        await sweep(till)
    assert await till.look("SELECT count(*) FROM stock_movement") == before
    assert await till.look(UNBALANCED) == []


async def test_more_than_a_batch_is_let_go_in_one_run(till: Till, rows: Rows) -> None:
    """Each batch is a transaction of its own."""
    left = [jobs.BATCH * 2 + 1]
    taken = []

    async def kind(tx: db.RequestConnection, most: int) -> int:
        tx.require_transaction()
        swept = min(left[0], most)
        left[0] -= swept
        taken.append(swept)
        return swept

    async with till.database.session():
        await jobs.sweep([kind], {})
    assert taken == [jobs.BATCH, jobs.BATCH, 1]


async def test_what_an_order_has_taken_is_left_alone(till: Till, rows: Rows) -> None:
    """Its line and its hold stay as they are."""
    point, sku = await rows.point(), await rows.sku(await rows.product())
    await till.shelve(point, sku, 9)
    hold = await till.hold_row(ended_at=NOW, outcome="PLACED")
    await till.hold(hold, point, {sku: 4})
    await till.keep(hold, None)
    with clock.moved_to(NOW + timedelta(days=1)):
        await sweep(till)
    assert (await till.look(COUNTERS), await till.look(LINES)) == ([(9, 4)], [(4, None)])
    assert await till.look("SELECT ended_at, outcome FROM hold") == [(NOW, "PLACED")]
