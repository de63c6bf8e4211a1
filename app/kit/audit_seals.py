"""The audit log's hash chain: what was changed, removed or slipped in afterwards is found.

Each link's hash covers the whole entry and the hash before it, so the newest link stands for all of them: whoever keeps
a copy of it elsewhere can tell a chain that was made anew. Entries are chained in the order in which the sealer found
them, which commits decide, not ids.
"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import asyncpg
import orjson

from app.kit import clock, db

BATCH = 1000  # entries chained in one transaction, and read at once when verifying

_SEALED = ("id", "happened_at", "caller", "scope", "action", "entity", "entity_id", "before", "after", "trace_id")
_COLUMNS = ", ".join(f"e.{name}" for name in _SEALED)
# one sealer at a time: others find the lock taken and leave the work to it
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('audit_seal'))"
_LAST = "SELECT sequence, chain_hash FROM audit_seal ORDER BY sequence DESC LIMIT 1"
_WAITING = f"""SELECT {_COLUMNS} FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id
ORDER BY u.entry_id LIMIT $1"""
_SEAL = """WITH done AS (DELETE FROM audit_unsealed WHERE entry_id = ANY($2))
INSERT INTO audit_seal (sequence, entry_id, previous_hash, chain_hash, sealed_at)
SELECT sequence, entry_id, previous_hash, chain_hash, $5
FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[])
  AS link(sequence, entry_id, previous_hash, chain_hash)"""
_LINKS = f"""SELECT s.sequence, s.entry_id, s.previous_hash, s.chain_hash, {_COLUMNS}
FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
WHERE s.sequence > $1 ORDER BY s.sequence LIMIT $2"""
_STATE = """SELECT (SELECT count(*) FROM audit_seal) AS links,
  (SELECT count(*) FROM audit_unsealed) AS waiting, (SELECT min(entry_id) FROM audit_unsealed) AS first_waiting"""
_SLIPPED_IN = """SELECT e.id FROM audit_entry e
WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)
  AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.entry_id = e.id) ORDER BY e.id LIMIT 100"""


class Link(NamedTuple):
    """A link of the chain: what an anchor outside the database keeps."""

    sequence: int
    chain_hash: bytes


@dataclass(frozen=True, slots=True)
class State:
    """How long the chain is, and its tail: entries that are not chained yet, from which one on."""

    links: int
    waiting: int
    first_waiting: int | None


async def seal() -> int:
    """Chains up to BATCH entries that wait; how many. 0 also when another process is sealing.

    An entry whose transaction is under way waits for the next time, whatever its id.
    """
    async with db.transaction() as tx:
        if not (await tx.fetch(_LOCK))[0][0]:
            return 0
        last = await tx.fetch(_LAST)
        sequence, previous = (last[0]["sequence"], last[0]["chain_hash"]) if last else (0, None)
        links = []
        for entry in await tx.fetch(_WAITING, BATCH):
            sequence += 1
            links.append((sequence, entry["id"], previous, previous := chain_hash(sequence, previous, entry)))
        if links:
            await tx.execute(_SEAL, *map(list, zip(*links, strict=True)), clock.now())
    return len(links)


def chain_hash(sequence: int, previous: bytes | None, entry: asyncpg.Record) -> bytes:
    """32 bytes over a link's place, the link before it and every column of its entry."""
    content = [sequence, previous.hex() if previous else None, *(entry[name] for name in _SEALED)]
    return hashlib.sha256(orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS)).digest()


async def state() -> State:
    """The length of the chain and of its unsealed tail."""
    return State(*(await db.fetch(_STATE))[0])


async def problems(anchor: Link | None = None) -> AsyncIterator[tuple[int, str | None]]:
    """Walks the whole chain: of each link its sequence, and what is wrong there or None.

    What is wrong outside of the chain comes last, with the sequence 0.
    `anchor` is a link noted earlier, elsewhere: without one, a chain that was made anew from its beginning holds.
    """
    sequence, previous, is_anchored = 0, None, anchor is None
    while links := await db.fetch(_LINKS, sequence, BATCH):
        for link in links:
            yield link["sequence"], _wrong(link, sequence, previous)
            sequence, previous = link["sequence"], link["chain_hash"]
            if anchor == (sequence, previous):
                is_anchored = True
    if not is_anchored:
        yield 0, "the chain does not hold the anchor: it was cut or made anew"
    for record in await db.fetch(_SLIPPED_IN):
        yield 0, f"entry {record['id']} was never given to be sealed"


def _wrong(link: asyncpg.Record, before: int, previous: bytes | None) -> str | None:
    if link["sequence"] != before + 1:
        return f"links {before + 1} to {link['sequence'] - 1} are missing"
    if link["previous_hash"] != previous:
        return "does not follow the link before it"
    if link["id"] is None:
        return f"entry {link['entry_id']} is missing"
    if link["chain_hash"] != chain_hash(link["sequence"], link["previous_hash"], link):
        return f"entry {link['entry_id']} was changed"
    return None


async def head() -> Link | None:
    """The newest link, to be kept elsewhere as an anchor; None before the first."""
    last = await db.fetch(_LAST)
    return Link(*last[0]) if last else None


async def seal_job(_: dict[str, Any]) -> None:
    """The job that chains what waits: batch by batch until nothing does."""
    while await seal() == BATCH:
        pass
