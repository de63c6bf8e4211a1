"""Consents: each by itself, kept for ever, the newest holds; what was kept for one goes with it."""

import asyncio

import pytest

from tests.favourites.conftest import Customer
from tests.privacy.conftest import DECIDE, YEAR, decide, ledger, set_year
from tests.privacy.leftovers import in_database
from tests.rows import NOW, Rows

VIEWS = "SELECT count(*) FROM product_view"
BIRTH_YEAR = "SELECT birth_year FROM customer"


async def test_nothing_is_agreed_to_beforehand(customer: Customer) -> None:
    """A new customer decided nothing."""
    answer = await customer.ask("{ me { birthYear consents { purpose } } }")
    assert answer.data == {"me": {"birthYear": None, "consents": []}}


async def test_each_purpose_is_decided_by_itself_and_the_newest_holds(customer: Customer, rows: Rows) -> None:
    """Taking back is the same call; every decision stays in the ledger, and in the audit log."""
    await decide(customer, "MARKETING", granted=True)
    await decide(customer, "PRIVACY_POLICY", granted=True)
    last = await decide(customer, "MARKETING", granted=False)
    told = {"policyVersion": "2026-11", "channel": "mini-program"}
    assert last["consents"] == [
        {"purpose": "MARKETING", "granted": False} | told,
        {"purpose": "PRIVACY_POLICY", "granted": True} | told,
    ]
    assert [(purpose, granted) for purpose, granted, _ in await ledger(rows)] == [
        ("MARKETING", True),
        ("PRIVACY_POLICY", True),
        ("MARKETING", False),
    ]
    assert await rows.connection.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'decide consent'") == 3
    assert await rows.connection.fetchval("SELECT bool_and(decided_at = $1) FROM consent", NOW)


async def test_a_repeated_decision_adds_nothing(customer: Customer, rows: Rows) -> None:
    """Eight at once neither; another version of the policy does."""
    answers = await asyncio.gather(*(decide(customer, "MARKETING", granted=True) for _ in range(8)))
    assert {answer["__typename"] for answer in answers} == {"Customer"}
    assert len(await ledger(rows)) == 1
    await decide(customer, "MARKETING", granted=True, version="2026-12")
    assert len(await ledger(rows)) == 2


async def test_what_is_looked_at_is_kept_with_consent_only(customer: Customer, rows: Rows) -> None:
    """Without it the same answer; taking it back forgets what was kept, and nothing is kept from then on."""
    product = await rows.product()
    assert (await customer.write("recordProductView", product))["__typename"] == "Product"
    assert await rows.connection.fetchval(VIEWS) == 0
    await decide(customer, "PERSONALIZATION", granted=True)
    await customer.write("recordProductView", product)
    assert await rows.connection.fetchval(VIEWS) == 1
    await decide(customer, "PERSONALIZATION", granted=False)
    assert await rows.connection.fetchval(VIEWS) == 0
    assert (await customer.write("recordProductView", product))["__typename"] == "Product"
    assert await rows.connection.fetchval(VIEWS) == 0


# of every table of the database that ties a customer to goods or to words: what is neither bought nor chosen by herself
TYING = """SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'
GROUP BY table_name HAVING bool_or(column_name = 'customer_id')
AND bool_or(column_name IN ('product_id', 'category_id', 'sku_id', 'lot_id', 'word', 'search', 'tags', 'score'))"""
DONE_BY_HERSELF = {"favourite", "review"}


async def test_after_withdrawal_no_row_tells_a_preference(customer: Customer, rows: Rows) -> None:
    """PIPL article 24: what was derived of her goes. What she searched for was kept nowhere to begin with."""
    product = await rows.product(name="丽江雪桃")
    await decide(customer, "PERSONALIZATION", granted=True)
    await customer.write("recordProductView", product)
    assert (await customer.ask('{ products(search: "丽江雪桃") { totalCount } suggestions(prefix: "丽江") }')).data
    tying = {record[0] for record in await rows.connection.fetch(TYING)} - DONE_BY_HERSELF
    assert "product_view" in tying
    counts = f"SELECT {' + '.join(f'(SELECT count(*) FROM {name} WHERE customer_id = $1)' for name in sorted(tying))}"
    assert await rows.connection.fetchval(counts, customer.id) == 1
    assert {place.partition(".")[0] for place in await in_database(rows.connection, "丽江雪桃")} == {"product"}
    await decide(customer, "PERSONALIZATION", granted=False)
    assert await rows.connection.fetchval(counts, customer.id) == 0
    assert (await customer.ask("{ me { seenProducts { totalCount } } }")).data["me"]["seenProducts"]["totalCount"] == 0


async def test_a_birth_year_needs_its_own_consent_and_goes_with_it(customer: Customer, rows: Rows) -> None:
    """Refused without; kept with; erased when it is taken back."""
    refused = await set_year(customer, 1990, agrees=False)
    assert refused == {"__typename": "ConsentMissing", "message": "请先单独同意收集出生年份。"}
    assert (await rows.connection.fetchval(BIRTH_YEAR), await ledger(rows)) == (None, [])
    assert (await set_year(customer, 1990))["birthYear"] == 1990
    assert await ledger(rows) == [("BIRTH_YEAR", True, "mini-program")]
    assert (await decide(customer, "BIRTH_YEAR", granted=False))["birthYear"] is None
    assert await rows.connection.fetchval(BIRTH_YEAR) is None


@pytest.mark.parametrize("purpose", ["PERSONALIZATION", "MARKETING"])
async def test_a_child_is_not_profiled(purpose: str, customer: Customer, rows: Rows) -> None:
    """Who turns 14 this year may be 13 still: refused, and nothing changed. The other purposes are hers."""
    await set_year(customer, NOW.year - 14)
    before = await ledger(rows)
    assert (await decide(customer, purpose, granted=True))["__typename"] == "TooYoungToConsent"
    assert await ledger(rows) == before
    assert (await decide(customer, purpose, granted=False))["__typename"] == "Customer"
    assert (await decide(customer, "PRIVACY_POLICY", granted=True))["__typename"] == "Customer"
    await set_year(customer, NOW.year - 15)
    assert (await decide(customer, purpose, granted=True))["__typename"] == "Customer"


async def test_a_childs_year_ends_what_was_agreed_to(customer: Customer, rows: Rows) -> None:
    """And forgets what was kept for it."""
    await decide(customer, "PERSONALIZATION", granted=True)
    await customer.write("recordProductView", await rows.product())
    await set_year(customer, 2020)
    assert (await ledger(rows))[-1] == ("PERSONALIZATION", False, "under 14")
    assert await rows.connection.fetchval(VIEWS) == 0


@pytest.mark.parametrize("year", [1899, NOW.year + 1, -1])
async def test_a_year_that_is_none_is_refused(year: int, customer: Customer, rows: Rows) -> None:
    """Nothing changed."""
    assert (await customer.ask(YEAR, year=year, agrees=True, version="1")).codes == ["BAD_USER_INPUT"]
    assert (await rows.connection.fetchval(BIRTH_YEAR), await ledger(rows)) == (None, [])


@pytest.mark.parametrize("version", ["", "x" * 21, "一", "1 2", "'"])
async def test_a_version_that_is_none_is_refused(version: str, customer: Customer, rows: Rows) -> None:
    """Nothing changed."""
    variables = {"purpose": "MARKETING", "granted": True, "version": version}
    assert (await customer.ask(DECIDE, **variables)).codes == ["BAD_USER_INPUT"]
    assert await ledger(rows) == []


async def test_a_closed_account_and_a_visitor_decide_nothing(customer: Customer, rows: Rows) -> None:
    """Refused, each in its way."""
    gone = Customer(customer.shop, await rows.customer(status="CLOSED", closed_at=NOW))
    assert (await decide(gone, "MARKETING", granted=True))["__typename"] == "AccountClosed"
    variables = {"purpose": "MARKETING", "granted": True, "version": "1"}
    answer = await customer.shop.send(json={"query": DECIDE, "variables": variables})
    assert answer.codes == ["UNAUTHENTICATED"]
    assert await ledger(rows) == []
