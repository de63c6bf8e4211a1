"""`yougou keys rotate`, and what `yougou doctor` says of the ring meanwhile."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from tests.commands.programs import PATIENCE, program
from tests.commands.test_commands import run
from tests.conftest import Addresses
from tests.kit.test_rotation import BATCH, MANY, NEW, OLD, fill


def test_rotation_step_by_step(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor asks for it, says when the old key can go, and when it went too early."""
    asyncio.run(fill(addresses.owner_url, 3))
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    monkeypatch.setenv("YOUGOU_KEY_RING", f"{NEW},{OLD}")
    assert "k1 still wraps 3 data keys\n        -> Run: yougou keys rotate" in run("doctor")[1]
    code, said = run("keys", "rotate")
    assert code == 0
    assert "3 data keys wrapped anew; k2 wraps all 3. k1 can be taken out of the ring" in said
    assert "0 data keys wrapped anew; k2 wraps all 3." in run("keys", "rotate")[1]
    assert "ok      keys in use: k2 wraps all 3 data keys; k1 can go once no backup needs it" in run("doctor")[1]


def test_a_key_that_went_too_early_is_missed(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the rotation, and by the doctor."""
    asyncio.run(fill(addresses.owner_url, 2))
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    monkeypatch.setenv("YOUGOU_KEY_RING", NEW)
    code, said = run("keys", "rotate")
    assert code == 1
    assert "the key ring has no key k1" in said
    assert "k1 wraps 2 data keys and is not in the ring" in run("doctor")[1]


GATE = 4_712  # an advisory lock that holds the third batch up
STALL = f"""
CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM pg_advisory_xact_lock({GATE}); RETURN NEW; END';
CREATE TRIGGER stall BEFORE UPDATE ON data_key FOR EACH ROW WHEN (OLD.id = {2 * BATCH + 7}) EXECUTE FUNCTION stall()
"""
LET_GO = "DROP TRIGGER stall ON data_key; DROP FUNCTION stall()"
DONE = "SELECT count(*) FROM data_key WHERE ring_key = 'k2'"


async def test_a_rotation_of_ten_thousand_that_is_killed_is_taken_up(
    addresses: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in its third batch: the two before stay done, the next run does the rest and nothing twice."""
    await fill(addresses.owner_url, MANY)
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    monkeypatch.setenv("YOUGOU_KEY_RING", f"{NEW},{OLD}")
    owner = await asyncpg.connect(addresses.owner_url)
    await owner.execute(STALL)
    await owner.execute(f"SELECT pg_advisory_lock({GATE})")
    with program("keys rotate", tmp_path / "rotate.log", {}) as rotating:
        async with asyncio.timeout(PATIENCE):
            while await owner.fetchval(DONE) < 2 * BATCH:  # noqa: ASYNC110 - another process brings it about
                await asyncio.sleep(0.05)
        rotating.kill()
        rotating.wait()
    await owner.execute(f"SELECT pg_advisory_unlock({GATE})")
    await owner.execute(LET_GO)  # waits for what the killed one left behind
    assert await owner.fetchval(DONE) == 2 * BATCH
    _, said = await asyncio.to_thread(run, "keys", "rotate")
    assert f"{MANY - 2 * BATCH} data keys wrapped anew; k2 wraps all {MANY}." in said
    assert await owner.fetchval(DONE) == MANY
    await owner.close()
