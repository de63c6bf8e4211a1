"""Loads many rows faster: indexes and foreign keys are made once behind the rows, not entry by entry."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg

# Unique indexes stay: foreign keys of other tables lean on them, and they grow in the order of the rows.
_INDEXES = """SELECT 'DROP INDEX ' || i.indexrelid::regclass AS take, pg_get_indexdef(i.indexrelid) AS give
FROM pg_index i WHERE i.indrelid = ANY($1::regclass[]) AND NOT i.indisunique
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY i.indexrelid"""
_FOREIGN_KEYS = """SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS take,
  format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS give
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::regclass[]) ORDER BY oid"""
_MEMORY = "SET LOCAL maintenance_work_mem = '256MB'"  # for one index at a time


@asynccontextmanager
async def loading(connection: asyncpg.Connection, tables: Sequence[str]) -> AsyncIterator[None]:
    """Takes the indexes and foreign keys of `tables` away for the block, and makes them again as they were.

    For a transaction of the tables' owner, who alone sees them so; whoever else asks for the tables waits.

    Raises:
        ForeignKeyViolationError: at the end, a row names another that is not there.
    """
    apart = [*await connection.fetch(_FOREIGN_KEYS, tables), *await connection.fetch(_INDEXES, tables)]
    for each in apart:
        await connection.execute(each["take"])
    yield
    await connection.execute(_MEMORY)
    for each in reversed(apart):  # a foreign key is checked faster with the index of what it names
        await connection.execute(each["give"])
