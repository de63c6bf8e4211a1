"""Writes of the registry: versions are pushed, activated, retired and dropped.

Each write may be repeated: the second time it changes nothing. So they take no idempotency key. All of an app's
writes hold the lock of its row, so that of two at once the second sees what the first did.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from app.documents import queries
from app.documents.assessing import assess
from app.documents.entries import Entry, content_hash
from app.documents.errors import AppUnknown, ManifestRetired, ManifestUnknown, ManifestVersionTaken
from app.documents.models import App, Manifest
from app.documents.rules import HOUSE, TOPIC, WRITE
from app.documents.verdict import Check, Verdict
from app.kit import audit, clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.db import RequestConnection
from app.kit.errors import BadInput, Refused
from app.kit.fanout import announce
from app.kit.rows import select

MAX_VERSION = 2**31 - 1

_HOUSE_APP = "INSERT INTO app (code, revision, created_at) VALUES ($1, 0, $2) ON CONFLICT (code) DO NOTHING"
_PARTNER_APP = """INSERT INTO app (code, partner_id, revision, created_at)
SELECT p.code, p.id, 0, $2 FROM partner p WHERE p.code = $1 AND NOT EXISTS (SELECT 1 FROM app WHERE code = $1)
ON CONFLICT DO NOTHING"""
_PUSH = f"""INSERT INTO manifest AS m (app_id, version, content_hash, is_active, created_at)
VALUES ($1, $2, $3, false, $4) RETURNING {select(Manifest, "m")}"""
_DOCUMENTS = """INSERT INTO document (manifest_id, sha256, alias, name, kind, cost, scopes, text)
SELECT $1, e.sha256, e.alias, e.name, e.kind, e.cost, string_to_array(e.scopes, ' '), e.text
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[])
AS e (sha256, alias, name, kind, cost, scopes, text)"""
_RETIRE_ACTIVE = "UPDATE manifest SET is_active = false, retired_at = $2 WHERE app_id = $1 AND is_active"
_ACTIVATE = f"""UPDATE manifest m SET is_active = true, activated_at = $2 WHERE m.id = $1
RETURNING {select(Manifest, "m")}"""
_RETIRE = f"""UPDATE manifest m SET is_active = false, retired_at = $2 WHERE m.id = $1
RETURNING {select(Manifest, "m")}"""
_CHANGED = "UPDATE app SET revision = revision + 1 WHERE id = $1"
_UNUSED = """SELECT a.code FROM manifest m JOIN app a ON a.id = m.app_id
WHERE m.retired_at < $1 AND m.dropped_at IS NULL AND m.activated_at IS NOT NULL
GROUP BY a.code ORDER BY a.code"""
_DROP = """UPDATE manifest m SET dropped_at = $3 WHERE m.app_id = $1 AND m.dropped_at IS NULL
AND m.activated_at IS NOT NULL AND m.retired_at < $2 AND NOT EXISTS (
  SELECT 1 FROM document d JOIN document_usage u ON u.app_id = m.app_id AND u.sha256 = d.sha256
  WHERE d.manifest_id = m.id AND u.last_used_at >= $2 AND NOT EXISTS (
    SELECT 1 FROM document same JOIN manifest active ON active.id = same.manifest_id
    WHERE active.app_id = m.app_id AND active.is_active AND same.sha256 = d.sha256
    AND same.alias IS NOT DISTINCT FROM d.alias))
RETURNING m.id, m.version"""


async def push(caller: Caller, app: str, version: int | None, entries: Sequence[Entry], check: Check) -> Manifest:
    """The version of `app` that holds `entries`: new, or as it was pushed before. Nothing is served by it yet.

    Without `version` it is the newest one if that has this content, else the next number. A partner's app is made by
    its first push.

    Raises:
        Refused: AppUnknown: no such app, or a partner's that this caller is not.
        Refused: ManifestRefused: documents the schema or the app's scopes do not allow; nothing is stored.
        Refused: ManifestVersionTaken: the version holds other documents.
        BadInput: `version` is no number a version can have.
    """
    if version is not None and not 0 < version <= MAX_VERSION:
        raise BadInput(f"version must be from 1 to {MAX_VERSION}")
    found = _own(caller, app, await queries.app_or_partner(app))
    digest = content_hash(entries)
    if (same := await _pushed(found, version, digest)) is not None:
        return same
    verdicts = await assess(found, entries, check)
    async with db.transaction() as tx:
        await tx.execute(_PARTNER_APP, app, clock.now())
        found = _own(caller, app, await queries.lock_app(tx, app))
        if (same := await _pushed(found, version, digest)) is not None:
            return same
        newest = await queries.newest_version(found)
        number = version or (newest.version + 1 if newest else 1)
        pushed = await _store(tx, found, entries, verdicts, version=number, digest=digest)
        await _note(tx, caller, "documents.push", pushed, {"version": number, "content_hash": digest})
    return pushed


async def activate(caller: Caller, app: str, version: int, check: Check) -> Manifest:
    """The version, the one active from now on; the one that was is retired.

    Raises:
        Refused: AppUnknown: no such app, or a partner's that this caller is not.
        Refused: ManifestUnknown: it was not pushed.
        Refused: ManifestRetired: it was active or pushed, and is retired.
        Refused: ManifestRefused: the present schema or scopes no longer allow its documents; nothing changes.
    """
    found = _own(caller, app, await queries.app_by_code(app))
    manifest = await _version(found, version)
    documents = await queries.documents_of([manifest.id])
    await assess(found, [Entry(each.text, each.alias, each.name, each.kind) for each in documents], check)
    async with db.transaction() as tx:
        await queries.lock_app(tx, app)
        manifest = await _version(found, version)
        if manifest.is_active:
            return manifest
        if manifest.retired_at is not None:
            raise Refused(ManifestRetired(app, version))
        now = clock.now()
        await tx.execute(_RETIRE_ACTIVE, found.id, now)
        manifest = (await db.rows(Manifest, _ACTIVATE, manifest.id, now))[0]
        await _changed(tx, found)
        await _note(tx, caller, "documents.activate", manifest, {"version": version, "is_active": True})
    return manifest


async def retire(caller: Caller, app: str, version: int) -> Manifest:
    """The version, retired: never active again. If it was, it answers until it has not been used for the grace period.

    Raises:
        Refused: AppUnknown: no such app, or a partner's that this caller is not.
        Refused: ManifestUnknown: it was not pushed.
    """
    found = _own(caller, app, await queries.app_by_code(app))
    async with db.transaction() as tx:
        await queries.lock_app(tx, app)
        manifest = await _version(found, version)
        if manifest.retired_at is not None:
            return manifest
        manifest = (await db.rows(Manifest, _RETIRE, manifest.id, clock.now()))[0]
        await _changed(tx, found)
        await _note(tx, caller, "documents.retire", manifest, {"version": version, "retired": True})
    return manifest


async def make_house_apps() -> None:
    """The shop's own apps are there."""
    async with db.transaction() as tx:
        for code in HOUSE:
            await tx.execute(_HOUSE_APP, code, clock.now())


async def drop_unused(caller: Caller, grace: timedelta) -> list[tuple[str, int]]:
    """Drops the retired versions that nobody has used for `grace`; the app and number of each.

    A use counts for a version if the active version does not answer the same document by the same id.
    """
    now = clock.now()
    dropped = []
    for (code,) in await db.fetch(_UNUSED, now - grace):
        async with db.transaction() as tx:
            dropped += await _drop(tx, caller, code, now - grace, now)
    return dropped


async def _drop(
    tx: RequestConnection, caller: Caller, code: str, before: datetime, now: datetime
) -> list[tuple[str, int]]:
    app = await queries.lock_app(tx, code)
    if app is None:
        return []
    versions = await tx.fetch(_DROP, app.id, before, now)
    for manifest_id, version in versions:
        after = {"version": version, "dropped": True}
        await audit.append(
            tx, caller, scope=None, action="documents.drop", entity="Manifest", entity_id=manifest_id, after=after
        )
    if versions:
        await _changed(tx, app)
    return [(code, version) for _, version in versions]


def _own(caller: Caller, code: str, app: App | None) -> App:
    """The app, if it is there and a partner who asks is its own."""
    if app is None or (caller.kind is CallerKind.PARTNER and caller.id != app.partner_id):
        raise Refused(AppUnknown(code))
    return app


async def _version(app: App, version: int) -> Manifest:
    found = await queries.version_of(app, version) if 0 < version <= MAX_VERSION else None
    if found is None:
        raise Refused(ManifestUnknown(app.code, version))
    return found


async def _pushed(app: App, version: int | None, digest: str) -> Manifest | None:
    """What was pushed before under this number, or last, if it is the same."""
    if version is None:
        newest = await queries.newest_version(app)
        return newest if newest is not None and newest.content_hash == digest and newest.retired_at is None else None
    found = await queries.version_of(app, version)
    if found is not None and found.content_hash != digest:
        raise Refused(ManifestVersionTaken(app.code, version))
    return found


async def _store(
    tx: RequestConnection, app: App, entries: Sequence[Entry], verdicts: Sequence[Verdict], *, version: int, digest: str
) -> Manifest:
    manifest = (await db.rows(Manifest, _PUSH, app.id, version, digest, clock.now()))[0]
    await tx.execute(
        _DOCUMENTS,
        manifest.id,
        [each.sha256 for each in entries],
        [each.alias for each in entries],
        [each.name for each in verdicts],
        [each.kind.value for each in verdicts],
        [each.cost for each in verdicts],
        [" ".join(sorted(each.scopes)) for each in verdicts],
        [each.text for each in entries],
    )
    return manifest


async def _changed(tx: RequestConnection, app: App) -> None:
    """What is served of the app is another now; every process hears it after the commit."""
    await tx.execute(_CHANGED, app.id)
    announce(tx, TOPIC, {"app": app.id})


async def _note(tx: RequestConnection, caller: Caller, action: str, manifest: Manifest, after: dict[str, Any]) -> None:
    await audit.append(tx, caller, scope=WRITE, action=action, entity="Manifest", entity_id=manifest.id, after=after)
