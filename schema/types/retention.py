"""What the daily purge removed."""

from datetime import date, datetime

import strawberry

from app.privacy.models import RetentionReport as Row
from resolvers import retention as resolve
from resolvers.retention import Removed as RemovedRow
from schema.binding import field, of


@strawberry.type(description="How many rows of a table were over their time.")
@of(RemovedRow)
class RemovedRows:
    """Its source is a pair."""

    table: str = field(description="The table's name.")
    rows: int = field(description="How many went.")


@strawberry.type(description="What was over its time and removed on one day: counts, nothing of whom.")
@of(Row)
class RetentionReport:
    """Its source is a row."""

    run_on: date = field(description="The day, in Shanghai.")
    started_at: datetime = field(description="When the purge began.")
    finished_at: datetime | None = field(description="When it was through; null while it runs, or broke off.")
    removed: list[RemovedRows] = field(resolve.removed, description="Every table with a rule, by name.", list_size=20)
