"""The demo's laboratory has an API key that is the same at every start, so that it can be shown again."""

from datetime import timedelta

import asyncpg

from app.demo.content.stores import LABS
from app.kit import clock
from app.kit.subkeys import subkey
from app.partners.rules import MARK, NewKey, hash_of
from app.traceability.reports import FILE_SCOPE

LAB = LABS[0][0]
_LIFETIME = timedelta(days=365)
_ENSURE = """
INSERT INTO api_key (partner_id, prefix, key_hash, scopes, created_at, expires_at)
SELECT id, $2, $3, $4, $5, $6 FROM partner WHERE code = $1
ON CONFLICT (prefix) DO UPDATE SET expires_at = excluded.expires_at
"""


def key(secret: str) -> NewKey:
    """The key that follows from the installation's secret. For the demo only: real keys are random."""
    prefix, proof = subkey(secret, "demo lab prefix").hex()[:12], subkey(secret, "demo lab key").hex()
    return NewKey(f"{MARK}{prefix}_{proof}", prefix, hash_of(proof))


async def ensure_key(url: str, secret: str) -> None:
    """Lets the demo's laboratory file reports with that key for a year from now."""
    made, now = key(secret), clock.now()
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_ENSURE, LAB, made.prefix, made.key_hash, [FILE_SCOPE], now, now + _LIFETIME)
    finally:
        await connection.close()
