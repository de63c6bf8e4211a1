"""`yougou schema`."""

from pathlib import Path
from typing import Annotated

import typer

import schema as package
from app.commands.console import fail, out
from schema.root import SCHEMA

FILE = Path(package.__file__).parent / "schema.graphql"


def schema(
    *, check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when the file differs.")] = False
) -> None:
    """Print the GraphQL schema to schema/schema.graphql, which is committed so that reviews see its changes."""
    printed = SCHEMA.as_str() + "\n"
    if check:
        if not FILE.exists() or FILE.read_text(encoding="utf-8") != printed:
            fail("schema/schema.graphql is not the schema of this code.", "Run: make schema, and commit the file.")
        out.print("schema/schema.graphql is the schema of this code.")
        return
    FILE.write_text(printed, encoding="utf-8")
    out.print(f"Wrote schema/schema.graphql ({len(printed.splitlines())} lines).")
