"""The tree's manifests become the active ones."""

from pathlib import Path

import pytest

from app import publishing
from app.kit.errors import Refused
from app.tables import Database
from tests.documents.registered import HOT, TREE, add_partner, everything, forget_staffs, problems, released


@pytest.fixture
async def database(database: Database) -> Database:
    """The test's own, where the app `staff` has no version yet."""
    await forget_staffs(database)
    return database


def write(tree: Path, app: str, **texts: str) -> None:
    """A folder of an app with these files."""
    (tree / app).mkdir(exist_ok=True)
    for name, text in texts.items():
        (tree / app / f"{name}.graphql").write_text(text, "utf-8")


async def test_what_stands_in_the_tree_is_active_afterwards(owner_url: str, database: Database, tmp_path: Path) -> None:
    """A change is a new version, no change is none, what somebody activated meanwhile is replaced."""
    write(tmp_path, "staff", Hot=HOT.text)
    assert await publishing.publish(owner_url, tmp_path) == ["staff: version 1 with 1 documents"]
    before = await everything(database)
    assert await publishing.publish(owner_url, tmp_path) == []
    assert await everything(database) == before
    write(tmp_path, "staff", Tree=TREE.text)
    assert await publishing.publish(owner_url, tmp_path) == ["staff: version 2 with 2 documents"]
    await released(database, "staff", TREE)
    assert await publishing.publish(owner_url, tmp_path) == ["staff: version 4 with 2 documents"]


async def test_a_partners_folder_waits_for_the_partner(owner_url: str, database: Database, tmp_path: Path) -> None:
    """No app of the shop's is made in its place."""
    write(tmp_path, "lab-1", Hot=HOT.text)
    assert await publishing.publish(owner_url, tmp_path) == []
    partner = await add_partner(database, "lab-1")
    assert await publishing.publish(owner_url, tmp_path) == ["lab-1: version 1 with 1 documents"]
    assert await database.pool.fetchval("SELECT partner_id FROM app WHERE code = 'lab-1'") == partner


async def test_a_tree_that_does_not_fit_publishes_nothing_of_that_app(
    owner_url: str, database: Database, tmp_path: Path
) -> None:
    """The message names the file."""
    write(tmp_path, "staff", Hot="query Hot { nothing }")
    before = await everything(database)
    with pytest.raises(Refused) as refused:
        await publishing.publish(owner_url, tmp_path)
    assert problems(refused.value) == ["Hot:1:13: Cannot query field 'nothing' on type 'Query'."]
    assert await everything(database) == before
    assert await publishing.problems(tmp_path) == [("staff", refused.value.reason.problems[0])]


def test_folders_without_documents_are_no_apps(tmp_path: Path) -> None:
    """Python's own, for one."""
    (tmp_path / "__pycache__").mkdir()
    assert publishing.manifests(tmp_path) == {}
