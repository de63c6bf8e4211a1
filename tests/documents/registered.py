"""What tests of the registry push, and how they look whether anything changed."""

from app.documents.entries import Entry
from app.documents.errors import ManifestRefused
from app.documents.models import Manifest
from app.documents.service import activate, push
from app.kit.caller import Caller, CallerKind
from app.kit.errors import Refusal, Refused
from app.main import ENGINE
from app.tables import Database

STAFF = Caller(CallerKind.STAFF, 1, frozenset({"documents:read", "documents:write"}))
HOT = Entry("query Hot { hotWords }")
TREE = Entry("query Tree { categories { name } }")
_EVERYTHING = (
    "SELECT code, revision FROM app ORDER BY id",
    "SELECT app_id, version, content_hash, is_active, retired_at, dropped_at FROM manifest ORDER BY id",
    "SELECT manifest_id, sha256, alias, name, cost, scopes FROM document ORDER BY id",
    "SELECT action, after FROM audit_entry ORDER BY id",
)


async def everything(database: Database) -> list[list[tuple[object, ...]]]:
    """All the registry holds, and what the audit log says of it."""
    return [[tuple(row) for row in await database.pool.fetch(sql)] for sql in _EVERYTHING]


async def forget_staffs(database: Database) -> None:
    """As if the tree had no documents for the app `staff`."""
    staffs = "manifest_id IN (SELECT m.id FROM manifest m JOIN app a ON a.id = m.app_id WHERE a.code = 'staff')"
    await database.pool.execute(f"DELETE FROM document WHERE {staffs}")
    await database.pool.execute(f"DELETE FROM manifest WHERE {staffs.replace('manifest_id', 'id', 1)}")
    await database.pool.execute("UPDATE app SET revision = 0 WHERE code = 'staff'")


async def add_partner(database: Database, code: str, *scopes: str) -> int:
    """A partner whose one key has these scopes; its key."""
    sql = (
        "INSERT INTO partner (code, name, kind, is_active, created_at) VALUES ($1, $1, 'LAB', true, now()) RETURNING id"
    )
    partner: int = await database.pool.fetchval(sql, code)
    await database.pool.execute(
        "INSERT INTO api_key (partner_id, prefix, key_hash, scopes, created_at, expires_at)"
        " VALUES ($1, $2, sha256('x'), $3, now(), '2099-01-01Z')",
        partner,
        f"p{partner}",
        list(scopes),
    )
    return partner


async def pushed(database: Database, app: str, *entries: Entry, version: int | None = None) -> Manifest:
    """A version, not active yet."""
    async with database.session():
        return await push(STAFF, app, version, entries, ENGINE.check)


async def released(database: Database, app: str, *entries: Entry, version: int | None = None) -> Manifest:
    """An active version."""
    found = await pushed(database, app, *entries, version=version)
    async with database.session():
        return await activate(STAFF, app, found.version, ENGINE.check)


def problems(refused: Refused) -> list[str]:
    """What is wrong with a manifest, a line each."""
    assert isinstance(refused.reason, ManifestRefused)
    return list(map(str, refused.reason.problems))


def refusal(refused: Refused) -> Refusal:
    """Why."""
    return refused.reason
