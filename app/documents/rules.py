"""Who may ask for which documents, and what a manifest must be. Pure: no database, no schema."""

from collections import Counter
from collections.abc import Sequence

from app.documents.entries import Entry, id_problem
from app.documents.errors import Problem
from app.documents.histogram import quantile
from app.documents.verdict import Verdict

MINIPROGRAM = "miniprogram"
STAFF = "staff"
HOUSE = (MINIPROGRAM, STAFF)
"""The shop's own apps, in the order in which an id without an app is looked for."""
MAX_DOCUMENTS = 500
MAX_NAME = 80  # the column's length
TOPIC = "documents"
"""What processes listen for, to hear that other documents are served now."""
READ = "documents:read"
WRITE = "documents:write"


def manifest_problems(entries: Sequence[Entry]) -> list[Problem]:
    """What is wrong with a manifest before any text is read: how many there are, their ids, what stands twice."""
    if not entries:
        return [Problem("", "It has no document.")]
    if len(entries) > MAX_DOCUMENTS:
        return [Problem("", f"It has {len(entries)} documents; {MAX_DOCUMENTS} are the most.")]
    found = [Problem(each.label, problem) for each in entries if (problem := id_problem(each)) is not None]
    found += _twice(entries, [each.sha256 for each in entries], "Its text stands twice.")
    found += _twice(entries, [each.alias for each in entries], "Its id stands twice.")
    return found


def name_problems(entries: Sequence[Entry], verdicts: Sequence[Verdict]) -> list[Problem]:
    """Names that do not fit: other than the manifest says, too long, or of two documents."""
    found = []
    for entry, verdict in zip(entries, verdicts, strict=True):
        if entry.name is not None and verdict.name and entry.name != verdict.name:
            found.append(Problem(entry.label, f"Its operation is named {verdict.name}."))
        if entry.kind is not None and not verdict.complaints and entry.kind is not verdict.kind:
            found.append(Problem(entry.label, f"Its operation is a {verdict.kind.lower()}."))
        if len(verdict.name) > MAX_NAME:
            found.append(Problem(entry.label, f"A name is at most {MAX_NAME} characters."))
    names = [each.name or None for each in verdicts]
    return found + _twice(entries, names, "Another document has the same operation name.")


def scope_problems(entries: Sequence[Entry], verdicts: Sequence[Verdict], held: frozenset[str]) -> list[Problem]:
    """Documents that no caller of the app may ask: they need scopes beyond those `held`."""
    return [
        Problem(entry.label, f"It needs the scope {', '.join(sorted(lacking))}, which no caller of this app has.")
        for entry, verdict in zip(entries, verdicts, strict=True)
        if (lacking := verdict.scopes - held)
    ]


def complaints(entries: Sequence[Entry], verdicts: Sequence[Verdict]) -> list[Problem]:
    """What the schema says against the documents."""
    return [
        Problem(entry.label, each.message, each.line, each.column)
        for entry, verdict in zip(entries, verdicts, strict=True)
        for each in verdict.complaints
    ]


def _twice(entries: Sequence[Entry], keys: Sequence[str | None], message: str) -> list[Problem]:
    counts = Counter(key for key in keys if key is not None)
    return [Problem(entry.label, message) for entry, key in zip(entries, keys, strict=True) if key and counts[key] > 1]


def p99_milliseconds(latency: Sequence[int]) -> float:
    """Within how many milliseconds 99 of 100 calls ended, or up to a quarter more; 0 without calls."""
    return round((quantile(latency, 0.99) or 0.0) * 1000, 2)
