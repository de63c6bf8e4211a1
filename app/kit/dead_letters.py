"""Jobs that failed as often as they may: they stay until somebody looks at them and puts them back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pgqueuer.adapters.persistence.qb import QueryQueueBuilder

from app.kit import audit, db, paging
from app.kit.caller import Caller
from app.kit.cursors import Column, Sort
from app.kit.errors import Refusal, Refused
from app.kit.listing import DEFAULT_PAGE, MAX_PAGE
from app.kit.paging import Page

SCOPE = "jobs:manage"
SORT = Sort("dead letter", (Column("id", int, "q.id", descending=True),))
_SOURCE = "FROM pgqueuer q WHERE q.status = 'failed'"
_DEAD = f"""SELECT q.id, q.entrypoint, q.payload, q.created, q.updated, (
  SELECT traceback ->> 'exception_message' FROM pgqueuer_log
  WHERE job_id = q.id AND status = 'failed' ORDER BY id DESC LIMIT 1)
{_SOURCE}"""
_FIRST = f"{_DEAD} ORDER BY {SORT.order_by} LIMIT $1"
_AFTER = f"{_DEAD} AND {SORT.after(2)} ORDER BY {SORT.order_by} LIMIT $1"
_BY_ID = f"{_DEAD} AND q.id = $1 FOR UPDATE"
_REPLAY = QueryQueueBuilder().build_requeue_jobs_query()


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that failed for good. `payload` is JSON as it was queued, ids alone; `error` has no traceback or detail."""

    id: int
    name: str
    payload: str
    created_at: datetime
    failed_at: datetime
    error: str | None


@dataclass(frozen=True, slots=True)
class JobNotDead(Refusal):
    """The job is not among those that failed for good."""

    zh = "该任务不在失败任务之列，可能已重新执行。"
    en = "The job is not among those that failed: it may be running again."


async def page(*, first: int | None, after: str | None) -> Page[DeadLetter]:
    """A page of the jobs that failed for good, newest first.

    Raises:
        BadPageSize: `first` outside 1 to MAX_PAGE.
        BadCursor: `after` is no cursor of this list.
    """
    size = paging.page_size(first, default=DEFAULT_PAGE, maximum=MAX_PAGE)
    if after is None:
        found = await db.fetch(_FIRST, size + 1)
    else:
        found = await db.fetch(_AFTER, size + 1, *SORT.values(after))

    async def total() -> int:
        return int((await db.fetch(f"SELECT count(*) {_SOURCE}"))[0][0])

    return paging.cut([_letter(*record) for record in found], size, sort=SORT, after=after, total=total)


async def replay(caller: Caller, job_id: int) -> DeadLetter:
    """The job as it was, back in the queue with all its attempts.

    Raises:
        Refused: JobNotDead.
    """
    async with db.transaction() as tx:
        found = await tx.fetch(_BY_ID, job_id)
        if not found:
            raise Refused(JobNotDead())
        letter = _letter(*found[0])
        await tx.execute(_REPLAY, [job_id])
        after = {"job": letter.name, "payload": letter.payload}
        await audit.append(
            tx, caller, scope=SCOPE, action="replay job", entity="FailedJob", entity_id=job_id, after=after
        )
    return letter


def _letter(key: int, name: str, payload: bytes, *rest: Any) -> DeadLetter:
    return DeadLetter(key, name, payload.decode(errors="replace"), *rest)
