"""A backup brought back into an empty database is the shop that was backed up."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from app.backup import manifest
from app.backup.make import FolderNotEmptyError, back_up
from app.backup.manifest import DamagedBackupError, Manifest, NoBackupError
from app.backup.programs import ProgramMissingError, environment, found
from app.backup.restore import DatabaseNotEmptyError, LaterBackupError, restore
from app.embedded import databases, postgres
from app.files.store import Store
from tests.conftest import Addresses
from tests.demo.checksums import checksums

FILES = {"media/peach/1.webp": b"peach", "reports/a/b.pdf": b"%PDF" * 300_000, "empty": b""}


def silent(*_: object) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of the demo shop."""

    folder: Path
    made: Manifest


@pytest.fixture(scope="module")
async def backup(seeded: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """Made once; tests that damage it work on a copy."""
    store = Store.open("memory:///")
    for key, content in FILES.items():
        await store.put(key, content, "application/octet-stream")
    folder = tmp_path_factory.mktemp("backup") / "new"
    told: list[str] = []
    made = await back_up(seeded.owner_url, store, folder, lambda stage, *_: told.append(stage))
    assert {"database", "files"} == set(told)
    return Backup(folder, made)


@pytest.fixture
async def empty(server: postgres.Running) -> AsyncIterator[str]:
    """A database without tables, as its owner."""
    made = await databases.provision(server, f"test_{uuid4().hex[:12]}")
    yield made.owner_dsn
    await databases.drop(server, made.name)


@pytest.fixture
def damaged(backup: Backup, tmp_path: Path) -> Path:
    """A copy of the backup, to be damaged."""
    for path in backup.folder.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(backup.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path


async def tables(url: str) -> int:
    """How many tables there are."""
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
    finally:
        await connection.close()


async def test_what_comes_back_is_what_was_there(backup: Backup, empty: str, seeded: Addresses) -> None:
    """Every row of every seeded table, every file, and what the serving role may do."""
    store = Store.open("memory:///")
    assert await restore(empty, store, backup.folder, silent) == backup.made
    restored, original = await asyncpg.connect(empty), await asyncpg.connect(seeded.owner_url)
    try:
        assert await checksums(restored) == await checksums(original)
        rights = """SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type)
        FROM information_schema.role_table_grants WHERE grantee = 'yougou_app' GROUP BY 1 ORDER BY 1"""
        assert await restored.fetch(rights) == await original.fetch(rights)
        assert await restored.fetchval("SELECT nextval('product_id_seq')") == 301
    finally:
        await restored.close()
        await original.close()
    for key, content in FILES.items():
        opened = await store.get(key)
        assert opened is not None
        assert await opened.read() == content


async def test_the_manifest_counts_what_was_dumped(backup: Backup) -> None:
    """Rows, files with their sizes, and the newest migration."""
    assert backup.made.rows["product"] == 300
    assert {file.key: file.size for file in backup.made.files} == {key: len(text) for key, text in FILES.items()}
    assert manifest.read(backup.folder) == backup.made
    assert backup.made.migrations[0] == "0001_kernel"


async def test_a_backup_writes_over_nothing(backup: Backup, seeded: Addresses) -> None:
    """A second one into the same folder is refused, and the first is whole."""
    with pytest.raises(FolderNotEmptyError):
        await back_up(seeded.owner_url, Store.open("memory:///"), backup.folder, silent)
    assert manifest.read(backup.folder) == backup.made


async def test_a_restore_writes_over_nothing(backup: Backup, app_url: str, owner_url: str) -> None:
    """A database with tables is left alone, the store too."""
    store = Store.open("memory:///")
    before = await tables(owner_url)
    with pytest.raises(DatabaseNotEmptyError):
        await restore(owner_url, store, backup.folder, silent)
    assert await tables(owner_url) == before
    assert [each async for each in store.list()] == []


@pytest.mark.parametrize("path", ["database.dump", "files/media/peach/1.webp"])
@pytest.mark.parametrize("damage", ["changed", "cut", "missing"])
async def test_a_damaged_backup_changes_nothing(path: str, damage: str, damaged: Path, empty: str) -> None:
    """One byte is enough to notice."""
    file = damaged / path
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(content[:-1] + (b"" if damage == "cut" else bytes([content[-1] ^ 1])))
    with pytest.raises(DamagedBackupError, match=file.name):
        await restore(empty, Store.open("memory:///"), damaged, silent)
    assert await tables(empty) == 0


async def test_an_unfinished_backup_is_none(damaged: Path, empty: str, tmp_path: Path) -> None:
    """Without its manifest, with half of it, and a folder that is none."""
    (damaged / manifest.NAME).write_text('{"format": 1,')
    with pytest.raises(NoBackupError):
        await restore(empty, Store.open("memory:///"), damaged, silent)
    (damaged / manifest.NAME).unlink()
    with pytest.raises(NoBackupError):
        await restore(empty, Store.open("memory:///"), damaged, silent)
    with pytest.raises(NoBackupError):
        await restore(empty, Store.open("memory:///"), tmp_path / "nowhere", silent)
    assert await tables(empty) == 0


async def test_a_later_programs_backup_is_refused(damaged: Path, empty: str) -> None:
    """Its tables may mean something this program does not know."""
    text = (damaged / manifest.NAME).read_text().replace("0001_kernel", "9999_later")
    (damaged / manifest.NAME).write_text(text)
    with pytest.raises(LaterBackupError, match="9999_later"):
        await restore(empty, Store.open("memory:///"), damaged, silent)
    (damaged / manifest.NAME).write_text(text.replace('"format": 1', '"format": 2'))
    with pytest.raises(NoBackupError, match="another version"):
        await restore(empty, Store.open("memory:///"), damaged, silent)
    assert await tables(empty) == 0


async def test_the_password_is_no_argument() -> None:
    """It reaches the programs by their environment, which other users cannot read."""
    told = environment("postgresql://yougou_owner:s%40cret@db.example:5433/yougou")
    assert [told[name] for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE")] == [
        "db.example",
        "5433",
        "yougou_owner",
        "s@cret",
        "yougou",
    ]


async def test_a_program_older_than_the_server_is_not_taken() -> None:
    """And the refusal says what to install."""
    with pytest.raises(ProgramMissingError, match="apt install postgresql-client-99"):
        await found("pg_dump", 99)
