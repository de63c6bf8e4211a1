"""Reads of points and slots."""

from datetime import UTC, date, datetime, timedelta

import asyncpg

from app.pickup import queries, service
from app.pickup.enums import PickupPointStatus
from app.tables import Database

MONDAY = date(2026, 11, 23)
CUTOFF = datetime(2026, 11, 22, 14, tzinfo=UTC)


async def test_points_come_in_the_shops_order(owner: asyncpg.Connection, database: Database) -> None:
    """Open and suspended ones by position; closed ones are gone."""
    async with database.session():
        points = await queries.points()
    assert [point.code for point in points] == ["P3", "P2", "P1"]
    assert points[0].status is PickupPointStatus.SUSPENDED


async def test_points_by_id_are_found_whatever_their_status(owner: asyncpg.Connection, database: Database) -> None:
    """Unknown ids are simply missing."""
    async with database.session():
        found = await queries.by_ids([4, 1, 99])
    assert {point.id for point in found} == {1, 4}


async def test_open_slots_end_with_their_cut_off(owner: asyncpg.Connection, database: Database) -> None:
    """At the cut-off itself a slot is no longer open; order by point and start; full ones stay in the list."""
    async with database.session():
        await service.make_slots(MONDAY, 2)
        await owner.execute("UPDATE pickup_slot SET reserved = capacity WHERE pickup_point_id = 2")
        before = await queries.open_slots_by_point([2, 1], CUTOFF - timedelta(seconds=1))
        after = await queries.open_slots_by_point([2, 1], CUTOFF)
    assert [(slot.pickup_point_id, slot.starts_at.day) for slot in before] == [(1, 23), (1, 24), (2, 23), (2, 24)]
    assert [(slot.pickup_point_id, slot.starts_at.day) for slot in after] == [(1, 24), (2, 24)]
    assert [slot.remaining for slot in after] == [40, 0]


async def test_suspended_points_have_no_open_slots(owner: asyncpg.Connection, database: Database) -> None:
    """Their slots stay, but take no orders."""
    async with database.session():
        await service.make_slots(MONDAY, 1)
        await owner.execute("UPDATE pickup_point SET status = 'SUSPENDED'")
        assert await queries.open_slots_by_point([1, 2], CUTOFF - timedelta(days=1)) == []


async def test_slots_by_id(owner: asyncpg.Connection, database: Database) -> None:
    """Slots are found by their key."""
    async with database.session():
        await service.make_slots(MONDAY, 1)
        key = await owner.fetchval("SELECT min(id) FROM pickup_slot")
        (slot,) = await queries.slots_by_ids([key, 9999], CUTOFF)
    assert slot.id == key
