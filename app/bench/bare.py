"""The same writes as a checkout's, bare: one transaction per order, by hand, without HTTP, rules or rights.

The rows that orders left are written once more, into copies of their tables that have the same columns, checks and
indexes; the counters are updated once. What a checkout takes more is what it knows and promises, and its four requests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg

_TABLES = """SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND NOT c.relispartition AND EXISTS (SELECT FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attname = 'id' AND a.atttypid = 'bigint'::regtype) ORDER BY c.relname"""
_MARK = "SELECT coalesce(max(id), 0) FROM public.{}"
_NEW = "SELECT id FROM public.{} WHERE id > $1 ORDER BY id"
_COPY = "CREATE TABLE bare.{0} (LIKE public.{0} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)"
_FILL = "INSERT INTO bare.{0} SELECT * FROM public.{0}"
_WRITE = "INSERT INTO bare.{0} SELECT * FROM public.{0} WHERE id = ANY($1::bigint[])"
_COUNTED = {
    "customer_order": "UPDATE bare.customer_order SET status = status, paid_at = paid_at WHERE id = ANY($1::bigint[])",
    "payment": "UPDATE bare.payment SET paid_fen = paid_fen, paid_at = paid_at WHERE id = ANY($1::bigint[])",
    "hold": "UPDATE bare.hold SET expires_at = expires_at WHERE id = ANY($1::bigint[])",
    "stock_hold": """UPDATE bare.stock_lot SET held = held + 1, on_hand = on_hand + 1
      WHERE id IN (SELECT stock_lot_id FROM public.stock_hold WHERE id = ANY($1::bigint[]))""",
    "slot_hold": """UPDATE bare.pickup_slot SET reserved = reserved + 1, capacity = capacity + 1
      WHERE id IN (SELECT pickup_slot_id FROM public.slot_hold WHERE id = ANY($1::bigint[]))""",
}
"""What one order updates, by the table whose new rows say which."""


@dataclass(frozen=True, slots=True)
class Writes:
    """The rows of one order: ids by table."""

    rows: Mapping[str, Sequence[int]]

    @property
    def statements(self) -> int:
        """How many a bare transaction takes, without BEGIN and COMMIT."""
        return len(self.rows) + sum(table in self.rows for table in _COUNTED)


async def prepare(owner: asyncpg.Connection) -> None:
    """Makes the copies, empty but for what is updated: stock and slots."""
    await owner.execute("DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare")
    for table in await owner.fetch(_TABLES):
        await owner.execute(_COPY.format(table["relname"]))
    for table in ("stock_lot", "pickup_slot"):
        await owner.execute(_FILL.format(table))


async def marks(owner: asyncpg.Connection) -> dict[str, int]:
    """The last id of each table."""
    return {each["relname"]: await owner.fetchval(_MARK.format(each["relname"])) for each in await owner.fetch(_TABLES)}


async def since(owner: asyncpg.Connection, before: Mapping[str, int], orders: int) -> list[Writes]:
    """What was inserted after these ids, divided evenly among so many orders."""
    shares: list[dict[str, list[int]]] = [{} for _ in range(orders)]
    for table, last in before.items():
        new = [each["id"] for each in await owner.fetch(_NEW.format(table), last)]
        for number, share in enumerate(shares):
            if own := new[number * len(new) // orders : (number + 1) * len(new) // orders]:
                share[table] = own
    return [Writes(share) for share in shares]


async def write(connection: asyncpg.Connection, writes: Writes) -> None:
    """One order's rows once more, in one transaction."""
    async with connection.transaction():
        for table, ids in writes.rows.items():
            await connection.execute(_WRITE.format(table), ids)
        for table, update in _COUNTED.items():
            if table in writes.rows:
                await connection.execute(update, writes.rows[table])
