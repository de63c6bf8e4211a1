"""Jobs that failed."""

from datetime import datetime

import strawberry

from app.kit.dead_letters import DeadLetter
from resolvers import job as resolve
from schema.binding import field, of


@strawberry.type(description="A job that failed as often as it may; it stays until somebody puts it back.")
@of(DeadLetter)
class FailedJob:
    """Its source is app.kit.dead_letters.DeadLetter."""

    job_id: strawberry.ID = field(resolve.job_id, description="Opaque; `replayJob` takes it.")
    name: str = field(description="Which job, such as `payments.refund`.")
    payload: str = field(description="What it was to do, as JSON: numbers of rows, never anything personal.")
    error: str | None = field(description="Why it failed the last time: the kind of error and its first line.")
    created_at: datetime = field(description="When it was queued.")
    failed_at: datetime = field(description="When it failed for the last time.")
