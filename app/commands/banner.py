"""What `yougou demo` says when the shop is ready: where, as whom, and what to ask first."""

from collections.abc import Mapping
from datetime import timedelta

import asyncpg

from app.accounts.enums import RoleCode
from app.accounts.rules import CUSTOMER_SCOPES
from app.demo import lab, staff
from app.demo.sample import SAMPLE
from app.documents import files
from app.documents.files import DocumentFile
from app.kit import ids
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.settings import Settings
from schema.documents import MINIPROGRAM

_DAY = timedelta(days=1)


async def banner(settings: Settings, members: Mapping[RoleCode, Caller]) -> str:
    """Addresses, sample tokens, also of each role's member, and a query to paste into a shell."""
    connection = await asyncpg.connect(settings.database)
    try:
        product = await connection.fetchval("SELECT id FROM product WHERE slug = $1", SAMPLE.product_slug)
        point = await connection.fetchval("SELECT id FROM pickup_point WHERE code = $1", SAMPLE.pickup_point_code)
    finally:
        await connection.close()
    detail = next(each for each in files.read(MINIPROGRAM) if each.name == "ProductDetail")
    root = f"http://{settings.host}:{settings.port}"
    tokens = Tokens([settings.secret.get_secret_value()])
    customer = tokens.issue(Caller(CallerKind.CUSTOMER, 1, CUSTOMER_SCOPES), _DAY)
    secret = settings.secret.get_secret_value()
    width = max(map(len, members))
    of_roles = "\n".join(
        f"  {staff.username(role):<{width}} {tokens.issue(member, _DAY)}" for role, member in members.items()
    )
    return f"""
优购生鲜 Yougou Fresh
  GraphQL    {root}/graphql
  pages      {root}/graphql in a browser  {root}/preview/product/{SAMPLE.product_slug}
             {root}/preview/shop to buy  {root}/clerk to pack and hand over
  health     {root}/healthz  {root}/readyz  {root}/metrics
  database   {settings.database}
  redis      {settings.redis}
  customer   {customer}
  laboratory {lab.key(secret).text}
  staff      password {staff.PASSWORD}, authenticator secret {staff.totp_secret(secret)}; or, for a day:
{of_roles}

The whole product page in one request, once the server answers (a second or two):

  {_request(root, detail, ids.encode("Product", product), ids.encode("PickupPoint", point))}

Ctrl-C stops everything; the data stay in {settings.data_dir}.
"""


def _request(root: str, document: DocumentFile, product: str, point: str) -> str:
    body = f'{{"documentId":"{document.id}","variables":{{"id":"{product}","pickupPointId":"{point}"}}}}'
    return f"curl -s {root}/graphql -H 'content-type: application/json' -d '{body}'"
