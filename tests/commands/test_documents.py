"""`yougou documents`: what it prints, refuses and leaves alone."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli
from app.commands.documents import documents
from app.tables import Database
from schema import documents as tree
from tests.conftest import Addresses
from tests.documents.registered import HOT, TREE, forget_staffs


@pytest.fixture(autouse=True)
def surroundings(addresses: Addresses, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database and Redis of this test; the app `staff` has no version yet."""
    asyncio.run(_forget_staffs(addresses.app_url))
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    monkeypatch.setenv("DATABASE_OWNER_URL", addresses.owner_url)
    monkeypatch.setenv("REDIS_URL", redis_url)


async def _forget_staffs(url: str) -> None:
    database = await Database.open(url, size=1)
    await forget_staffs(database)
    await database.close()


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and everything printed by `yougou documents ...`."""
    given = ["documents", *arguments]
    result = CliRunner().invoke(cli.build(given), given)
    return result.exit_code, result.output


def manifest(folder: Path, **texts: str) -> str:
    """A Relay map in a file."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(texts), "utf-8")
    return str(path)


def test_every_part_explains_itself() -> None:
    """With --help, and the parts are listed."""
    code, listed = run("--help")
    assert code == 0
    for command in documents.registered_commands:
        name = command.name or command.callback.__name__
        assert name in listed
        code, explained = run(name, "--help")
        assert (code, "." in explained) == (0, True)


def test_a_manifest_goes_from_a_file_into_service(tmp_path: Path) -> None:
    """Push says what to do next; the same twice says the same; the list shows where each version stands."""
    path = manifest(tmp_path, hot=HOT.text)
    for _ in range(2):
        code, said = run("push", "staff", path)
        assert (code, said.splitlines()) == (
            0,
            ["staff version 1: PUSHED, 1 documents.", "Serve it by: yougou documents activate staff 1"],
        )
    for _ in range(2):
        assert run("activate", "staff", "1") == (0, "staff version 1 is active.\n")
    assert run("push", "staff", path) == (0, "staff version 1: ACTIVE, 1 documents.\n")
    assert [line.split() for line in run("list")[1].splitlines()] == [
        ["miniprogram", "version", "1"],
        ["staff", "version", "1"],
    ]
    run("push", "staff", manifest(tmp_path, tree=TREE.text))
    run("activate", "staff", "2")
    assert run("retire", "staff", "2") == (0, "staff version 2 is retired.\n")
    listed = run("list", "staff")[1].splitlines()
    assert [line.partition(" since")[0] for line in listed if line.startswith("version")] == [
        "version 2: RETIRED",
        "version 1: RETIRED",
    ]
    assert listed[1].split() == ["Tree", f"sha256:{TREE.sha256}", "as", "tree", "cost", "10"]


def test_what_is_refused_says_why_and_changes_nothing(tmp_path: Path) -> None:
    """Documents that do not fit, versions that are not there, apps that are nobody's, files that are no manifest."""
    before = run("list", "staff")
    code, said = run("push", "staff", manifest(tmp_path, bad="query A { nothing }"))
    assert code == 1
    assert "bad:1:11: Cannot query field 'nothing' on type 'Query'." in said
    assert run("activate", "staff", "7")[0] == 1
    assert "staff has no version 7: push it first." in run("retire", "staff", "7")[1]
    assert "There is no app nobody" in run("push", "nobody", manifest(tmp_path, hot=HOT.text))[1]
    assert "There is no app nobody" in run("usage", "nobody")[1]
    assert "There is no app nobody" in run("list", "nobody")[1]
    (tmp_path / "manifest.json").write_text("[]", "utf-8")
    assert "A manifest is a JSON object." in run("push", "staff", str(tmp_path / "manifest.json"))[1]
    assert run("list", "staff") == before


def test_without_a_database_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address, or nobody there."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    assert "The database cannot be used" in run("list")[1]
    monkeypatch.setenv("DATABASE_URL", "")
    assert "DATABASE_URL is not set" in run("list")[1]


def test_the_tree_is_held_against_the_schema(tmp_path: Path) -> None:
    """Each problem with its app, document and place; the project's own tree fits."""
    assert run("check")[0] == 0
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "A.graphql").write_text("query B { nothing }", "utf-8")
    code, said = run("check", str(tmp_path))
    assert code == 1
    assert "lab/A:1:11: Cannot query field 'nothing'" in said


def test_migrate_publishes_the_tree_once(addresses: Addresses) -> None:
    """What is not active yet; the second time nothing."""
    nothing = "Nothing to do: the database is up to date.\n"
    count = len(list((tree.TREE / "staff").glob("*.graphql")))
    for told in (f"{nothing}Active now: staff: version 1 with {count} documents.\n", nothing):
        result = CliRunner().invoke(cli.build(["migrate"]), ["migrate"])
        assert (result.exit_code, result.output) == (0, told)
