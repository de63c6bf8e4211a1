"""`yougou keys rotate`, and what `yougou doctor` says of the ring meanwhile."""

import asyncio

import pytest

from tests.commands.test_commands import run
from tests.conftest import Addresses
from tests.kit.test_rotation import NEW, OLD, fill


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
