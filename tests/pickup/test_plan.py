"""The plan of a point: every change remakes empty slots, keeps promises, and tells what became of them."""

import asyncio
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import orjson
import pytest

from app.kit import clock, db
from app.kit.errors import Refused
from app.kit.idempotency import IdempotencyKeyReused
from app.pickup import days, places, plan, points, weekly
from app.pickup.days import NewExtra
from app.pickup.errors import (
    BadWindow,
    CapacityBelowReserved,
    DayClosed,
    ExtraSlotNotFound,
    PickupPointClosed,
    PickupPointNotFound,
    PickupSlotClosed,
    PickupSlotNotFound,
    PlacesReserved,
    SlotClosureNotFound,
    SlotRuleNotFound,
    WindowOverlaps,
)
from app.pickup.live import topic
from app.pickup.plan import PlanChange, Replanned
from app.pickup.rules import AHEAD
from app.pickup.weekly import NewRule
from tests.pickup.planning import STAFF, TOMORROW, Planner, planner
from tests.rows import TODAY, Rows
from tests.shop import NOW, Shop

MORNING = (time(9), time(11), 1, time(20), 10)
LUNCH = (time(12), time(13), 0, time(10, 30), 5)
DAY_AFTER = TODAY + timedelta(days=2)
NOWHERE = 2**62


@pytest.fixture
async def desk(bare_shop: Shop, rows: Rows) -> Planner:
    """A point with slots every evening of the coming days."""
    return await planner(bare_shop, rows)


async def add(desk: Planner, weekday: int, window: tuple[Any, ...], key: str = "add-rule-1") -> PlanChange:
    """A weekly rule."""
    new = NewRule(desk.point, weekday, *window)
    return await desk.do(lambda: weekly.add(STAFF, idempotency_key=key, new=new))


async def close_day(desk: Planner, day: date, key: str = "close-day-1") -> PlanChange:
    """A closed day."""
    return await desk.do(
        lambda: days.close_day(STAFF, idempotency_key=key, point_id=desk.point, day=day, reason=" 盘点 ")
    )


async def extra(desk: Planner, day: date, window: tuple[Any, ...], key: str = "add-extra-1") -> PlanChange:
    """An extra window."""
    new = NewExtra(desk.point, day, *window)
    return await desk.do(lambda: days.add_extra(STAFF, idempotency_key=key, new=new))


async def test_a_weekly_rule_opens_its_slots_at_once_and_only_once(desk: Planner) -> None:
    """In the coming days; the same sent again answers the same rule and does nothing."""
    first = await add(desk, TOMORROW.isoweekday(), MORNING)
    again = await add(desk, TOMORROW.isoweekday(), MORNING)
    assert first.slots == Replanned(opened=1)
    assert again.slots == Replanned()
    assert first.rule is not None
    assert again.rule is not None
    assert first.rule.id == again.rule.id
    assert await desk.slots(TOMORROW) == [(9, 11, 10, 0), (17, 19, 20, 0)]
    assert await desk.audited() == [("staff:1", "pickup:manage", "add", "SlotRule", first.rule.id)]
    other = NewRule(desk.point, 1, *LUNCH)
    reason = await desk.refused(lambda: weekly.add(STAFF, idempotency_key="add-rule-1", new=other))
    assert reason == IdempotencyKeyReused()


async def test_windows_of_a_weekday_do_not_overlap(desk: Planner) -> None:
    """Whoever writes them; touching is allowed, and an inactive rule is in nobody's way."""
    weekday = TOMORROW.isoweekday()
    new = NewRule(desk.point, weekday, time(18), time(20), 1, time(22), 5)
    assert await desk.refused(lambda: weekly.add(STAFF, idempotency_key="overlap-1", new=new)) == WindowOverlaps()
    touching = await add(desk, weekday, (time(19), time(20), 1, time(22), 5))
    assert touching.rule is not None
    rule = touching.rule.id
    given = {"starts_at": time(18, 59)}
    assert await desk.refused(lambda: weekly.change(STAFF, rule, given)) == WindowOverlaps()
    await desk.do(lambda: weekly.switch(STAFF, rule, is_active=False))
    await desk.do(lambda: weekly.change(STAFF, rule, given))
    assert await desk.refused(lambda: weekly.switch(STAFF, rule, is_active=True)) == WindowOverlaps()


async def test_two_who_add_overlapping_windows_at_once(desk: Planner) -> None:
    """Real concurrency: one of them is refused."""

    async def one(hour: int) -> str:
        try:
            await add(desk, 1, (time(hour), time(hour + 2), 1, time(20), 5), key=f"at-once-{hour}")
        except Refused as refused:
            return type(refused.reason).__name__
        return "added"

    assert sorted(await asyncio.gather(*(one(hour) for hour in (8, 9)))) == ["WindowOverlaps", "added"]


async def test_a_changed_rule_remakes_empty_slots_and_keeps_promises(desk: Planner) -> None:
    """The slot with a reservation stays as it is, told in the answer; the other day's slot has the new window."""
    weekday = TOMORROW.isoweekday()
    rule = await desk.rows.connection.fetchval("SELECT id FROM slot_rule WHERE weekday = $1", weekday)
    slot = await desk.reserve(TOMORROW, 3)
    given = {"starts_at": time(18), "ends_at": time(20), "capacity": 8}
    changed = await desk.do(lambda: weekly.change(STAFF, rule, given))
    assert changed.slots == Replanned(kept=1, places=3)
    assert await desk.slots(TOMORROW) == [(17, 19, 20, 3)]
    await desk.rows.connection.execute("UPDATE pickup_slot SET reserved = 0 WHERE id = $1", slot)
    moved = await desk.do(lambda: weekly.change(STAFF, rule, {"capacity": 9}))
    assert moved.slots == Replanned(opened=1, withdrawn=1)
    assert await desk.slots(TOMORROW) == [(18, 20, 9, 0)]
    same = await desk.do(lambda: weekly.change(STAFF, rule, {"capacity": 9}))
    assert same.slots == Replanned()
    assert [entry[2:4] for entry in await desk.audited()] == [("change", "SlotRule")] * 2
    assert await desk.make() == 0  # the daily job wants nothing else


async def test_a_rule_switched_off_and_on_gives_the_same_slot_back(desk: Planner) -> None:
    """Withdrawn, not deleted: whoever held it once can still read it."""
    rule = await desk.rows.connection.fetchval("SELECT id FROM slot_rule WHERE weekday = $1", TOMORROW.isoweekday())
    before = await desk.rows.connection.fetch("SELECT id FROM pickup_slot ORDER BY id")
    assert (await desk.do(lambda: weekly.switch(STAFF, rule, is_active=False))).slots.withdrawn == 1
    assert await desk.slots(TOMORROW) == []
    assert (await desk.do(lambda: weekly.switch(STAFF, rule, is_active=True))).slots.opened == 1
    assert await desk.slots(TOMORROW) == [(17, 19, 20, 0)]
    assert await desk.rows.connection.fetch("SELECT id FROM pickup_slot ORDER BY id") == before
    assert await desk.refused(lambda: weekly.switch(STAFF, NOWHERE, is_active=True)) == SlotRuleNotFound()


async def test_a_closed_day_withdraws_its_slots_and_gives_them_back(desk: Planner) -> None:
    """Nobody can book them in between, and watchers are told."""
    slot = await desk.reserve(TOMORROW, 0)
    closed = await close_day(desk, TOMORROW)
    assert closed.slots == Replanned(withdrawn=1)
    assert closed.closure is not None
    assert (closed.closure.closed_on, closed.closure.reason) == (TOMORROW, "盘点")
    assert await desk.slots(TOMORROW) == []

    async def take() -> None:
        async with db.transaction() as tx:
            await places.take(tx, slot)

    assert await desk.refused(take) == PickupSlotClosed()
    assert await desk.make() == 0
    closure = closed.closure.id
    opened = await desk.do(lambda: days.open_day(STAFF, closure))
    assert (opened.slots, opened.closure) == (Replanned(opened=1), None)
    assert await desk.slots(TOMORROW) == [(17, 19, 20, 0)]
    assert await desk.refused(lambda: days.open_day(STAFF, closure)) == SlotClosureNotFound()
    assert [entry[2] for entry in await desk.audited()] == ["close day", "open day"]


async def test_a_day_with_reservations_is_not_closed(desk: Planner) -> None:
    """Told how many; a place held beyond its time is no reservation. A day is closed once."""
    slot = await desk.reserve(TOMORROW, 2)

    def again() -> Any:
        return days.close_day(STAFF, idempotency_key="close-day-2", point_id=desk.point, day=TOMORROW, reason="停电")

    assert await desk.refused(again) == PlacesReserved(2)
    hold = await desk.rows.insert(
        "hold",
        customer_id=await desk.rows.customer(),
        address_index=bytes(32),
        started_at=NOW - timedelta(minutes=20),
        expires_at=NOW - timedelta(minutes=10),
    )
    over = NOW - timedelta(minutes=10)
    await desk.rows.insert("slot_hold", hold_id=hold, pickup_slot_id=slot, expires_at=over)
    await desk.rows.connection.execute("UPDATE pickup_slot SET reserved = 1 WHERE id = $1", slot)
    assert (await close_day(desk, TOMORROW)).slots == Replanned(withdrawn=1)
    assert await desk.refused(again) == DayClosed()


async def test_an_extra_window_opens_one_slot_and_weekly_ones_give_way(desk: Planner) -> None:
    """Beside the evening; or instead of it, which comes back when the extra one is taken back."""
    lunch = await extra(desk, TOMORROW, LUNCH)
    assert lunch.slots == Replanned(opened=1)
    assert await desk.slots(TOMORROW) == [(12, 13, 5, 0), (17, 19, 20, 0)]
    late = await extra(desk, TOMORROW, (time(18), time(21), 0, time(12), 7), key="add-extra-2")
    assert late.slots == Replanned(opened=1, withdrawn=1)
    assert await desk.slots(TOMORROW) == [(12, 13, 5, 0), (18, 21, 7, 0)]
    assert await desk.make() == 0
    assert late.extra is not None
    late_id = late.extra.id
    assert (await desk.do(lambda: days.remove_extra(STAFF, late_id))).slots == Replanned(opened=1, withdrawn=1)
    assert await desk.slots(TOMORROW) == [(12, 13, 5, 0), (17, 19, 20, 0)]
    assert await desk.refused(lambda: days.remove_extra(STAFF, late_id)) == ExtraSlotNotFound()


async def test_an_extra_window_is_refused_where_it_would_break_a_promise(desk: Planner) -> None:
    """Reservations in the weekly slot, another extra window, a closed day, its own reservations."""
    await desk.reserve(TOMORROW, 4)

    async def tried(day: date, window: tuple[Any, ...]) -> Any:
        new = NewExtra(desk.point, day, *window)
        return await desk.refused(lambda: days.add_extra(STAFF, idempotency_key="tried-extra-1", new=new))

    assert await tried(TOMORROW, (time(18), time(20), 0, time(12), 7)) == PlacesReserved(4)
    lunch = await extra(desk, TOMORROW, LUNCH)
    assert await tried(TOMORROW, (time(12, 30), time(13, 30), 0, time(12), 7)) == WindowOverlaps()
    await close_day(desk, DAY_AFTER)
    assert await tried(DAY_AFTER, LUNCH) == DayClosed()
    await desk.reserve(TOMORROW, 1, hour=12)
    assert lunch.extra is not None
    lunch_id = lunch.extra.id
    assert await desk.refused(lambda: days.remove_extra(STAFF, lunch_id)) == PlacesReserved(1)


@pytest.mark.parametrize(
    ("day", "window"),
    [
        (TODAY - timedelta(days=1), MORNING),
        (TODAY + timedelta(days=367), MORNING),
        (TODAY, (time(17), time(19), 1, time(22), 20)),  # the cut-off was yesterday
        (TOMORROW, (time(11), time(9), 1, time(20), 10)),
        (TOMORROW, (time(9), time(11), 0, time(9, 1), 10)),
        (TOMORROW, (time(9), time(11), 8, time(9), 10)),
        (TOMORROW, (time(9), time(11), 1, time(20), 0)),
        (TOMORROW, (time(9, tzinfo=clock.SHANGHAI), time(11), 1, time(20), 1)),
    ],
)
async def test_a_window_that_cannot_be(day: date, window: tuple[Any, ...], desk: Planner) -> None:
    """Bad input, with nothing changed."""
    before = await desk.everything()
    with pytest.raises(BadWindow):
        await extra(desk, day, window)
    assert await desk.everything() == before


async def test_a_far_day_has_its_slot_when_its_time_comes(desk: Planner) -> None:
    """Slots are made a week ahead: the daily job finds the extra window, and leaves out the closed day."""
    far, closed = TODAY + timedelta(days=AHEAD), TODAY + timedelta(days=AHEAD + 1)
    assert (await extra(desk, far, LUNCH)).slots == Replanned()
    assert (await close_day(desk, closed)).slots == Replanned()
    desk.shop = Shop(desk.shop.database, desk.shop.client, now=NOW + timedelta(days=2))
    assert await desk.make() == 2
    assert await desk.slots(far) == [(12, 13, 5, 0), (17, 19, 20, 0)]
    assert await desk.slots(closed) == []


async def test_a_slot_has_another_capacity_but_never_less_than_is_reserved(desk: Planner) -> None:
    """Refused with how many; nought shuts an empty slot."""
    slot = await desk.reserve(TOMORROW, 4)
    assert (await desk.do(lambda: days.resize(STAFF, slot, 4))).remaining == 0
    assert await desk.refused(lambda: days.resize(STAFF, slot, 3)) == CapacityBelowReserved(4)
    assert await desk.refused(lambda: days.resize(STAFF, NOWHERE, 3)) == PickupSlotNotFound()
    with pytest.raises(BadWindow):
        await desk.do(lambda: days.resize(STAFF, slot, -1))
    other = await desk.reserve(DAY_AFTER, 0)
    assert not (await desk.do(lambda: days.resize(STAFF, other, 0))).is_open(NOW)
    assert [entry[2:] for entry in await desk.audited()] == [
        ("resize", "PickupSlot", slot),
        ("resize", "PickupSlot", other),
    ]


async def test_a_suspended_point_takes_nobody_and_keeps_what_is_reserved(desk: Planner) -> None:
    """Nor a place by a client that knew the slot; reopened it does again."""
    slot = await desk.reserve(TOMORROW, 2)

    async def take() -> int:
        async with db.transaction() as tx:
            return await places.take(tx, slot)

    suspended = await desk.do(lambda: points.suspend(STAFF, desk.point))
    assert suspended.slots == Replanned(kept=1, places=2)
    assert await desk.refused(take) == PickupSlotClosed()
    assert (await desk.do(lambda: points.reopen(STAFF, desk.point))).point.status == "OPEN"
    assert await desk.do(take) == 17
    assert [entry[2] for entry in await desk.audited()] == ["suspend", "reopen"]


async def test_a_point_with_reservations_is_not_closed(desk: Planner) -> None:
    """Then it is closed for good, with nothing left to book."""
    slot = await desk.reserve(TOMORROW, 2)
    assert await desk.refused(lambda: points.close(STAFF, desk.point)) == PlacesReserved(2)
    await desk.rows.connection.execute("UPDATE pickup_slot SET reserved = 0 WHERE id = $1", slot)
    closed = await desk.do(lambda: points.close(STAFF, desk.point))
    assert (closed.point.status, closed.slots) == ("CLOSED", Replanned(withdrawn=AHEAD))
    assert await desk.slots() == []
    assert (await desk.do(lambda: points.close(STAFF, desk.point))).slots == Replanned()
    for act in (points.suspend, points.reopen):
        assert await desk.refused(partial(act, STAFF, desk.point)) == PickupPointClosed()
        assert await desk.refused(partial(act, STAFF, NOWHERE)) == PickupPointNotFound()


async def test_who_books_while_the_point_closes(desk: Planner) -> None:
    """Real concurrency: the place is taken and the point stays, or it is closed and nobody has a place there."""
    slot = await desk.reserve(TOMORROW, 0)

    async def take() -> None:
        async with db.transaction() as tx:
            await places.take(tx, slot)

    async def tried(act: Any) -> str:
        try:
            await desk.do(act)
        except Refused as refused:
            return type(refused.reason).__name__
        return "done"

    answers = await asyncio.gather(tried(lambda: points.close(STAFF, desk.point)), tried(take))
    assert tuple(answers) in {("done", "PickupSlotClosed"), ("PlacesReserved", "done")}


async def test_watchers_are_told_of_every_slot_that_changes(desk: Planner) -> None:
    """Announced in the transaction that changes them."""
    slot = await desk.reserve(TOMORROW, 0)
    with clock.moved_to(NOW):
        async with desk.shop.database.session(), db.transaction() as tx:
            point = await plan.lock_point(tx, desk.point)
            await tx.execute("UPDATE slot_rule SET is_active = false WHERE weekday = $1", TOMORROW.isoweekday())
            await plan.replan(tx, point, [TOMORROW])
            told = [(each.topic, orjson.loads(each.body)) for each in tx.announced]
    assert told == [(topic(desk.point), {"slots": [slot]})]
