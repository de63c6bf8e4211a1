"""Who decides decides on what she saw, and never on her own work."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from app.catalog import approving, moves
from app.catalog.approving import BadPublishTime
from app.catalog.enums import RevisionStatus
from app.catalog.errors import ContentMoved, OwnRevision, RevisionNotFound, RevisionNotThere
from app.kit.errors import BadInput, Refused
from tests.catalog.editors import Editors
from tests.catalog.test_drafting import refused


async def test_nobody_decides_on_her_own_work(editors: Editors) -> None:
    """By the service a refusal, whatever she may do else; by any other way the table's constraint."""
    waiting = await editors.submit(await editors.edit(subtitle="一"))
    assert await refused(editors, editors.approve(waiting, by=editors.maker)) == OwnRevision()
    async with editors.session():
        assert await refused(editors, approving.reject(editors.maker, waiting.id, "不好")) == OwnRevision()
    with pytest.raises(asyncpg.CheckViolationError) as broken:
        await editors.rows.connection.execute(
            "UPDATE product_revision SET status = 'APPROVED', checker_id = maker_id, approved_hash = content_hash"
        )
    assert broken.value.constraint_name == "product_revision_maker_is_not_checker"


async def test_another_hash_is_not_approved(editors: Editors) -> None:
    """The answer names the hash there is; a draft is approved by none."""
    draft = await editors.edit(subtitle="一")
    assert await refused(editors, editors.approve(draft)) == RevisionNotThere(RevisionStatus.DRAFT)
    waiting = await editors.submit(draft)
    async with editors.session():
        act = approving.approve(editors.checker, waiting.id, "0" * 64)
        assert await refused(editors, act) == ContentMoved(waiting.content_hash)
        assert await refused(editors, approving.approve(editors.checker, 2**62, "0" * 64)) == RevisionNotFound()


async def test_of_two_checkers_one_approves(editors: Editors) -> None:
    """At once; the same one again changes nothing."""
    waiting = await editors.submit(await editors.edit(subtitle="一"))
    both = await asyncio.gather(
        editors.approve(waiting), editors.approve(waiting, by=editors.other_checker), return_exceptions=True
    )
    (approved,) = (each for each in both if not isinstance(each, BaseException))
    (late,) = (each for each in both if isinstance(each, Refused))
    assert late.reason == RevisionNotThere(RevisionStatus.APPROVED)
    winner = editors.checker if approved.checker_id == editors.checker.id else editors.other_checker
    before = await editors.everything()
    await editors.approve(waiting, by=winner)
    assert await editors.everything() == before


async def test_an_edit_and_an_approval_at_once_never_approve_what_was_not_seen(editors: Editors) -> None:
    """Whoever comes first: what is approved in the end has the hash that was named, or nothing is."""
    waiting = await editors.submit(await editors.edit(subtitle="一"))
    for attempt in range(6):
        await asyncio.gather(
            editors.edit(seen=waiting.content_hash, subtitle=f"第{attempt}"),
            editors.approve(waiting),
            return_exceptions=True,
        )
        row = await editors.rows.connection.fetchrow("SELECT * FROM product_revision")
        assert row["status"] == "DRAFT"
        assert row["approved_hash"] is None
        async with editors.session():
            (draft,) = await moves.by_id([waiting.id])
        waiting = await editors.submit(draft)


async def test_a_rejection_has_a_reason(editors: Editors) -> None:
    """Blank, too long or with a card number: nothing. With one, also of what was approved; again changes nothing."""
    approved = await editors.approve(await editors.submit(await editors.edit(subtitle="一")))
    before = await editors.everything()
    async with editors.session():
        for reason in ("", "\t", "长" * 401, "4111111111111111"):
            with pytest.raises(BadInput):
                await approving.reject(editors.checker, approved.id, reason)
        assert await editors.everything() == before
        rejected = await approving.reject(editors.checker, approved.id, "图片不清楚")
        told = (rejected.status, rejected.reason, rejected.approved_hash)
        assert told == (RevisionStatus.REJECTED, "图片不清楚", None)
        before = await editors.everything()
        await approving.reject(editors.checker, approved.id, "图片不清楚")
    assert await editors.everything() == before


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=367), timedelta(hours=-1)])
async def test_a_time_to_publish_lies_ahead(editors: Editors, after: timedelta) -> None:
    """Within a year."""
    waiting = await editors.submit(await editors.edit(subtitle="一"))
    before = await editors.everything()
    with pytest.raises(BadPublishTime):
        await editors.approve(waiting, publish_at=editors.now + after)
    assert await editors.everything() == before
