"""Two points with rules, in a database of the test's own."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

POINTS = """
INSERT INTO pickup_point (id, code, name, kind, status, city, district, address, phone, latitude, longitude, opens_at,
  closes_at, prep_minutes, position, created_at)
SELECT n, 'P' || n, '自提点' || n, 'STORE', CASE n WHEN 3 THEN 'SUSPENDED' WHEN 4 THEN 'CLOSED' ELSE 'OPEN' END,
  '昆明市', '五华区', '某路' || n || '号', '0871-6510000' || n, 25, 102, '08:00+08', '21:00+08', 45, 10 - n, now()
FROM generate_series(1, 4) n
"""
RULES = """
INSERT INTO slot_rule (pickup_point_id, weekday, starts_at, ends_at, cutoff_days_before, cutoff_at, capacity, is_active)
SELECT point, weekday, '17:00+08', '19:00+08', 1, '22:00+08', 40, NOT (point = 2 AND weekday = 3)
FROM generate_series(1, 4) point, generate_series(1, 7) weekday
"""


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the owner, to set the stage: four points (one suspended, one closed) with evening windows."""
    connection = await asyncpg.connect(owner_url)
    await connection.execute(POINTS)
    await connection.execute(RULES)
    yield connection
    await connection.close()
