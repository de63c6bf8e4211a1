"""Root fields of jobs that failed."""

import strawberry

from resolvers import job as resolve
from schema.binding import field, mutation
from schema.inputs.job import ReplayJobInput
from schema.results.job import ReplayJobResult
from schema.types.job import FailedJob
from schema.types.page import Connection

MANAGE = ("jobs:manage",)


@strawberry.type
class JobQueries:
    """Reads of jobs."""

    failed_jobs: Connection[FailedJob] = field(
        resolve.failed, requires=MANAGE, description="Jobs that failed as often as they may, newest first."
    )


@strawberry.type
class JobWrites:
    """Writes of jobs."""

    replay_job: ReplayJobResult = mutation(
        resolve.replay,
        ReplayJobInput,
        requires=MANAGE,
        description="Puts a job that failed back into the queue, with all its attempts: mend the cause first.",
    )
