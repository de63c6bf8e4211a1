"""What PostgreSQL did for a statement, read from its plan, and what is wrong with it in a large shop."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SMALL = 3_000  # rows of a table that may be read from end to end
WASTED = (
    10_000  # rows a scan or join may throw away for a tenth of them: a walk by price past the cheap shelves takes 5 ms
)
_KEPT = 10
_LATER = frozenset({"Aggregate", "Subquery Scan"})
"""Nodes that read no table: groups that do not count, and products a search found that a filter leaves out."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A statement of a document as it ran: the tables it read, the indexes it used, rows read and rows given."""

    document: str
    mode: str
    text: str
    tables: frozenset[str]
    indexes: frozenset[str]
    read: int
    given: int
    problems: tuple[str, ...]


def explained(document: str, mode: str, plan: Mapping[str, Any], sizes: Mapping[str, float]) -> Explained:
    """What a plan in auto_explain's JSON says; `sizes` are the rows of each table.

    A problem is a table of more than SMALL rows read from end to end, or a scan or join that reads far more than it
    gives.
    """
    nodes = list(_nodes(plan["Plan"]))
    return Explained(
        document=document,
        mode=mode,
        text=plan["Query Text"],
        tables=frozenset(node["Relation Name"] for node in nodes if "Relation Name" in node),
        indexes=frozenset(node["Index Name"] for node in nodes if "Index Name" in node),
        read=sum(_given(node) + _thrown_away(node) for node in nodes if "Relation Name" in node),
        given=_given(plan["Plan"]),
        problems=tuple(problem for node in nodes for problem in _problems(node, sizes)),
    )


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _given(node: Mapping[str, Any]) -> int:
    return int(node.get("Actual Rows", 0) * node.get("Actual Loops", 0))


def _thrown_away(node: Mapping[str, Any]) -> int:
    per_loop = sum(rows for name, rows in node.items() if name.startswith("Rows Removed by"))
    return int(per_loop * node.get("Actual Loops", 0))


def _problems(node: Mapping[str, Any], sizes: Mapping[str, float]) -> Iterator[str]:
    table = node.get("Relation Name", "")
    if node["Node Type"] == "Seq Scan" and sizes.get(table, 0) > SMALL:
        yield f"reads all of {table}"
    thrown_away, given = _thrown_away(node), _given(node)
    if node["Node Type"] not in _LATER and thrown_away > WASTED and thrown_away > _KEPT * given:
        yield f"{node['Node Type']} {table} reads {thrown_away + given} rows and gives {given}".replace("  ", " ")
