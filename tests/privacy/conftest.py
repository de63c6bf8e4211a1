"""A customer who decides about her data."""

from typing import Any

import pytest

from tests.favourites.conftest import Customer
from tests.rows import Rows
from tests.shop import Shop

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
