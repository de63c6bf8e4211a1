"""A point with an evening window every day, and staff who plan."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

import pytest

from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.kit.errors import Refused
from app.pickup import service
from app.pickup.rules import AHEAD
from tests.rows import TODAY, Rows
from tests.shop import Shop

STAFF = Caller(CallerKind.STAFF, 1, frozenset({"pickup:manage", "pickup:serve"}))
TOMORROW = TODAY + timedelta(days=1)
EVENING = (time(17), time(19), 1, time(22), 20)
"""Collect from 17 to 19 what was ordered by 22 the day before; 20 places."""
SLOTS = """SELECT starts_at, ends_at, capacity, reserved FROM pickup_slot
WHERE withdrawn_at IS NULL ORDER BY pickup_point_id, starts_at"""
AUDIT = "SELECT caller, scope, action, entity, entity_id FROM audit_entry ORDER BY id"
EVERYTHING = """SELECT (SELECT json_agg(p ORDER BY id) FROM pickup_point p)::text, (SELECT json_agg(s ORDER BY id)
  FROM pickup_slot s)::text, (SELECT json_agg(r ORDER BY id) FROM slot_rule r)::text,
  (SELECT json_agg(c ORDER BY id) FROM slot_closure c)::text, (SELECT json_agg(e ORDER BY id) FROM extra_slot e)::text,
  (SELECT count(*) FROM audit_entry), (SELECT count(*) FROM idempotent_answer)"""
TABLES = {
    "audit_entry",
    "audit_unsealed",
    "extra_slot",
    "hold",
    "idempotent_answer",
    "pickup_point",
    "pickup_slot",
    "slot_closure",
    "slot_hold",
    "slot_rule",
}
Answer = TypeVar("Answer")


@dataclass
class Planner:
    """Plans at one point; `topics` of what its last write announced is in `told`."""

    shop: Shop
    rows: Rows
    point: int

    async def do(self, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """What a write answers, at the tests' time."""
        with clock.moved_to(self.shop.now):
            async with self.shop.database.session():
                return await act()

    async def refused(self, act: Callable[[], Awaitable[Any]]) -> Any:
        """Why a write is refused; nothing was changed."""
        before = await self.everything()
        with pytest.raises(Refused) as found:
            await self.do(act)
        assert await self.everything() == before
        return found.value.reason

    async def everything(self) -> tuple[Any, ...]:
        """All that a plan consists of."""
        return tuple(await self.rows.connection.fetchrow(EVERYTHING))

    async def rule(self, weekday: int, window: tuple[Any, ...] = EVENING) -> int:
        """A weekly rule, without slots."""
        names = ("starts_at", "ends_at", "cutoff_days_before", "cutoff_at", "capacity")
        given = dict(zip(names, window, strict=True))
        return await self.rows.insert("slot_rule", pickup_point_id=self.point, weekday=weekday, is_active=True, **given)

    async def make(self) -> int:
        """The daily job."""
        return await self.do(lambda: service.make_slots(self.shop.now.astimezone(clock.SHANGHAI).date(), AHEAD))

    async def reserve(self, day: date, places: int, hour: int = 17) -> int:
        """Reserves places in the slot that begins then; its id."""
        return int(
            await self.rows.connection.fetchval(
                "UPDATE pickup_slot SET reserved = reserved + $1 WHERE starts_at = $2 AND withdrawn_at IS NULL"
                " AND pickup_point_id = $3 RETURNING id",
                places,
                at(day, hour),
                self.point,
            )
        )

    async def slots(self, day: date | None = None) -> list[tuple[Any, ...]]:
        """The slots that are not withdrawn, of a day or all: hour of begin and end, capacity, reserved."""
        found = await self.rows.connection.fetch(SLOTS)
        return [
            (starts.astimezone(clock.SHANGHAI).hour, ends.astimezone(clock.SHANGHAI).hour, capacity, reserved)
            for starts, ends, capacity, reserved in found
            if day in (None, starts.astimezone(clock.SHANGHAI).date())
        ]

    async def audited(self) -> list[tuple[Any, ...]]:
        """The audit log: caller, scope, action, entity and its key."""
        return [tuple(row) for row in await self.rows.connection.fetch(AUDIT)]


def at(day: date, hour: int) -> datetime:
    """An hour of a day in Shanghai."""
    return datetime.combine(day, time(hour), clock.SHANGHAI)


async def planner(shop: Shop, rows: Rows) -> Planner:
    """A point with slots every evening of the coming days."""
    rows.tables |= TABLES
    made = Planner(shop, rows, await rows.point())
    for weekday in range(1, 8):
        await made.rule(weekday)
    await made.make()
    return made
