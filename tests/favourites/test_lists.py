"""The two lists of a customer, page by page."""

import pytest

from app.kit import ids
from tests.favourites.conftest import Customer
from tests.rows import Rows, hours
from tests.shop import NOW
from tests.storefront.walking import pages, walk

LIST = """query ($first: Int!, $after: String) {{ me {{
  {name}(first: $first, after: $after) {{
    nodes {{ key: slug isFavourite }} totalCount pageInfo {{ hasNextPage hasPreviousPage endCursor }}
  }} }} }}"""
LISTS = [("favourites", "favourite", "created_at"), ("seenProducts", "product_view", "viewed_at")]


@pytest.mark.parametrize(("name", "table", "since"), LISTS)
async def test_the_newest_come_first(name: str, table: str, since: str, customer: Customer, rows: Rows) -> None:
    """Ties by what was written later; what is not sold is passed over, another customer's too; at any page size."""
    other = await rows.customer()
    for number, age in enumerate([5, 1, 5, 3, 1, 9]):
        product = await rows.product(slug=f"p{number}", **({"status": "UNPUBLISHED"} if number == 3 else {}))
        await rows.insert(table, customer_id=customer.id, product_id=product, **{since: hours(-age)})
    await rows.insert(table, customer_id=other, product_id=await rows.product(), **{since: NOW})
    for first in (1, 2, 5, 50):
        listed = await walk(customer, LIST.format(name=name), ("me", name), first=first)
        assert listed == ["p4", "p1", "p2", "p0", "p5"]
    page = await customer.ask(LIST.format(name=name), first=1)
    assert page.data["me"][name]["totalCount"] == 5


@pytest.mark.parametrize(("name", "table", "since"), LISTS)
async def test_pages_stay_true_while_the_list_changes(
    name: str, table: str, since: str, customer: Customer, rows: Rows
) -> None:
    """One is added in front of the reader and one behind is taken away, between two pages."""
    products = [await rows.product(slug=f"p{number}") for number in range(6)]
    for number, product in enumerate(products[:5]):
        await rows.insert(table, customer_id=customer.id, product_id=product, **{since: hours(-number)})
    seen = []
    async for page in pages(customer, LIST.format(name=name), ("me", name), first=2):
        seen += page
        if len(seen) == 2:
            await rows.insert(table, customer_id=customer.id, product_id=products[5], **{since: hours(1)})
            await rows.connection.execute(f"DELETE FROM {table} WHERE product_id = $1", products[3])
    assert seen == ["p0", "p1", "p2", "p4"]


@pytest.mark.parametrize("name", ["favourites", "seenProducts"])
@pytest.mark.parametrize("given", [{"first": 0}, {"first": 51}, {"first": 1, "after": "none"}])
async def test_a_bad_page_is_refused(name: str, given: dict[str, object], customer: Customer) -> None:
    """As every list does."""
    answer = await customer.ask(LIST.format(name=name), **given)
    assert answer.codes == ["BAD_USER_INPUT"]


async def test_twenty_rows_take_the_statements_of_one(customer: Customer, rows: Rows) -> None:
    """The customer, the page, which of them are favourites, how many there are."""
    for number in range(20):
        given = {"customer_id": customer.id, "product_id": await rows.product(), "viewed_at": hours(-number)}
        await rows.insert("product_view", **given)
    asked = LIST.format(name="seenProducts")
    one, twenty = [await customer.ask(asked, first=first) for first in (1, 20)]
    assert len(twenty.data["me"]["seenProducts"]["nodes"]) == 20
    assert one.statements == twenty.statements
    assert len(one.statements) == 4


async def test_a_visitor_has_no_favourites(customer: Customer, rows: Rows) -> None:
    """Asking costs her no statement but the product's; the customer's answer is for her alone."""
    product = await rows.product(slug="peach")
    await rows.insert("favourite", customer_id=customer.id, product_id=product, created_at=NOW)
    query = f'{{ me {{ displayName }} product(id: "{ids.encode("Product", product)}") {{ isFavourite }} }}'
    visitor = await customer.shop.send("GET", params={"query": query})
    assert visitor.data == {"me": None, "product": {"isFavourite": False}}
    assert len(visitor.statements) == 1
    hers = await customer.shop.send("GET", params={"query": query}, headers=customer.headers)
    assert hers.data == {"me": {"displayName": "王小明"}, "product": {"isFavourite": True}}
    assert hers.response.headers["cache-control"] == "private, no-store"
