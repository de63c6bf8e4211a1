"""A breaking change of the schema is in the changelog, or the check fails."""

from pathlib import Path

import pytest
from graphql import build_schema

from app.commands import schema as command
from schema.breaking import unannounced
from tests.commands.test_commands import run

RELEASED = "type Query { a(x: Int): Int b: String } enum Size { S L } type Mutation { write: Int }"
CHANGES = {
    "type Query { a(x: Int): Int } enum Size { S L } type Mutation { write: Int }": "Field Query.b was removed",
    "type Query { a(x: Int): Int b: Int } enum Size { S L } type Mutation { write: Int }": (
        "Field Query.b changed type from String to Int"
    ),
    "type Query { a(x: Int, y: Int!): Int b: String } enum Size { S L } type Mutation { write: Int }": (
        "A required argument Query.a(y:) was added"
    ),
    "type Query { a(x: Int): Int b: String } enum Size { S } type Mutation { write: Int }": (
        "Enum value Size.L was removed"
    ),
    "type Query { a(x: Int): Int b: String } enum Size { S L }": "Mutation was removed",
}


def changelog(*lines: str) -> str:
    """A changelog whose unreleased section lists these as breaking."""
    listed = "\n".join(f"- {each}" for each in lines)
    return f"# Changelog\n\n## Unreleased\n\n### Added\n\n- Things.\n\n### Breaking\n\n{listed}\n\n## 0.1.0\n\n- Old.\n"


@pytest.mark.parametrize(("present", "words"), CHANGES.items(), ids=CHANGES.values())
def test_a_breaking_change_needs_its_own_line(present: str, words: str) -> None:
    """Wrapped or not; under another heading, in an older section or about another element it does not count."""
    schema = build_schema(present)
    for text in (
        "# Changelog\n\n## Unreleased\n",
        changelog("Field Query.other was removed"),
        f"## Unreleased\n\n### Added\n\n- {words}\n",
        f"## Unreleased\n\n## 0.1.0\n\n### Breaking\n\n- {words}\n",
    ):
        assert unannounced(RELEASED, schema, text) == [words]
    assert unannounced(RELEASED, schema, changelog(f"{words}: ask for c instead.")) == []
    assert unannounced(RELEASED, schema, changelog(words.replace(" was", "\n  was"))) == []


def test_additions_break_nothing() -> None:
    """A new field, an optional argument, a new enum value, a field that is never null any more."""
    present = "type Query { a(x: Int, y: Int): Int! b: String c: Int } enum Size { S M L } type Mutation { write: Int }"
    assert unannounced(RELEASED, build_schema(present), "") == []


def test_the_check_tells_what_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails for a field that is gone, and passes once the changelog has the line."""
    released, log = tmp_path / "released.graphql", tmp_path / "CHANGELOG.md"
    released.write_text(
        command.FILE.read_text("utf-8").replace("type Query {", "type Query {\n  gone: Int", 1), "utf-8"
    )
    log.write_text("# Changelog\n\n## Unreleased\n", "utf-8")
    monkeypatch.setattr(command, "RELEASED", released)
    monkeypatch.setattr(command, "CHANGELOG", log)
    code, said = run("schema", "--check")
    assert code == 1
    assert "- Field Query.gone was removed" in said
    log.write_text(changelog("Field Query.gone was removed: it never had a value."), "utf-8")
    assert run("schema", "--check")[0] == 0
