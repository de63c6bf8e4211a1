"""Reads of the registry."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.documents.models import App, Document, Manifest
from app.kit import db
from app.kit.db import RequestConnection
from app.kit.rows import select

_SERVED_VERSIONS = "m.is_active OR (m.activated_at IS NOT NULL AND m.retired_at IS NOT NULL AND m.dropped_at IS NULL)"
_REVISION = "SELECT coalesce(sum(revision), 0)::bigint FROM app"
_SERVED = f"""SELECT a.id AS app_id, a.code, a.partner_id, m.version, d.sha256, d.alias, d.name
FROM document d JOIN manifest m ON m.id = d.manifest_id JOIN app a ON a.id = m.app_id
WHERE {_SERVED_VERSIONS} ORDER BY a.id, m.is_active DESC, m.retired_at DESC, m.version DESC, d.id"""
_TEXTS = "SELECT DISTINCT ON (sha256) sha256, text FROM document WHERE sha256 = ANY($1)"
_APP = f"SELECT {select(App, 'a')} FROM app a WHERE a.code = $1"
_APP_OR_PARTNER = f"""{_APP} UNION ALL
SELECT 0, p.code, p.id, 0, p.created_at FROM partner p WHERE p.code = $1
AND NOT EXISTS (SELECT 1 FROM app a WHERE a.code = $1)"""
_LOCK = f"{_APP} FOR UPDATE"
_VERSION = f"SELECT {select(Manifest, 'm')} FROM manifest m WHERE m.app_id = $1 AND m.version = $2"
_NEWEST = f"SELECT {select(Manifest, 'm')} FROM manifest m WHERE m.app_id = $1 ORDER BY m.version DESC LIMIT 1"
_ACTIVE = f"SELECT {select(Manifest, 'm')} FROM manifest m WHERE m.app_id = ANY($1) AND m.is_active"
_DOCUMENTS = f"""SELECT {select(Document, "d")} FROM document d WHERE d.manifest_id = ANY($1)
ORDER BY d.manifest_id, d.name"""
_HELD_SCOPES = """SELECT k.scopes FROM api_key k
WHERE k.partner_id = $1 AND k.revoked_at IS NULL AND k.expires_at > $2"""


class ServedDocument(NamedTuple):
    """A document that is answered now: an app's active version first, then its retired ones, the last retired first."""

    app_id: int
    app: str
    partner_id: int | None
    version: int
    sha256: str
    alias: str | None
    name: str


async def revision() -> int:
    """A number that grows whenever what is served changes."""
    return int((await db.fetch(_REVISION))[0][0])


async def served() -> list[ServedDocument]:
    """All documents that are answered, by app."""
    return [ServedDocument(*record) for record in await db.fetch(_SERVED)]


async def texts(hashes: Sequence[str]) -> dict[str, str]:
    """The texts with these hashes."""
    return {record[0]: record[1] for record in await db.fetch(_TEXTS, list(hashes))}


async def app_by_code(code: str) -> App | None:
    """The app of this code."""
    return next(iter(await db.rows(App, _APP, code)), None)


async def app_or_partner(code: str) -> App | None:
    """The app of this code; with key 0 the one that a partner of this code would have."""
    return next(iter(await db.rows(App, _APP_OR_PARTNER, code)), None)


async def lock_app(tx: RequestConnection, code: str) -> App | None:
    """The app of this code, locked until the transaction ends."""
    tx.require_transaction()
    return next(iter(await db.rows(App, _LOCK, code)), None)


async def version_of(app: App, version: int) -> Manifest | None:
    """This version of an app."""
    return next(iter(await db.rows(Manifest, _VERSION, app.id, version)), None)


async def newest_version(app: App) -> Manifest | None:
    """The version of an app with the highest number."""
    return next(iter(await db.rows(Manifest, _NEWEST, app.id)), None)


async def active_versions(app_ids: Sequence[int]) -> list[Manifest]:
    """The active versions of these apps, in no order."""
    return await db.rows(Manifest, _ACTIVE, list(app_ids))


async def documents_of(manifest_ids: Sequence[int]) -> list[Document]:
    """The documents of these versions, by name within each."""
    return await db.rows(Document, _DOCUMENTS, list(manifest_ids))


async def partner_scopes(partner_id: int, now: datetime) -> frozenset[str] | None:
    """All scopes that the partner's keys hold which are good at `now`; None: it has no such key."""
    found = await db.fetch(_HELD_SCOPES, partner_id, now)
    return frozenset(scope for record in found for scope in record[0]) if found else None
