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


def planned_slots(first_day: date, days: int, rules: Iterable[Any], closures: Iterable[Any]) -> list[NewSlot]:
    """The slots that rules (with `pickup_point_id`) open on `days` days from `first_day`, less the closures."""
    rules_of: defaultdict[int, list[Any]] = defaultdict(list)
    for rule in rules:
        rules_of[rule.pickup_point_id].append(rule)
    closed_on: defaultdict[int, set[date]] = defaultdict(set)
    for closure in closures:
        closed_on[closure.pickup_point_id].add(closure.closed_on)
    return [
        (point, *window)
        for point, own in rules_of.items()
        for offset in range(days)
        for window in windows_for(first_day + timedelta(days=offset), own, closed_on[point])
    ]


async def make_slots(first_day: date, days: int) -> int:
    """Makes the slots of `days` business days from `first_day`; the number of those that were missing.

    Safe to repeat: an existing slot stays as it is, also when its rule has changed since. Three statements,
    however many points there are.
    """
    async with db.transaction() as connection:
        rules = await queries.active_rules()
        closures = await queries.closures_between(first_day, first_day + timedelta(days=max(days - 1, 0)))
        columns = [list(column) for column in zip(*planned_slots(first_day, days, rules, closures), strict=True)]
        if not columns:
            return 0
        made = await connection.fetch(INSERT_SLOTS, *columns)
        slots_changed(connection, made)
        return len(made)
