"""Slots made from weekly rules."""

from datetime import UTC, date, datetime

import asyncpg

from app.pickup import service
from app.tables import Database

MONDAY = date(2026, 11, 23)


async def test_slots_are_made_once(owner: asyncpg.Connection, database: Database) -> None:
    """A week of two open points, less an inactive rule; the second time nothing is missing."""
    async with database.session() as session:
        assert await service.make_slots(MONDAY, 7) == 13
        statements = session.statements
        assert await service.make_slots(MONDAY, 7) == 0
        assert await service.make_slots(MONDAY, 8) == 2
    assert statements == 5
    row = await owner.fetchrow("SELECT * FROM pickup_slot WHERE pickup_point_id = 1 ORDER BY starts_at LIMIT 1")
    assert row["starts_at"] == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert row["ends_at"] == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert row["cutoff_at"] == datetime(2026, 11, 22, 14, tzinfo=UTC)
    assert (row["capacity"], row["reserved"]) == (40, 0)


async def test_closures_are_honoured(owner: asyncpg.Connection, database: Database) -> None:
    """A closed day has no slot at that point only."""
    await owner.execute("INSERT INTO slot_closure (pickup_point_id, closed_on, reason) VALUES (1, $1, '盘点')", MONDAY)
    async with database.session():
        assert await service.make_slots(MONDAY, 1) == 1
    assert await owner.fetchval("SELECT pickup_point_id FROM pickup_slot") == 2


async def test_existing_slots_stay_when_rules_change(owner: asyncpg.Connection, database: Database) -> None:
    """A changed capacity or an overlapping new window leaves the slot with its reservations alone."""
    async with database.session():
        await service.make_slots(MONDAY, 1)
        await owner.execute("UPDATE pickup_slot SET reserved = 3")
        await owner.execute("UPDATE slot_rule SET capacity = 5, starts_at = '18:00+08', ends_at = '20:00+08'")
        assert await service.make_slots(MONDAY, 1) == 0
    rows = await owner.fetch("SELECT capacity, reserved FROM pickup_slot")
    assert [tuple(row) for row in rows] == [(40, 3), (40, 3)]


async def test_no_days_make_no_slots(owner: asyncpg.Connection, database: Database) -> None:
    """Nothing asked, nothing made; a point without rules neither."""
    async with database.session():
        assert await service.make_slots(MONDAY, 0) == 0
        await owner.execute("DELETE FROM slot_rule")
        assert await service.make_slots(MONDAY, 7) == 0


async def test_statements_do_not_grow_with_points(owner: asyncpg.Connection, database: Database) -> None:
    """One point or forty: five statements."""
    await owner.execute("DELETE FROM slot_rule WHERE pickup_point_id > 1")
    async with database.session() as session:
        await service.make_slots(MONDAY, 28)
        assert session.statements == 5
