"""`yougou partner`: the first key of a partner, from a terminal."""

import asyncio

import asyncpg
import pytest

from app.partners.known_keys import KnownKeys
from app.tables import Database
from tests.commands.test_commands import run
from tests.conftest import Addresses

KEYS = "SELECT p.code, p.name, p.kind, k.scopes FROM api_key k JOIN partner p ON p.id = k.partner_id ORDER BY k.id"


def test_a_partner_and_its_key(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made at the first time; the second key is the same partner's; what is refused makes none."""
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    first = run("partner", "lab-y", "--name", "检测", "--scopes", "reports:file")
    second = run("partner", "lab-y")
    assert (first[0], second[0]) == (0, 0)
    code, said = run("partner", "lab-y", "--scopes", "partners:write")
    assert code == 1
    assert "may not have these scopes" in said
    assert run("partner", "Lab Y")[0] == 1
    keys = [word for word in (first[1] + second[1]).split() if word.startswith("ygk_")]
    assert asyncio.run(proved(addresses, keys)) == [
        ("lab-y", "检测", "LAB", ["reports:file"]),
        ("lab-y", "检测", "LAB", []),
    ]


async def proved(addresses: Addresses, keys: list[str]) -> list[tuple[object, ...]]:
    """The keys as they stand in the database, each proved to hold."""
    database = await Database.open(addresses.app_url, size=1)
    for key in keys:
        await KnownKeys().prove(key, database)
    await database.close()
    connection = await asyncpg.connect(addresses.owner_url)
    rows = [tuple(row) for row in await connection.fetch(KEYS)]
    await connection.close()
    return rows
