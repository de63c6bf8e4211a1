"""Every product of the demo can be edited, and something waits in its queue."""

import asyncpg

from app.catalog import checks, moves, snapshots
from app.catalog.enums import RevisionStatus
from app.catalog.snapshots import Live
from app.demo import revisions, staff
from app.embedded import databases
from app.kit import clock
from app.kit.crypto import KeyRing
from app.kit.vault import Vault
from app.settings import DEMO_KEY_RING
from app.tables import Database
from tests.demo.conftest import NOW

STATES = "SELECT status, maker_id, submitted_at IS NOT NULL FROM product_revision ORDER BY id"


async def test_every_product_could_be_handed_in_as_it_stands(
    own_shop: asyncpg.Connection, own: databases.Database
) -> None:
    """What is published keeps to the rules of what is published: forms, lines, list prices."""
    keys = [row["id"] for row in await own_shop.fetch("SELECT id FROM product WHERE status = 'PUBLISHED'")]
    database = await Database.open(own.app_dsn, size=1)
    async with database.session():
        found = await snapshots.live(keys)
        wrong = {each.content.slug: told for each in found if (told := await _problems(each))}
    await database.close()
    assert len(found) == 300
    assert wrong == {}


async def _problems(live: Live) -> list[checks.ContentProblem]:
    checks.check_form(live.content)
    lowest = await snapshots.lowest_before(live, live.content, NOW)
    taken = await snapshots.taken(live.product.id, live.content)
    return checks.problems(live.content, lowest_before=lowest, taken=taken)


async def test_two_edits_wait_and_one_is_being_written(own_shop: asyncpg.Connection, own: databases.Database) -> None:
    """Made once, by the editor; what the shop shows is as it was."""
    before = await own_shop.fetch("SELECT * FROM product ORDER BY id")
    with clock.moved_to(NOW):
        members = await staff.ensure(own.app_dsn, Vault(KeyRing.parse(DEMO_KEY_RING), "an index key"), "a secret")
        for _ in range(2):
            await revisions.ensure(own.app_dsn, members)
    editor = members[staff.RoleCode.CATALOGUE_EDITOR].id
    submitted, draft = RevisionStatus.SUBMITTED, RevisionStatus.DRAFT
    rows = [tuple(row) for row in await own_shop.fetch(STATES)]
    assert rows == [(submitted, editor, True), (submitted, editor, True), (draft, editor, False)]
    assert await own_shop.fetch("SELECT * FROM product ORDER BY id") == before
    assert moves.WRITE in members[staff.RoleCode.CATALOGUE_EDITOR].scopes
