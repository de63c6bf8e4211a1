"""Wraps every data key anew under the newest key of the ring, so that an older one can be taken out of it.

Only the wrapping changes: people's keys, and so all that is sealed with them, stay as they are.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.kit import db
from app.kit.crypto import KeyRing

BATCH = 500  # keys wrapped in one transaction

# Another rotation leaves out what this one holds; so does who destroys a key meanwhile wait for the batch alone.
_OLD = """SELECT id, subject, ring_key, wrapped FROM data_key
WHERE ring_key <> $1 AND wrapped IS NOT NULL ORDER BY id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED"""
_WRAP = """UPDATE data_key k SET ring_key = $1, wrapped = n.wrapped
FROM unnest($2::bigint[], $3::bytea[]) AS n(id, wrapped) WHERE k.id = n.id"""
_USED = "SELECT ring_key, count(*) FROM data_key WHERE wrapped IS NOT NULL GROUP BY ring_key ORDER BY ring_key"


@dataclass(frozen=True, slots=True)
class RingUse:
    """How many data keys each ring key wraps, seen from a ring."""

    newest: int
    older: dict[str, int]  # keys of the ring that still wrap some
    idle: list[str]  # older keys of the ring that wrap nothing any more
    missing: dict[str, int]  # not in the ring: what they wrap cannot be opened

    @property
    def waiting(self) -> int:
        """How many data keys `rotate` would wrap anew."""
        return sum(self.older.values())


async def rotate(ring: KeyRing) -> AsyncIterator[int]:
    """Wraps anew what an older ring key wraps, a batch in a transaction of its own; yields each batch's count.

    May be broken off, repeated, and run by several at once: they share the work. A key that another transaction holds
    is passed over, so that `use` afterwards says whether all is done.

    Raises:
        UnknownRingKey: a key that wraps something is missing from the ring; earlier batches stay.
        CannotOpen: a wrapped key was changed; earlier batches stay.
    """
    while True:
        async with db.transaction() as tx:
            old = await tx.fetch(_OLD, ring.newest, BATCH)
            wrapped = []
            for record in old:
                subject = record["subject"].encode()
                key = ring.unwrap(record["ring_key"], record["wrapped"], subject)
                wrapped.append(ring.wrap(key, subject)[1])
            if old:
                await tx.execute(_WRAP, ring.newest, [record["id"] for record in old], wrapped)
        if not old:
            return
        yield len(old)


async def use(ring: KeyRing) -> RingUse:
    """Which keys of `ring` wrap data keys in the database."""
    used = {record[0]: int(record[1]) for record in await db.fetch(_USED)}
    older = [name for name in ring.names if name != ring.newest]
    return RingUse(
        newest=used.get(ring.newest, 0),
        older={name: used[name] for name in older if name in used},
        idle=[name for name in older if name not in used],
        missing={name: count for name, count in used.items() if name not in ring.names},
    )
