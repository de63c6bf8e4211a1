"""The audit log."""

from datetime import datetime

import strawberry

from app.kit.models import AuditEntry as Row
from resolvers import audit as resolve
from schema.binding import field, of
from schema.scalars import JSON


@strawberry.type(description="Who did what to which thing. Entries are never changed; a chain of hashes proves it.")
@of(Row)
class AuditEntry:
    """Its source is a row."""

    happened_at: datetime = field(description="When.")
    caller: str = field(description="Who, as kind and number: staff:3, customer:7, partner:2 or machine.")
    scope: str | None = field(description="By right of which scope; null where none is needed.")
    action: str = field(description="What was done, such as publish.")
    touched: strawberry.ID = field(resolve.touched, description="The id of the thing it was done to.")
    before: JSON | None = field(
        resolve.before, description="The changed values as they were, personal ones sealed; null for a new thing."
    )
    after: JSON | None = field(
        resolve.after, description="The changed values as they became, personal ones sealed; null for a removed thing."
    )
    trace_id: str | None = field(description="The trace of the request that did it, to find it in the logs.")
    is_sealed: bool = field(description="Whether it is in the chain of hashes already; that takes some seconds.")
