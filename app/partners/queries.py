"""Reads of the partners domain."""

from app.kit import db
from app.partners.rules import StoredKey

_KEY_BY_PREFIX = """
SELECT k.id, k.partner_id, k.key_hash, k.scopes, k.expires_at, k.revoked_at, p.is_active
FROM api_key k JOIN partner p ON p.id = k.partner_id WHERE k.prefix = $1
"""


async def key_by_prefix(prefix: str) -> StoredKey | None:
    """The key with this prefix, whether it holds or not; None if there is none. One statement."""
    found = await db.fetch(_KEY_BY_PREFIX, prefix)
    if not found:
        return None
    id_, partner_id, key_hash, scopes, *rest = found[0]
    return StoredKey(id_, partner_id, key_hash, frozenset(scopes), *rest)
