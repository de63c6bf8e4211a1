"""Looks for a value everywhere something is kept, in every form it may have been written in.

It asks the database, Redis and the store what there is, so that a table, key or file of tomorrow is looked into too.
"""

import base64
import io
import json
import zipfile
from typing import Any

import asyncpg
from redis.asyncio import Redis

from app.files.store import Store

_TABLES = """SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1"""
GONE = b"none"  # its time ran out since it was listed
_READ = {
    b"string": lambda redis, key: redis.get(key),
    b"hash": lambda redis, key: redis.hgetall(key),
    b"list": lambda redis, key: redis.lrange(key, 0, -1),
    b"set": lambda redis, key: redis.smembers(key),
    b"zset": lambda redis, key: redis.zrange(key, 0, -1, withscores=True),
    b"stream": lambda redis, key: redis.xrange(key),
}


def forms(value: str | bytes) -> set[bytes]:
    """How a value may be written: as it is, in hex of either case, in base64 of either alphabet anywhere, in JSON."""
    plain = value.encode() if isinstance(value, str) else value
    found = {plain, plain.hex().encode(), plain.hex().upper().encode()}
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for offset in range(3):
            coded = encode(b"\0" * offset + plain)
            end = 4 * ((offset + len(plain)) // 3)  # what follows shares bits with the end
            found.add(coded[-(-8 * offset // 6) : end])
    if isinstance(value, str):
        found.add(json.dumps(value)[1:-1].encode())
    return found


def holds(content: Any, value: str | bytes) -> bool:
    """Whether something that was read has the value in it, in any form."""
    if isinstance(content, dict):
        return any(holds(each, value) for pair in content.items() for each in pair)
    if isinstance(content, list | tuple | set):
        return any(holds(each, value) for each in content)
    told = bytes(content) if isinstance(content, bytes | bytearray | memoryview) else str(content).encode()
    return any(form in told for form in forms(value))


async def in_database(connection: asyncpg.Connection, value: str | bytes) -> set[str]:
    """The `table.column`s that hold a value; those of the queue and its logs too."""
    found = set()
    for record in await connection.fetch(_TABLES):
        table = record[0]
        for row in await connection.fetch(f"SELECT * FROM {table}"):
            found |= {f"{table.removeprefix('public.')}.{name}" for name, each in row.items() if holds(each, value)}
    return found


async def in_redis(redis: Redis, value: str | bytes) -> set[str]:
    """The keys that are the value, or hold it."""
    found = set()
    async for key in redis.scan_iter():
        kind = await redis.type(key)
        content = None if kind == GONE else await _READ[kind](redis, key)
        if holds(key, value) or holds(content, value):
            found.add(key.decode(errors="replace"))
    return found


async def in_store(store: Store, value: str | bytes) -> set[str]:
    """The files whose name or content is or holds the value; archives are opened."""
    found = set()
    async for stored in store.list():
        opened = await store.get(stored.key)
        content = b"" if opened is None else b"".join([bytes(chunk) async for chunk in opened.chunks])
        parts = [content]
        if zipfile.is_zipfile(io.BytesIO(content)):
            archive = zipfile.ZipFile(io.BytesIO(content))
            parts += [archive.read(name) for name in archive.namelist()]
        if holds([stored.key, *parts], value):
            found.add(stored.key)
    return found
