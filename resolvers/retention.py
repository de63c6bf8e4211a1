"""Reports of the daily purge."""

from collections.abc import Awaitable
from typing import Annotated, NamedTuple

import strawberry
from strawberry import Parent

from app.kit.paging import Page
from app.privacy import retention
from app.privacy.models import RetentionReport
from resolvers.arguments import After

First = Annotated[int, strawberry.argument(description="How many reports, 1 to 50.")]


class Removed(NamedTuple):
    """A table, and how many rows of it went."""

    table: str
    rows: int


def reports(first: First = 20, after: After = None) -> Awaitable[Page[RetentionReport]]:
    """A page of reports."""
    return retention.REPORTS.page(first=first, after=after)


def removed(parent: Parent[RetentionReport]) -> list[Removed]:
    """What went."""
    return [Removed(table, rows) for table, rows in retention.removed_by_table(parent).items()]
