"""The short commands: what they print, refuse and leave alone."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import cli
from app.accounts.enums import RoleCode
from app.commands import schema as schema_command
from app.commands.staff import vault_of
from app.demo import staff
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.settings import DEMO_SECRET, Settings
from tests.conftest import Addresses


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and everything printed by `yougou ...`."""
    result = CliRunner().invoke(cli.build(list(arguments)), list(arguments))
    return result.exit_code, result.output


def test_every_command_explains_itself() -> None:
    """Each command has a help text with a first sentence, and stands in the list."""
    _, listed = run("--help")
    for name in cli.COMMANDS:
        code, explained = run(name, "--help")
        assert code == 0
        assert name in listed
        assert "." in explained


def test_an_unknown_command_is_refused() -> None:
    """A typo ends with 2 and points to the help."""
    code, said = run("dmeo")
    assert code == 2
    assert "dmeo" in said


def test_token_speaks_for_whom_it_says() -> None:
    """The printed token is read back as the caller asked for."""
    code, said = run("token", "staff", "--id", "7", "--scopes", "catalog:write,trace:write")
    assert code == 0
    caller = Caller(CallerKind.STAFF, 7, frozenset({"catalog:write", "trace:write"}))
    assert Tokens([DEMO_SECRET]).read(said.strip()) == caller


def test_token_of_a_role_may_do_what_the_role_may(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    """As this database says; it speaks for the role's member where there is one, as in the demo."""
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    tokens = Tokens([DEMO_SECRET])
    code, said = run("token", "staff", "--role", "analyst")
    assert code == 0
    nobodys = tokens.read(said.strip())
    vault = vault_of(Settings())
    members = asyncio.run(staff.ensure(addresses.app_url, vault, DEMO_SECRET))
    assert nobodys == Caller(CallerKind.STAFF, 1, members[RoleCode.ANALYST].scopes)
    for role in RoleCode:
        code, said = run("token", "staff", "--role", role.lower())
        assert code == 0
        assert tokens.read(said.strip()) == members[role]
    code, said = run("token", "staff", "--role", "STORE_CLERK", "--id", "77")
    assert tokens.read(said.strip()) == replace(members[RoleCode.STORE_CLERK], id=77)


@pytest.mark.parametrize("options", [("customer",), ("staff", "--scopes", "catalog:write")], ids=["customer", "scopes"])
def test_a_role_is_of_staff_and_says_the_scopes(options: tuple[str, ...]) -> None:
    """What contradicts it is refused, before any database is asked."""
    code, said = run("token", *options, "--role", "ANALYST")
    assert code == 1
    assert "--role is for staff" in said


def test_token_is_refused_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody mints tokens from a shell in production."""
    monkeypatch.setenv("YOUGOU_ENV", "production")
    for options in ((), ("--role", "ADMINISTRATOR")):
        code, said = run("token", "staff", *options)
        assert code == 1
        assert "development" in said


def test_token_of_an_unknown_kind_is_refused() -> None:
    """Only those who come with tokens have them."""
    code, said = run("token", "visitor")
    assert code == 1
    assert "visitor is no kind" in said


def test_schema_check_fails_on_another_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """The committed file is compared to the letter, and not written by the check."""
    assert run("schema", "--check")[0] == 0
    other = schema_command.FILE.parent / "no-such-file.graphql"
    monkeypatch.setattr(schema_command, "FILE", other)
    assert run("schema", "--check")[0] == 1
    assert not other.exists()


def test_migrations_check_passes() -> None:
    """The models say nothing that the migrations do not."""
    assert run("migrations-check")[0] == 0


def test_seed_fills_once_and_rolls_forward_after(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run changes no product and says what it did."""
    monkeypatch.setenv("DATABASE_OWNER_URL", addresses.owner_url)
    assert run("seed")[1].endswith("The demo shop is there.\n")
    assert run("seed")[1].endswith("There is a shop already: rolled forward to today.\n")


def test_doctor_finds_nothing_wrong(
    addresses: Addresses, redis_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A right installation has no problem; the probe among the files is gone again."""
    monkeypatch.setenv("YOUGOU_FILES", tmp_path.as_uri())
    monkeypatch.setenv("DATABASE_URL", addresses.app_url)
    monkeypatch.setenv("REDIS_URL", redis_url)
    code, said = run("doctor")
    assert code == 0
    assert "PROBLEM" not in said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_doctor_names_each_problem_and_its_remedy(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner as serving role, no Redis, no store, the demo secrets and key ring in production: all told at once."""
    monkeypatch.setenv("YOUGOU_FILES", "ftp://files")
    monkeypatch.setenv("DATABASE_URL", addresses.owner_url)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("YOUGOU_ENV", "production")
    code, said = run("doctor")
    assert code == 1
    assert said.count("PROBLEM") == 8
    assert "nobody can pay" in said
    assert "YOUGOU_FILES is file:///folder or s3://bucket/prefix" in said
    assert "the serving role may change ledgers" in said
    assert "Check REDIS_URL" in said
    assert said.count("openssl rand") == 3
