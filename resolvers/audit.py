"""The audit log, for those who look into it."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry import ID, Parent

from app.kit import audit_log, ids
from app.kit.audit_log import AuditFilter
from app.kit.models import AuditEntry
from app.kit.paging import Page
from resolvers.arguments import After

First = Annotated[int, strawberry.argument(description="How many entries, 1 to 100.")]


def entries(
    *,
    first: First = 50,
    after: After = None,
    touched: ID | None = None,
    caller: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Awaitable[Page[AuditEntry]]:
    """A page of the entries that fit."""
    entity, entity_id = (None, None) if touched is None else ids.parse(touched)
    return audit_log.page(AuditFilter(entity, entity_id, caller, action, since, until), first=first, after=after)


def touched(parent: Parent[AuditEntry]) -> str:
    """The id of what was changed."""
    return ids.encode(parent.entity, parent.entity_id)


def before(parent: Parent[AuditEntry]) -> Any:
    """The changed columns as they were."""
    return parent.before


def after(parent: Parent[AuditEntry]) -> Any:
    """The changed columns as they became."""
    return parent.after
