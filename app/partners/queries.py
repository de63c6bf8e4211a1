"""Reads of the partners domain."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.kit import db
from app.kit.db import RequestConnection
from app.kit.listing import Listing
from app.kit.rows import select
from app.partners.deliveries import WebhookDelivery
from app.partners.models import ApiKey, Partner, Webhook
from app.partners.rules import Budget, StoredKey

_PARTNER, _KEY, _WEBHOOK = select(Partner, "p"), select(ApiKey, "k"), select(Webhook, "w")
_DELIVERY = f"{select(WebhookDelivery, 'd')}, e.uid, e.type, e.happened_at"

_KEY_BY_PREFIX = """
SELECT k.id, k.partner_id, k.key_hash, k.scopes, k.expires_at, k.revoked_at, p.is_active,
  p.calls_per_minute, p.calls_per_day
FROM api_key k JOIN partner p ON p.id = k.partner_id WHERE k.prefix = $1
"""
_PARTNERS_BY_ID = f"SELECT {_PARTNER} FROM partner p WHERE p.id = ANY($1)"
_PARTNER_BY_CODE = "SELECT id FROM partner WHERE code = $1"
_KEYS_BY_ID = f"SELECT {_KEY} FROM api_key k WHERE k.id = ANY($1)"
_KEYS_BY_PARTNER = f"SELECT {_KEY} FROM api_key k WHERE k.partner_id = ANY($1) ORDER BY k.id DESC"
_WEBHOOKS_BY_ID = f"SELECT {_WEBHOOK} FROM webhook w WHERE w.id = ANY($1)"
_WEBHOOKS_BY_PARTNER = (
    f"SELECT {_WEBHOOK} FROM webhook w WHERE w.partner_id = ANY($1) ORDER BY w.paused_at NULLS LAST, w.id"
)
_DELIVERIES_BY_ID = f"""
SELECT {_DELIVERY} FROM webhook_delivery d JOIN partner_event e ON e.id = d.event_id WHERE d.id = ANY($1)
"""
_LOCK_PARTNER = f"SELECT {_PARTNER} FROM partner p WHERE p.id = $1 FOR NO KEY UPDATE"
_LOCK_KEY = f"SELECT {_KEY} FROM api_key k WHERE k.id = $1 FOR NO KEY UPDATE"
_LOCK_WEBHOOK = f"SELECT {_WEBHOOK} FROM webhook w WHERE w.id = $1 FOR NO KEY UPDATE"
_DUE = """
SELECT d.id, d.attempts, d.next_try_at, w.is_active AND w.paused_at IS NULL AND p.is_active AS may_be_sent,
  e.uid, e.type, e.payload, e.happened_at, w.id AS webhook_id, w.partner_id, w.url, w.secret_sealed,
  w.previous_secret_sealed, w.previous_secret_until
FROM webhook_delivery d JOIN partner_event e ON e.id = d.event_id JOIN webhook w ON w.id = d.webhook_id
JOIN partner p ON p.id = w.partner_id
WHERE d.id = $1 AND d.status = 'PENDING'
"""


class Due(NamedTuple):
    """A delivery that waits, with all that its next attempt needs."""

    id: int
    attempts: int
    next_try_at: datetime
    may_be_sent: bool
    uid: UUID
    type: str
    payload: dict[str, Any]
    happened_at: datetime
    webhook_id: int
    partner_id: int
    url: str
    secret_sealed: bytes
    previous_secret_sealed: bytes | None
    previous_secret_until: datetime | None


async def key_by_prefix(prefix: str) -> StoredKey | None:
    """The key with this prefix, whether it holds or not; None if there is none. One statement."""
    found = await db.fetch(_KEY_BY_PREFIX, prefix)
    if not found:
        return None
    id_, partner_id, key_hash, scopes, expires_at, revoked_at, is_active, *budget = found[0]
    return StoredKey(id_, partner_id, key_hash, frozenset(scopes), expires_at, revoked_at, is_active, Budget(*budget))


async def partners_by_id(ids: list[int]) -> list[Partner]:
    """The partners with these ids, in no order."""
    return await db.rows(Partner, _PARTNERS_BY_ID, ids)


async def partner_by_code(code: str) -> int | None:
    """The key of the partner with this code; None if there is none."""
    found = await db.fetch(_PARTNER_BY_CODE, code)
    return int(found[0][0]) if found else None


async def keys_by_id(ids: list[int]) -> list[ApiKey]:
    """The keys with these ids, in no order."""
    return await db.rows(ApiKey, _KEYS_BY_ID, ids)


async def keys_by_partner(partner_ids: list[int]) -> list[ApiKey]:
    """Each partner's keys, also those that ended, newest first."""
    return await db.rows(ApiKey, _KEYS_BY_PARTNER, partner_ids)


async def webhooks_by_id(ids: list[int]) -> list[Webhook]:
    """The webhooks with these ids, in no order."""
    return await db.rows(Webhook, _WEBHOOKS_BY_ID, ids)


async def webhooks_by_partner(partner_ids: list[int]) -> list[Webhook]:
    """Each partner's webhooks: the paused ones first, since they need somebody."""
    return await db.rows(Webhook, _WEBHOOKS_BY_PARTNER, partner_ids)


async def deliveries_by_id(ids: list[int]) -> list[WebhookDelivery]:
    """The deliveries with these ids, with `uid`, `type` and `happened_at` of their events, in no order."""
    return await db.rows(WebhookDelivery, _DELIVERIES_BY_ID, ids)


async def due(delivery_id: int) -> Due | None:
    """A delivery that waits; None when it is over or was never there."""
    found = await db.fetch(_DUE, delivery_id)
    return Due(*found[0]) if found else None


async def lock_partner(tx: RequestConnection, partner_id: int) -> Partner | None:
    """The partner, whose keys and webhooks nobody else changes until the transaction ends; None if there is none."""
    tx.require_transaction()
    found = await db.rows(Partner, _LOCK_PARTNER, partner_id)
    return found[0] if found else None


async def lock_key(tx: RequestConnection, key_id: int) -> ApiKey | None:
    """The key, locked until the transaction ends; None if there is none."""
    tx.require_transaction()
    found = await db.rows(ApiKey, _LOCK_KEY, key_id)
    return found[0] if found else None


async def lock_webhook(tx: RequestConnection, webhook_id: int) -> Webhook | None:
    """The webhook, locked until the transaction ends; None if there is none."""
    tx.require_transaction()
    found = await db.rows(Webhook, _LOCK_WEBHOOK, webhook_id)
    return found[0] if found else None


PARTNERS = Listing("partner", Partner, _PARTNER, "FROM partner p WHERE true", "p")
DEAD_LETTERS = Listing(
    "dead_letter",
    WebhookDelivery,
    _DELIVERY,
    "FROM webhook_delivery d JOIN partner_event e ON e.id = d.event_id WHERE d.status = 'DEAD'",
    "d",
)
