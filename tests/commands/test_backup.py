"""`yougou backup`, `restore` and `audit verify`, as an administrator types them."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import asyncpg

from app.embedded import databases, postgres
from app.kit import audit, audit_seals, db
from app.kit.caller import MACHINE
from app.tables import Database
from tests.commands.programs import PATIENCE, ROOT
from tests.conftest import Addresses


def yougou(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


async def write_audit(database: Database) -> None:
    """Three entries, two of them sealed."""
    async with database.session():
        for number in (1, 2, 3):
            async with db.transaction() as tx:
                await audit.append(
                    tx, MACHINE, scope=None, action="test", entity="Product", entity_id=number, after={"n": number}
                )
            if number == 2:
                await audit_seals.seal()


async def test_a_shop_is_backed_up_restored_and_verified(
    server: postgres.Running, addresses: Addresses, database: Database, tmp_path: Path
) -> None:
    """From one database into another; the audit chain comes along, and a changed entry is found there."""
    await write_audit(database)
    folder, files = str(tmp_path / "backup"), (tmp_path / "files").as_uri()
    made = yougou("backup", folder, DATABASE_OWNER_URL=addresses.owner_url, YOUGOU_FILES=files)
    assert made.returncode == 0, made.stderr
    assert "0 files" in made.stdout
    again = yougou("backup", folder, DATABASE_OWNER_URL=addresses.owner_url, YOUGOU_FILES=files)
    assert (again.returncode, "Name a new folder." in again.stderr) == (1, True)
    other = await databases.provision(server, f"test_{uuid4().hex[:12]}")
    try:
        restored = yougou("restore", folder, DATABASE_OWNER_URL=other.owner_dsn, YOUGOU_FILES=files)
        assert restored.returncode == 0, restored.stderr
        assert "Restored" in restored.stdout
        refused = yougou("restore", folder, DATABASE_OWNER_URL=other.owner_dsn, YOUGOU_FILES=files)
        assert (refused.returncode, "has tables already" in refused.stderr) == (1, True)
        await _verify(other)
    finally:
        await databases.drop(server, other.name)


async def _verify(restored: databases.Database) -> None:
    whole = yougou("audit", "verify", DATABASE_URL=restored.app_dsn)
    assert whole.returncode == 0, whole.stderr
    assert "The chain of 2 links is whole, 1 not sealed yet from entry 3 on; newest link 2:" in whole.stdout
    link = whole.stdout.rpartition(" ")[2].strip()
    assert yougou("audit", "verify", "--anchor", link, DATABASE_URL=restored.app_dsn).returncode == 0
    nonsense = yougou("audit", "verify", "--anchor", "x", DATABASE_URL=restored.app_dsn)
    assert (nonsense.returncode, "x is no link." in nonsense.stderr) == (1, True)
    owner = await asyncpg.connect(restored.owner_dsn)
    await owner.execute("UPDATE audit_entry SET entity_id = 9 WHERE id = 2")
    await owner.close()
    changed = yougou("audit", "verify", DATABASE_URL=restored.app_dsn)
    assert changed.returncode == 1
    assert "link 2: entry 2 was changed" in changed.stderr
