"""What staff send about jobs."""

import strawberry
from strawberry import ID


@strawberry.input(description="A job that failed.")
class ReplayJobInput:
    """Its fields are the resolver's arguments."""

    job_id: ID = strawberry.field(description="The job's id, from `failedJobs`.")
