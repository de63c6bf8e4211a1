"""What the mutation of jobs answers."""

from typing import Annotated

import strawberry

from app.kit import dead_letters
from schema.binding import of
from schema.errors import UserError
from schema.types.job import FailedJob


@strawberry.type(description="Returned when the job is not among those that failed: it was put back, or never was.")
@of(dead_letters.JobNotDead)
class JobNotDead(UserError):
    """Its source is the refusal."""


ReplayJobResult = Annotated[
    FailedJob | JobNotDead,
    strawberry.union("ReplayJobResult", description="The job as it had failed, waiting again, or why not."),
]
