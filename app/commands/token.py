"""`yougou token`."""

from datetime import timedelta
from typing import Annotated

import typer

from app.accounts.rules import CUSTOMER_SCOPES
from app.commands.console import fail, out
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.settings import Settings


def token(
    kind: Annotated[str, typer.Argument(help="customer, staff or partner.")],
    key: Annotated[int, typer.Option("--id", min=1, help="The key of the customer, member of staff or partner.")] = 1,
    scopes: Annotated[
        str, typer.Option(help="Scopes, separated by commas, such as catalog:write; a customer's are hers anyway.")
    ] = "",
    hours: Annotated[int, typer.Option(min=1, max=720, help="For how many hours it is good.")] = 12,
) -> None:
    """Print a bearer token for trying things out. Refused in production."""
    settings = Settings()
    if settings.is_production:
        fail("Sample tokens are for development.", "In production people sign in and partners have API keys.")
    if kind not in {"customer", "staff", "partner"}:
        fail(f"{kind} is no kind of caller with tokens.", "Use customer, staff or partner.")
    chosen = frozenset(filter(None, scopes.split(","))) or (CUSTOMER_SCOPES if kind == "customer" else frozenset())
    caller = Caller(CallerKind(kind), key, chosen)
    out.print(Tokens([settings.secret.get_secret_value()]).issue(caller, timedelta(hours=hours)))
