"""Jobs that failed for good are told, and put back once."""

import pytest

from app.documents import files
from app.kit import db, dead_letters, ids, jobs
from app.kit.caller import Caller, CallerKind
from app.kit.dead_letters import JobNotDead
from app.kit.errors import Refused
from app.tables import Database
from schema.documents import STAFF
from tests.http.toy import bearer
from tests.rows import Rows
from tests.shop import Shop

IDS = {each.name: each.id for each in files.read(STAFF)}
ADMINISTRATOR = Caller(CallerKind.STAFF, 1, frozenset({dead_letters.SCOPE}))
QUEUE = "SELECT id, status::text, attempts FROM pgqueuer ORDER BY id"
AUDIT = "SELECT caller, scope, action, entity, entity_id FROM audit_entry WHERE action = 'replay job'"


async def fails(database: Database, name: str, order: int) -> int:
    """A job that failed for good, with a note of why; its id."""
    async with database.session() as connection:
        async with db.transaction() as tx:
            job_id = await jobs.enqueue(tx, name, {"order": order})
        await connection.execute("UPDATE pgqueuer SET status = 'failed', attempts = 2 WHERE id = $1", job_id)
        await connection.execute(
            """INSERT INTO pgqueuer_log (job_id, status, priority, entrypoint, traceback)
            VALUES ($1, 'failed', 0, $2, '{"exception_message": "ValueError: no"}')""",
            job_id,
            name,
        )
    assert job_id is not None
    return job_id


async def test_the_newest_are_told_first_page_by_page(database: Database) -> None:
    """With what they were to do and why it failed; one that waits is none of them."""
    first, second = await fails(database, "a", 1), await fails(database, "b", 2)
    async with database.session():
        async with db.transaction() as tx:
            await jobs.enqueue(tx, "waits", {})
        page = await dead_letters.page(first=1, after=None)
        rest = await dead_letters.page(first=1, after=page.edges[0].cursor)
        assert await page.total() == 2
    told = [(each.id, each.name, each.payload, each.error) for each in (*page.rows, *rest.rows)]
    assert told == [(second, "b", '{"order":2}', "ValueError: no"), (first, "a", '{"order":1}', "ValueError: no")]
    assert (page.has_next, rest.has_next) == (True, False)


async def test_a_job_is_put_back_once(database: Database) -> None:
    """With all its attempts, and noted; again, or one that never failed, is refused and changes nothing."""
    job_id = await fails(database, "a", 1)
    async with database.session():
        assert (await dead_letters.replay(ADMINISTRATOR, job_id)).id == job_id
        queue, noted = await db.fetch(QUEUE), await db.fetch(AUDIT)
        for unknown in (job_id, job_id + 1):
            with pytest.raises(Refused) as refused:
                await dead_letters.replay(ADMINISTRATOR, unknown)
            assert refused.value.reason == JobNotDead()
        assert (await db.fetch(QUEUE), await db.fetch(AUDIT)) == (queue, noted)
        assert (await dead_letters.page(first=None, after=None)).rows == []
    assert [tuple(row) for row in queue] == [(job_id, "queued", 0)]
    assert [tuple(row) for row in noted] == [(str(ADMINISTRATOR), "jobs:manage", "replay job", "FailedJob", job_id)]


async def test_staff_do_it_by_documents(bare_shop: Shop, rows: Rows) -> None:
    """Whoever has the scope; the second time it is refused in her language."""
    rows.tables |= {"pgqueuer", "pgqueuer_log", "audit_entry", "audit_unsealed"}
    job_id = ids.encode("FailedJob", await fails(bare_shop.database, "payments.refund", 7))

    async def ask(name: str, **variables: object) -> dict[str, object]:
        sent = {"documentId": IDS[name], "variables": variables}
        (found,) = (await bare_shop.send(json=sent, headers=bearer(ADMINISTRATOR))).data.values()
        return dict(found)

    (job,) = (await ask("FailedJobList"))["nodes"]  # type: ignore[misc]  # a list
    assert (job["jobId"], job["name"], job["payload"], job["error"]) == (
        job_id,
        "payments.refund",
        '{"order":7}',
        "ValueError: no",
    )
    assert await ask("JobReplay", input={"jobId": job_id}) == {
        "__typename": "FailedJob",
        "jobId": job_id,
        "name": "payments.refund",
    }
    assert await ask("JobReplay", input={"jobId": job_id}) == {"__typename": "JobNotDead", "message": JobNotDead.zh}
    assert (await ask("FailedJobList"))["nodes"] == []
