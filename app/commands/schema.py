"""`yougou schema`."""

from pathlib import Path
from typing import Annotated

import typer

import schema as package
from app.commands.console import fail, out
from schema.breaking import unannounced
from schema.built import GRAPHQL
from schema.root import SCHEMA

FILE = Path(package.__file__).parent / "schema.graphql"
RELEASED = FILE.with_name("released.graphql")
CHANGELOG = FILE.parent.parent / "CHANGELOG.md"


def schema(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail when the file differs or breaks clients unannounced.")
    ] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Make this the released schema that later ones are compared to.")
    ] = False,
) -> None:
    """Print the GraphQL schema to schema/schema.graphql, which is committed so that reviews see its changes.

    A change that breaks clients of schema/released.graphql needs a line under "### Breaking" of "## Unreleased" in
    CHANGELOG.md that has the words of the change, as --check tells them.
    """
    printed = SCHEMA.as_str() + "\n"
    if check:
        _check(printed)
        return
    for file in (FILE, RELEASED) if release else (FILE,):
        file.write_text(printed, encoding="utf-8")
        out.print(f"Wrote schema/{file.name} ({len(printed.splitlines())} lines).")


def _check(printed: str) -> None:
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != printed:
        fail("schema/schema.graphql is not the schema of this code.", "Run: make schema, and commit the file.")
    found = unannounced(RELEASED.read_text(encoding="utf-8"), GRAPHQL, CHANGELOG.read_text(encoding="utf-8"))
    if found:
        listed = "\n".join(f"- {each}" for each in found)
        fail(
            f"These changes break clients of the last release, and CHANGELOG.md does not say so:\n{listed}",
            'Take them back, or add each under "### Breaking" of "## Unreleased", with what clients do instead.',
        )
    out.print("schema/schema.graphql is the schema of this code, and breaks nothing that is not announced.")
