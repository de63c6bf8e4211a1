"""Versions are pushed, activated, retired and dropped; what is refused changes nothing."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from app.documents import service
from app.documents.entries import Entry
from app.documents.enums import ManifestState, OperationKind
from app.documents.errors import AppUnknown, ManifestRetired, ManifestUnknown, ManifestVersionTaken
from app.documents.verdict import Complaint, Verdict
from app.kit import clock
from app.kit.caller import MACHINE, Caller, CallerKind
from app.kit.errors import BadInput, Refused
from app.main import ENGINE
from app.tables import Database
from tests.documents.registered import (
    HOT,
    STAFF,
    TREE,
    add_partner,
    everything,
    forget_staffs,
    problems,
    pushed,
    refusal,
    released,
)

DAY = timedelta(days=1)
DEAR = """query Dear {
  products(first: 50) { nodes { reviews(first: 50) { nodes { product { skus { id } } } } } }
}"""


@pytest.fixture
async def database(database: Database) -> Database:
    """The test's own, where the app `staff` has no version yet."""
    await forget_staffs(database)
    return database


async def test_a_version_is_pushed_then_active_then_retired(database: Database) -> None:
    """The next one takes its place; the audit log says who did what."""
    first = await pushed(database, "staff", HOT)
    assert (first.version, first.state) == (1, ManifestState.PUSHED)
    await released(database, "staff", HOT)
    second = await released(database, "staff", HOT, TREE)
    assert (second.version, second.state) == (2, ManifestState.ACTIVE)
    states = await database.pool.fetch(
        "SELECT version, is_active, retired_at IS NOT NULL FROM manifest m JOIN app a ON a.id = m.app_id"
        " WHERE a.code = 'staff' ORDER BY version"
    )
    assert [tuple(row) for row in states] == [(1, False, True), (2, True, False)]
    actions = await database.pool.fetch("SELECT action, caller FROM audit_entry WHERE caller = 'staff:1' ORDER BY id")
    expected = ["documents.push", "documents.activate", "documents.push", "documents.activate"]
    assert [row["action"] for row in actions] == expected


async def test_every_write_may_be_repeated(database: Database) -> None:
    """Push, activate and retire a second time change nothing."""
    await released(database, "staff", HOT, version=7)
    before = await everything(database)
    await released(database, "staff", HOT, version=7)
    await released(database, "staff", HOT)
    assert await everything(database) == before
    async with database.session():
        await service.retire(STAFF, "staff", 7)
        retired = await everything(database)
        await service.retire(STAFF, "staff", 7)
    assert await everything(database) == retired != before


async def test_a_taken_version_keeps_its_documents(database: Database) -> None:
    """Other content under the same number is refused."""
    await pushed(database, "staff", HOT, version=1)
    before = await everything(database)
    with pytest.raises(Refused) as refused:
        await pushed(database, "staff", TREE, version=1)
    assert refusal(refused.value) == ManifestVersionTaken("staff", 1)
    assert await everything(database) == before


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], ["manifest: It has no document."]),
        ([HOT] * 501, ["manifest: It has 501 documents; 500 are the most."]),
        (
            [Entry("query A { nothing }", name="A")],
            ["A:1:11: Cannot query field 'nothing' on type 'Query'."],
        ),
        ([Entry("query A {", name="A")], ["A:1:10: Syntax Error: Expected Name, found <EOF>."]),
        (
            [Entry("query A { hotWords } query B { hotWords }", name="A")],
            ["A: It has 2 operations. A registered document is one named operation."],
        ),
        (
            [Entry("fragment F on Product { id }", "x-1")],
            ["x-1:1:1: Fragment 'F' is never used."],
        ),
        (
            [Entry("{ hotWords }", "x-1")],
            ["x-1: Its operation has no name. A registered document is one named operation."],
        ),
        ([Entry("query Other { hotWords }", name="A")], ["A: Its operation is named Other."]),
        ([Entry(HOT.text, kind=OperationKind.MUTATION, name="Hot")], ["Hot: Its operation is a query."]),
        (
            [HOT, Entry("query Hot { __typename }", "x-1")],
            [
                f"{HOT.label}: Another document has the same operation name.",
                "x-1: Another document has the same operation name.",
            ],
        ),
        ([HOT, Entry(HOT.text, "x-1")], [f"{HOT.label}: Its text stands twice.", "x-1: Its text stands twice."]),
        (
            [Entry(HOT.text, "x-1"), Entry(TREE.text, "x-1")],
            ["x-1: Its id stands twice.", "x-1: Its id stands twice."],
        ),
        ([Entry(HOT.text, "0" * 64)], [f"{'0' * 64}: The id is no sha256 of the text, which is {HOT.sha256}."]),
        ([Entry(HOT.text + "\0", "x-1")], ["x-1: Text cannot hold a null character."]),
        (
            [Entry(f"query {'A' * 81} {{ hotWords }}", "x-1")],
            ["x-1: A name is at most 80 characters."],
        ),
        (
            [Entry(DEAR, "x-1")],
            ["x-1: It costs 30101 points; 10000 are the most."],
        ),
    ],
    ids=lambda value: value[0][:40] if value and isinstance(value[0], str) else "",
)
async def test_a_manifest_that_cannot_be_answered(entries: list[Entry], told: list[str], database: Database) -> None:
    """Every problem is told, with the document and the place; nothing is stored."""
    before = await everything(database)
    with pytest.raises(Refused) as refused:
        await pushed(database, "staff", *entries)
    assert problems(refused.value) == told
    assert await everything(database) == before


async def test_all_problems_are_told_at_once(database: Database) -> None:
    """Of every document, so that one push shows all there is to mend."""
    with pytest.raises(Refused) as refused:
        await pushed(database, "staff", Entry("query A { x }", name="A"), Entry("query B { y z }", name="B"), HOT)
    assert [each.partition(":")[0] for each in problems(refused.value)] == ["A", "B", "B"]


async def test_documents_need_no_scope_that_no_caller_of_the_app_has(database: Database) -> None:
    """The mini-program has customers, a partner what its keys hold, the shop's own tools any."""

    def check(_: str) -> Verdict:
        return Verdict("Hot", scopes=frozenset({"documents:read"}))

    await add_partner(database, "lab-1", "documents:read")
    await add_partner(database, "lab-2", "reports:write")
    before = await everything(database)
    for app in ("miniprogram", "lab-2"):
        async with database.session():
            with pytest.raises(Refused) as refused:
                await service.push(STAFF, app, None, [HOT], check)
        lacking = f"{HOT.label}: It needs the scope documents:read, which no caller of this app has."
        assert problems(refused.value) == [lacking]
    assert await everything(database) == before
    for app in ("staff", "lab-1"):
        async with database.session():
            assert (await service.push(STAFF, app, None, [HOT], check)).version == 1


async def test_an_app_that_is_nobodys_is_unknown(database: Database) -> None:
    """To push, to activate and to retire; and nothing is made by trying."""
    before = await everything(database)
    for work in (
        lambda: service.push(STAFF, "lab-9", None, [HOT], ENGINE.check),
        lambda: service.activate(STAFF, "lab-9", 1, ENGINE.check),
        lambda: service.retire(STAFF, "lab-9", 1),
    ):
        async with database.session():
            with pytest.raises(Refused) as refused:
                await work()
        assert refusal(refused.value) == AppUnknown("lab-9")
    assert await everything(database) == before


async def test_a_partner_pushes_to_its_own_app_alone(database: Database) -> None:
    """Any other, the shop's own too, is unknown to it."""
    mine, other = await add_partner(database, "lab-1"), await add_partner(database, "lab-2")
    await pushed(database, "lab-2", HOT)
    before = await everything(database)
    partner = Caller(CallerKind.PARTNER, mine, frozenset({"documents:write"}))
    async with database.session():
        for app in ("lab-2", "staff", "miniprogram"):
            with pytest.raises(Refused) as refused:
                await service.push(partner, app, None, [TREE], ENGINE.check)
            assert refusal(refused.value) == AppUnknown(app)
        assert await everything(database) == before
        assert (await service.push(partner, "lab-1", None, [TREE], ENGINE.check)).version == 1
    owners = await database.pool.fetch("SELECT partner_id FROM app WHERE partner_id IS NOT NULL ORDER BY code")
    assert [row["partner_id"] for row in owners] == [mine, other]


async def test_versions_that_cannot_be_activated(database: Database) -> None:
    """Unknown, beyond what a number can be, retired; the active one stays."""
    await released(database, "staff", HOT)
    await released(database, "staff", TREE)
    before = await everything(database)
    async with database.session():
        for version, reason in (
            (1, ManifestRetired("staff", 1)),
            (3, ManifestUnknown("staff", 3)),
            (0, ManifestUnknown("staff", 0)),
            (2**40, ManifestUnknown("staff", 2**40)),
        ):
            with pytest.raises(Refused) as refused:
                await service.activate(STAFF, "staff", version, ENGINE.check)
            assert refusal(refused.value) == reason
    assert await everything(database) == before


@pytest.mark.parametrize("version", [0, -1, 2**31])
async def test_a_version_is_a_positive_number(version: int, database: Database) -> None:
    """Of those a column holds."""
    before = await everything(database)
    with pytest.raises(BadInput):
        await pushed(database, "staff", HOT, version=version)
    assert await everything(database) == before


async def test_a_schema_that_moved_on_refuses_the_activation(database: Database) -> None:
    """What was valid when it was pushed is looked at again; the version that is active stays."""
    await released(database, "staff", HOT)
    await pushed(database, "staff", TREE)
    before = await everything(database)

    def broken(_: str) -> Verdict:
        return Verdict(complaints=(Complaint("Cannot query field 'categories' on type 'Query'.", 1, 14),))

    async with database.session():
        with pytest.raises(Refused) as refused:
            await service.activate(STAFF, "staff", 2, broken)
    assert problems(refused.value) == ["Tree:1:14: Cannot query field 'categories' on type 'Query'."]
    assert await everything(database) == before


async def test_of_many_activations_at_once_one_version_is_active(database: Database) -> None:
    """Each sees what the one before did; every version but the last is retired or refused."""
    texts = [Entry(f"query Q{number} {{ hotWords }}") for number in range(8)]
    versions = [(await pushed(database, "staff", text)).version for text in texts]

    async def activate(version: int) -> int | None:
        async with database.session():
            with suppress(Refused):
                return (await service.activate(STAFF, "staff", version, ENGINE.check)).version
        return None

    done = await asyncio.gather(*map(activate, versions * 2))
    active = await database.pool.fetch(
        "SELECT version FROM manifest m JOIN app a ON a.id = m.app_id WHERE is_active AND a.code = 'staff'"
    )
    assert len(active) == 1
    assert active[0]["version"] in done
    assert await database.pool.fetchval("SELECT revision FROM app WHERE code = 'staff'") == 8


async def test_the_same_push_at_once_makes_one_version(database: Database) -> None:
    """All but one find it there."""

    async def push() -> int:
        return (await pushed(database, "staff", HOT)).version

    assert await asyncio.gather(*(push() for _ in range(6))) == [1] * 6
    assert await database.pool.fetchval("SELECT count(*) FROM document WHERE name = 'Hot'") == 1


async def used(database: Database, app: str, entry: Entry, days_ago: int) -> None:
    """A call of a document so many days before now."""
    await database.pool.execute(
        "INSERT INTO document_usage (app_id, sha256, used_on, calls, errors, latency, last_used_at)"
        " SELECT id, $2, $3::date, 1, 0, array_fill(0, ARRAY[50]), $3 FROM app WHERE code = $1",
        app,
        entry.sha256,
        clock.now() - days_ago * DAY,
    )


async def dropped(database: Database, days: int) -> list[tuple[str, int]]:
    """What the job drops `days` from now, with a grace of 14."""
    with clock.moved_to(clock.now() + days * DAY):
        async with database.session():
            return await service.drop_unused(MACHINE, 14 * DAY)


async def test_a_retired_version_goes_when_its_last_use_is_older_than_the_grace(database: Database) -> None:
    """Not before, not because the active version is used, and only once."""
    await released(database, "staff", HOT, TREE)
    await released(database, "staff", HOT)
    await used(database, "staff", TREE, days_ago=-5)  # in five days
    await used(database, "staff", HOT, days_ago=-30)
    assert await dropped(database, 13) == []
    assert await dropped(database, 18) == []
    assert await dropped(database, 20) == [("staff", 1)]
    assert await dropped(database, 20) == []
    assert await database.pool.fetchval("SELECT revision FROM app WHERE code = 'staff'") == 3


async def test_versions_that_were_never_used_go_after_the_grace(database: Database) -> None:
    """Counted from their retirement; the active one never goes, one that was never active is not served anyway."""
    await released(database, "staff", HOT)
    await released(database, "staff", TREE)
    await pushed(database, "staff", HOT, TREE)
    async with database.session():
        await service.retire(STAFF, "staff", 3)
    assert await dropped(database, 13) == []
    assert await dropped(database, 15) == [("staff", 1)]


async def test_a_document_known_by_another_id_keeps_its_version(database: Database) -> None:
    """The active version answers the text, but not to the id that old clients send."""
    await released(database, "staff", Entry(HOT.text, "x-old"))
    await released(database, "staff", HOT)
    await used(database, "staff", HOT, days_ago=-10)
    assert await dropped(database, 20) == []
    assert await dropped(database, 25) == [("staff", 1)]
