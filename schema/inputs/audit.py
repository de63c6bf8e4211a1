"""Which entries of the audit log."""

from datetime import datetime

import strawberry
from strawberry import ID


@strawberry.input(description="Which entries of the audit log: all that fit every given condition.")
class AuditFilter:
    """Unpacked into the resolver's arguments of the same names."""

    touched: ID | None = strawberry.field(default=None, description="Only what was done to the thing of this id.")
    caller: str | None = strawberry.field(default=None, description="Only what this caller did, such as staff:3.")
    action: str | None = strawberry.field(default=None, description="Only this action, such as publish.")
    since: datetime | None = strawberry.field(default=None, description="Only from this moment on.")
    until: datetime | None = strawberry.field(default=None, description="Only before this moment.")
