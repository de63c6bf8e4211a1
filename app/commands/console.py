"""How commands speak: results on standard output, progress and trouble on standard error."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import typer
import uvloop
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

T = TypeVar("T")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a command's asynchronous part to its end on the event loop the server uses."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def fail(problem: str, remedy: str) -> NoReturn:
    """Ends the command with exit code 1, saying what is wrong and what to do next."""
    err.print(f"[red]{escape(problem)}[/red]\n{escape(remedy)}", markup=True)
    raise typer.Exit(1)


def progress() -> Progress:
    """A progress bar on standard error: what, how much of how much, and for how long."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
    )


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars by stage: what the block tells `(stage, done, total)` is shown, a bar for each stage."""
    with progress() as bar:
        stages: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=total)
            bar.update(stages[stage], completed=done, total=total)

        yield show
