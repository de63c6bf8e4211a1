"""`yougou doctor`."""

import typer

from app.commands.console import out, run
from app.diagnosis import Finding, findings
from app.settings import Settings


def doctor() -> None:
    """Say what is wrong with this installation and how to mend it. Changes nothing; exit code 1 if anything is."""
    found: list[Finding] = run(findings(Settings()))
    for each in found:
        out.print(f"{'ok     ' if each.problem is None else 'PROBLEM'} {each.subject}", markup=False)
        if each.problem is not None:
            out.print(f"        {each.problem}\n        -> {each.remedy}", markup=False)
    if any(each.problem for each in found):
        raise typer.Exit(1)
