"""Writes of pickup: slots made from the weekly rules."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from app.kit import db
from app.pickup import queries
from app.pickup.live import slots_changed
from app.pickup.rules import windows_for

NewSlot: TypeAlias = tuple[int, datetime, datetime, datetime, int]
"""Point, starts_at, ends_at, cutoff_at, capacity."""

# without a conflict target: a slot that overlaps an existing one (EXCLUDE) gives way too, since the
# existing one may have reservations
INSERT_SLOTS = """
INSERT INTO pickup_slot (pickup_point_id, starts_at, ends_at, cutoff_at, capacity, reserved)
SELECT *, 0 FROM unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::int[])
ON CONFLICT DO NOTHING RETURNING pickup_point_id, id
"""
LOCK_OPEN = "SELECT id FROM pickup_point WHERE status = 'OPEN' ORDER BY id FOR NO KEY UPDATE"


def planned_slots(
    first_day: date, days: int, rules: Iterable[Any], closures: Iterable[Any], extras: Iterable[Any] = ()
) -> list[NewSlot]:
    """The slots that rules and extra windows (with `pickup_point_id`) open on `days` days from `first_day`.

    Less the closures; by day for each point.
    """
    rules_of: defaultdict[int, list[Any]] = defaultdict(list)
    for rule in rules:
        rules_of[rule.pickup_point_id].append(rule)
    closed_on: defaultdict[int, set[date]] = defaultdict(set)
    for closure in closures:
        closed_on[closure.pickup_point_id].add(closure.closed_on)
    extras_of: defaultdict[int, list[Any]] = defaultdict(list)
    for extra in extras:
        extras_of[extra.pickup_point_id].append(extra)
    return [
        (point, *window)
        for point in {**rules_of, **extras_of}
        for offset in range(days)
        for window in windows_for(
            first_day + timedelta(days=offset), rules_of[point], closed_on[point], extras_of[point]
        )
    ]


async def make_slots(first_day: date, days: int) -> int:
    """Makes the slots of `days` business days from `first_day`; the number of those that were missing.

    Safe to repeat: an existing slot stays as it is, also when its rule has changed since. Five statements, however
    many points there are. Whoever changes the plan of a point has its row locked, as this has.
    """
    last_day = first_day + timedelta(days=max(days - 1, 0))
    async with db.transaction() as connection:
        await connection.execute(LOCK_OPEN)
        rules = await queries.active_rules()
        closures = await queries.closures_between(first_day, last_day)
        extras = await queries.extras_between(first_day, last_day)
        planned = planned_slots(first_day, days, rules, closures, extras)
        columns = [list(column) for column in zip(*planned, strict=True)]
        if not columns:
            return 0
        made = await connection.fetch(INSERT_SLOTS, *columns)
        slots_changed(connection, made)
        return len(made)
