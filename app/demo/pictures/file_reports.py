"""Gives the demo's inspection reports their files: written, measured, entered, linked."""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import asyncpg
import orjson

from app.demo.pictures.fill import Told, drawing_pool, put
from app.demo.pictures.reports import Facts, pdf
from app.demo.products import facts
from app.files.addresses import PUBLIC
from app.files.store import Store

_CALLER = "system:demo"
_BATCH = 40
WITHOUT_FILE = """
SELECT r.id, r.lab, r.number, r.sample_name, l.lot_code, d.name AS producer, p.origin, r.sampled_on, r.issued_on,
  r.verdict, r.items
FROM inspection_report r JOIN lot l ON l.id = r.lot_id JOIN producer d ON d.id = l.producer_id
JOIN sku k ON k.id = l.sku_id JOIN product p ON p.id = k.product_id
WHERE r.file_id IS NULL AND r.status = 'ACCEPTED' AND p.slug = ANY($1) ORDER BY l.expires_on DESC, r.id
"""
ENTER = """
WITH entered AS (
  INSERT INTO upload (storage_key, content_type, size_bytes, sha256, caller, created_at, referenced_at)
  VALUES ($2, 'application/pdf', $3, $4, $5, now(), now())
  ON CONFLICT (storage_key) DO UPDATE SET referenced_at = EXCLUDED.referenced_at RETURNING id
)
UPDATE inspection_report SET file_id = entered.id FROM entered
WHERE inspection_report.id = $1 AND inspection_report.file_id IS NULL
"""


async def file_reports(connection: asyncpg.Connection, store: Store, told: Told) -> int:
    """Writes a PDF for each accepted report of the plain assortment that has no file; how many there were.

    Reports of the other rounds (`--scale`) have none: a file each would take hours. A file is named by its hash
    and stored before its row is written: what an interrupted run leaves, the next one takes up.
    """
    rows = await connection.fetch(WITHOUT_FILE, [slug for _, (slug, *_) in facts()])
    batches = [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]
    done = 0
    with drawing_pool() as pool:
        loop = asyncio.get_running_loop()
        made = [loop.run_in_executor(pool, _written, [tuple(row) for row in batch]) for batch in batches]
        for written in asyncio.as_completed(made):
            for report_id, content in await written:
                digest = sha256(content).hexdigest()
                key = f"{PUBLIC}reports/{digest}.pdf"
                await put(store, key, content)
                await connection.execute(ENTER, report_id, key, len(content), digest, _CALLER)
                done += 1
            told("reports", done, len(rows))
    return done


def _written(rows: Sequence[tuple[Any, ...]]) -> list[tuple[int, bytes]]:
    """The file of each row of WITHOUT_FILE, by the report's id."""
    return [(row[0], pdf(Facts._make((*row[1:-1], tuple(orjson.loads(row[-1])))))) for row in rows]
