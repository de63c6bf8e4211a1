"""`yougou staff create`."""

import sys
from typing import Annotated

import typer

from app.accounts import first_administrator
from app.commands.console import err, fail, out, run
from app.kit.crypto import KeyRing
from app.kit.errors import BadInput, Refused
from app.kit.locale import Locale
from app.kit.vault import Vault
from app.settings import Settings
from app.tables import Database

staff = typer.Typer(no_args_is_help=True, help="Who works for the shop.")
staff.callback()(lambda: None)  # with it, the one command still has to be named


@staff.command()
def create(
    username: Annotated[str, typer.Argument(help="What she signs in with: lower-case letters, digits, dots, hyphens.")],
    name: Annotated[str, typer.Option(help="Her name; the user name without it.")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password, a line.")] = False,  # noqa: FBT002 - an option of the terminal
) -> None:
    """Make the first administrator, and print once what her authenticator app reads. She makes all others."""
    settings = Settings()
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        uri = run(_create(settings.database, vault_of(settings), username, name or username, password))
    except Refused as refused:
        fail(refused.reason.message(Locale.EN), "Nothing was changed.")
    except BadInput as bad:
        fail(str(bad), "Nothing was changed.")
    err.print(f"{username} can sign in. Her authenticator app reads this, as text or QR code; it is not shown again:")
    out.print(uri, markup=False)


def vault_of(settings: Settings) -> Vault:
    """Where this installation seals people's values."""
    return Vault(KeyRing.parse(settings.key_ring.get_secret_value()), settings.index_key.get_secret_value())


async def _create(url: str, vault: Vault, username: str, name: str, password: str) -> str:
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            return await first_administrator.create(vault, username, name, password)
    finally:
        await database.close()
