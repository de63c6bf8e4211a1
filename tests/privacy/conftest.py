"""A customer who decides about her data."""

from typing import Any

import pytest

from tests.accounts.conftest import TABLES, Phone
from tests.favourites.conftest import Customer
from tests.rows import Rows
from tests.shop import NOW, Shop

OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
NUMBER = "13712345678"
NAME = "汪小满"

_ANSWER = """__typename ... on UserError { message }
  ... on Customer { birthYear consents { purpose granted policyVersion channel } }"""
DECIDE = f"""mutation ($purpose: ConsentPurpose!, $granted: Boolean!, $version: String!) {{
  decideConsent(input: {{purpose: $purpose, granted: $granted, policyVersion: $version}}) {{ {_ANSWER} }} }}"""
YEAR = f"""mutation ($year: Int!, $agrees: Boolean!, $version: String!) {{
  setBirthYear(input: {{birthYear: $year, agrees: $agrees, policyVersion: $version}}) {{ {_ANSWER} }} }}"""


@pytest.fixture
async def customer(bare_shop: Shop, rows: Rows) -> Customer:
    """A customer who decided nothing yet."""
    rows.tables |= {"consent", "product_view", "audit_entry", "audit_unsealed"}
    return Customer(bare_shop, await rows.customer())


async def decide(customer: Customer, purpose: str, *, granted: bool, version: str = "2026-11") -> dict[str, Any]:
    """A decision; its answer."""
    answer = await customer.ask(DECIDE, purpose=purpose, granted=granted, version=version)
    found: dict[str, Any] = answer.data["decideConsent"]
    return found


async def set_year(customer: Customer, year: int, *, agrees: bool = True) -> dict[str, Any]:
    """A birth year; the answer."""
    answer = await customer.ask(YEAR, year=year, agrees=agrees, version="2026-11")
    found: dict[str, Any] = answer.data["setBirthYear"]
    return found


async def ledger(rows: Rows) -> list[tuple[str, bool, str]]:
    """Every decision there is, in order."""
    found = await rows.connection.fetch("SELECT purpose, granted, channel FROM consent ORDER BY id")
    return [tuple(row) for row in found]


EVERYTHING = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


async def places_of(rows: Rows, value: str) -> set[str]:
    """The tables of the whole database in any of whose columns `value` stands, as text or as bytes."""
    found, written = set(), (value, value.encode().hex())
    for record in await rows.connection.fetch(EVERYTHING):
        table = record[0]
        told = await rows.connection.fetchval(f"SELECT string_agg(t::text, ' ') FROM {table} t")
        if told is not None and any(each in told for each in written):
            found.add(table)
    return found


@pytest.fixture
async def person(bare_shop: Shop, rows: Rows) -> Phone:
    """Somebody who signed in, bound her number, and has a row in each table about customers."""
    rows.tables |= {*TABLES, "consent", "product_view", "favourite", "data_request", "pgqueuer", "idempotent_answer"}
    bare_shop.wechat.state.faults.clear()
    phone = Phone(bare_shop, openid=OPENID, label=f"{NAME}的手机")
    await phone.log_in()
    await phone.bind(phone.phone_code(NUMBER))
    her = await rows.connection.fetchval("UPDATE customer SET display_name = $1, birth_year = 1990 RETURNING id", NAME)
    product = await rows.product()
    upload = await rows.upload(f"customer:{her}", referenced_at=NOW)
    await rows.connection.execute("UPDATE customer SET avatar_id = $1", upload)
    await rows.insert("favourite", customer_id=her, product_id=product, created_at=NOW)
    await rows.insert("product_view", customer_id=her, product_id=product, viewed_at=NOW)
    cart = await rows.insert("cart", customer_id=her, created_at=NOW, touched_at=NOW)
    line = {"quantity": 1, "seen_price_fen": 1000, "added_at": NOW}
    await rows.insert("cart_line", cart_id=cart, sku_id=await rows.sku(product), **line)
    visitors = {"token_hash": bytes(32), "address_index": bytes(32), "created_at": NOW, "touched_at": NOW}
    await rows.insert("cart", merged_into_id=cart, **visitors)
    decided = {"policy_version": "1", "granted": True, "channel": "test", "decided_at": NOW}
    await rows.insert("consent", customer_id=her, purpose="PERSONALIZATION", **decided)
    await rows.review(product, her)
    return phone
