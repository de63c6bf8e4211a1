"""`yougou partner`."""

from datetime import timedelta
from typing import Annotated
from uuid import uuid4

import typer

from app.commands.console import err, fail, out, run
from app.kit import clock
from app.kit.caller import MACHINE
from app.kit.errors import BadInput, Refused
from app.kit.locale import Locale
from app.partners import queries, service
from app.partners.enums import PartnerKind
from app.partners.service import Grant, Issued, NewPartner
from app.settings import Settings
from app.tables import Database


def partner(
    code: Annotated[str, typer.Argument(help="The partner's code, such as dianjian-lab.")],
    name: Annotated[str, typer.Option(help="Its name, if it is new.")] = "",
    kind: Annotated[PartnerKind, typer.Option(help="What it does for the shop, if it is new.")] = PartnerKind.LAB,
    scopes: Annotated[str, typer.Option(help="Scopes of the key, separated by commas, such as reports:file.")] = "",
    days: Annotated[int, typer.Option(min=1, max=400, help="For how many days the key holds.")] = 365,
) -> None:
    """Print a new API key of a partner, which is made first if it is new. The key is shown this once."""
    wanted = list(filter(None, scopes.split(",")))
    new = NewPartner(code, name or code, kind, 60, 10_000)
    try:
        issued = run(_issue(Settings().database, new, wanted, timedelta(days=days)))
    except Refused as refused:
        fail(refused.reason.message(Locale.EN), "Nothing was changed but for a new partner, if it was one.")
    except BadInput as bad:
        fail(str(bad), "Nothing was changed.")
    err.print(f"{code} may use this key until {issued.api_key.expires_at:%Y-%m-%d %H:%M} UTC; it is not shown again:")
    out.print(issued.text)


async def _issue(url: str, new: NewPartner, scopes: list[str], lifetime: timedelta) -> Issued:
    database = await Database.open(url, size=1)
    try:
        async with database.session():
            partner_id = await queries.partner_by_code(new.code)
            if partner_id is None:
                partner_id = (await service.create(MACHINE, idempotency_key=uuid4().hex, new=new)).id
            grant = Grant(partner_id, scopes, clock.now() + lifetime)
            return await service.issue_key(MACHINE, idempotency_key=uuid4().hex, grant=grant)
    finally:
        await database.close()
