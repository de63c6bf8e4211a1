"""`yougou audit verify`."""

from typing import Annotated

import typer

from app.commands.console import bars, err, fail, out, run
from app.kit import audit_seals
from app.kit.audit_seals import Link, State
from app.settings import Settings
from app.tables import Database

audit = typer.Typer(no_args_is_help=True, help="The audit log's chain of hashes.")
audit.callback()(lambda: None)  # with it, the one command still has to be named


@audit.command()
def verify(
    anchor: Annotated[
        str | None, typer.Option(metavar="SEQUENCE:HASH", help="A newest link that this command printed earlier.")
    ] = None,
) -> None:
    """Walk the chain and name every entry that was changed, removed or slipped in. Exit code 1 if there is any.

    It prints the newest link: kept outside the database, it shows the next time whether the chain was made anew.
    """
    found, state, head = run(_walk(Settings().database, None if anchor is None else _link(anchor)))
    for sequence, problem in found:
        err.print(f"link {sequence}: {problem}" if sequence else problem, markup=False)
    tail = f", {state.waiting} not sealed yet from entry {state.first_waiting} on" if state.waiting else ""
    newest = f"; newest link {head.sequence}:{head.chain_hash.hex()}" if head else ""
    if found:
        fail(f"{len(found)} problems in {state.links} links{tail}{newest}", "Compare these entries with a backup.")
    out.print(f"The chain of {state.links} links is whole{tail}{newest}")


async def _walk(url: str, anchor: Link | None) -> tuple[list[tuple[int, str]], State, Link | None]:
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            state = await audit_seals.state()
            with bars() as show:
                found = []
                async for sequence, problem in audit_seals.problems(anchor):
                    show("links", sequence or state.links, state.links)
                    if problem is not None:
                        found.append((sequence, problem))
            return found, state, await audit_seals.head()
    finally:
        await database.close()


def _link(text: str) -> Link:
    sequence, _, chain_hash = text.partition(":")
    try:
        return Link(int(sequence), bytes.fromhex(chain_hash))
    except ValueError:
        fail(f"{text} is no link.", "Give one as this command prints it: 12:3f2a...")
