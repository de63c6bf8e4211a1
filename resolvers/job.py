"""Jobs that failed, for those who look after the shop's machinery."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.kit import dead_letters, ids
from app.kit.dead_letters import DeadLetter
from app.kit.paging import Page
from resolvers.arguments import After
from resolvers.info import Info

First = Annotated[int, strawberry.argument(description="How many jobs, 1 to 50.")]


def failed(first: First = 20, after: After = None) -> Awaitable[Page[DeadLetter]]:
    """A page of them."""
    return dead_letters.page(first=first, after=after)


def job_id(parent: Parent[DeadLetter]) -> str:
    """Its id."""
    return ids.encode("FailedJob", parent.id)


def replay(info: Info, job_id: ID) -> Awaitable[DeadLetter]:
    """The job, back in the queue."""
    return dead_letters.replay(info.context.caller, ids.decode(job_id, "FailedJob"))
