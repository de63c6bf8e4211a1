"""What a database holds, as one checksum per table."""

import asyncpg

from app.demo.tables import COLUMNS


async def checksums(connection: asyncpg.Connection) -> dict[str, str]:
    """The md5 over all rows of each seeded table, by id."""
    return {
        table: await connection.fetchval(f"SELECT md5(string_agg(t::text, '\n' ORDER BY t.id)) FROM {table} t")
        for table in COLUMNS
    }
