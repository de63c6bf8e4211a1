"""`yougou staff create`: the first administrator, from a terminal."""

import asyncio

import asyncpg
import pytest
from typer.testing import CliRunner

from app import cli
from app.kit import passwords
from tests.conftest import Addresses

HELD = """SELECT s.username, s.name, s.password_ends_at, r.code, h.granted_by_id
FROM staff s JOIN staff_role h ON h.staff_id = s.id JOIN role r ON r.id = h.role_id"""


def create(username: str, password: str, *options: str, given: str | None = None) -> tuple[int, str]:
    """The exit code and everything printed."""
    arguments = ["staff", "create", username, *options]
    result = CliRunner().invoke(cli.build(arguments), arguments, input=given or f"{password}\n")
    return result.exit_code, result.output


async def held(url: str) -> tuple[list[tuple[object, ...]], str | None, bytes | None]:
    """Who holds which role; the password's hash and the sealed secret."""
    connection = await asyncpg.connect(url)
    rows = [tuple(each) for each in await connection.fetch(HELD)]
    secret = await connection.fetchrow("SELECT password_hash, totp_sealed FROM staff")
    await connection.close()
    return rows, secret and secret["password_hash"], secret and secret["totp_sealed"]


def test_the_first_administrator_is_made_once(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    """What her app reads is printed, the password is not; a second run is refused and changes nothing."""
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    for weak in ("short", "boss-boss-boss"):
        code, said = create("boss", weak, "--password-stdin")
        assert (code, "12 characters" in said) == (1, True)
    assert create("The Boss", "carrots are orange", "--password-stdin")[0] == 1
    assert asyncio.run(held(addresses.owner_url)) == ([], None, None)
    code, said = create("boss", "", "--name", "王芳", given="carrots are orange\ncarrots are orange\n")
    assert code == 0
    assert "otpauth://totp/Yougou%20Fresh:boss?secret=" in said
    assert "carrots" not in said
    rows, stored, sealed = asyncio.run(held(addresses.owner_url))
    assert rows == [("boss", "王芳", None, "ADMINISTRATOR", None)]
    assert asyncio.run(passwords.verify(str(stored), "carrots are orange"))
    assert sealed
    code, said = create("boss-2", "potatoes are yellow", "--password-stdin")
    assert code == 1
    assert "There is an administrator already" in said
    assert asyncio.run(held(addresses.owner_url)) == (rows, stored, sealed)
