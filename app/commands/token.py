"""`yougou token`."""

from datetime import timedelta
from typing import Annotated

import typer

from app.accounts import queries
from app.accounts.enums import RoleCode
from app.accounts.rules import CUSTOMER_SCOPES
from app.commands.console import fail, out, run
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.settings import Settings
from app.tables import Database


def token(
    kind: Annotated[str, typer.Argument(help="customer, staff or partner.")],
    key: Annotated[int | None, typer.Option("--id", min=1, help="The key of the customer, staff or partner.")] = None,
    scopes: Annotated[
        str, typer.Option(help="Scopes, separated by commas, such as catalog:write; a customer's are hers anyway.")
    ] = "",
    role: Annotated[
        RoleCode | None,
        typer.Option(case_sensitive=False, help="Staff of this role: what it may do, as its first member if it has."),
    ] = None,
    hours: Annotated[int, typer.Option(min=1, max=720, help="For how many hours it is good.")] = 12,
) -> None:
    """Print a bearer token for trying things out. Refused in production."""
    settings = Settings()
    if settings.is_production:
        fail("Sample tokens are for development.", "In production people sign in and partners have API keys.")
    if kind not in {"customer", "staff", "partner"}:
        fail(f"{kind} is no kind of caller with tokens.", "Use customer, staff or partner.")
    chosen = frozenset(filter(None, scopes.split(","))) or (CUSTOMER_SCOPES if kind == "customer" else frozenset())
    if role is None:
        caller = Caller(CallerKind(kind), key or 1, chosen)
    elif kind == "staff" and not scopes:
        caller = run(_of_role(settings.database, role, key))
    else:
        fail("--role is for staff, and says the scopes.", "Leave out --role or --scopes.")
    out.print(Tokens([settings.secret.get_secret_value()]).issue(caller, timedelta(hours=hours)))


async def _of_role(url: str, role: RoleCode, key: int | None) -> Caller:
    """Staff of a role as this database has it: the one with `key`, else its first member, else number 1."""
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            found = await queries.role(role)
    finally:
        await database.close()
    return Caller(CallerKind.STAFF, key or found.member or 1, found.scopes)
