"""Takes the rows of a test away again: many times faster than TRUNCATE, which makes new files for every index."""

import asyncpg

# the tables themselves and all that refer to them, over any number of steps: what TRUNCATE ... CASCADE empties
_WITH_CHILDREN = """WITH RECURSIVE family(oid) AS (
  SELECT name::regclass::oid FROM unnest($1::text[]) AS t(name)
  UNION SELECT c.conrelid FROM family f JOIN pg_constraint c ON c.contype = 'f' AND c.confrelid = f.oid)
SELECT quote_ident(k.relname) FROM family f JOIN pg_class k ON k.oid = f.oid
WHERE pg_relation_size(k.oid) > 0 ORDER BY 1"""


async def empty(admin: asyncpg.Connection, tables: set[str]) -> None:
    """Deletes all rows of these tables and of those that refer to them; `admin` is somebody whom no trigger stops."""
    found = await admin.fetch(_WITH_CHILDREN, sorted(tables))
    deletions = "".join(f"DELETE FROM {name};" for (name,) in found)
    await admin.execute(f"BEGIN; SET LOCAL session_replication_role = replica; {deletions} COMMIT")
