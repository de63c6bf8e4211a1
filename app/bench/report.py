"""The table of a run: medians of the rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from rich.box import SIMPLE_HEAD
from rich.table import Table

from app.bench.explained import Explained
from app.bench.rounds import Round


@dataclass(frozen=True, slots=True)
class Row:
    """A target and what was seen of it."""

    name: str
    rounds: Sequence[Round]
    statements: float


def table(rows: Sequence[Row], *, static: Row, one_statement: Row) -> Table:
    """A column per row, a line per figure; ratios of CPU are taken within each round, equally busy for all."""
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 0))
    drawn.add_column(no_wrap=True)
    for row in rows:
        drawn.add_column(row.name, justify="right", no_wrap=True)
    for name, figure in _FIGURES.items():
        drawn.add_row(name, *(figure(row.rounds) for row in rows))
    drawn.add_row("SQL statements", *(f"{row.statements:.1f}" for row in rows))
    for floor in (static, one_statement):
        drawn.add_row(f"x {floor.name}", *(f"{ratio(row, floor):.2f}" for row in rows), style="bold")
    return drawn


def ratio(row: Row, floor: Row) -> float:
    """How many times the floor's CPU a request of `row` takes."""
    return median(own.cpu / least.cpu for own, least in zip(row.rounds, floor.rounds, strict=True))


def slower(row: Row, smaller: Row) -> float:
    """How many times the smaller shop's 99th percentile a document takes, within a round."""
    return median(own.p99 / least.p99 for own, least in zip(row.rounds, smaller.rounds, strict=True))


def listed(statements: Sequence[Explained]) -> Table:
    """A line per statement of a document, as its worst plan ran: indexes, rows read and given, what is wrong."""
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("document", "indexes", "read", "given", "problem"):
        drawn.add_column(name, justify="right" if name in {"read", "given"} else "left")
    for each in statements:
        said = "; ".join(each.problems)
        drawn.add_row(each.document, " ".join(sorted(each.indexes)), f"{each.read:,}", f"{each.given:,}", said)
    return drawn


_FIGURES: dict[str, Callable[[Sequence[Round]], str]] = {
    "requests/s": lambda seen: f"{median(each.requests / each.seconds for each in seen):,.0f}",
    "p50 ms": lambda seen: f"{median(each.p50 for each in seen) * 1000:.2f}",
    "p99 ms": lambda seen: f"{median(each.p99 for each in seen) * 1000:.2f}",
    "answer kB": lambda seen: f"{median(each.bytes for each in seen) / 1000:.1f}",
    "core used": lambda seen: f"{median(each.share for each in seen):.0%}",
    "database CPU ms": lambda seen: f"{median(each.postgres_cpu for each in seen) * 1000:.3f}",
    "server CPU ms": lambda seen: f"{median(each.cpu for each in seen) * 1000:.3f}",
    "  least": lambda seen: f"{min(each.cpu for each in seen) * 1000:.3f}",
    "  most": lambda seen: f"{max(each.cpu for each in seen) * 1000:.3f}",
}
