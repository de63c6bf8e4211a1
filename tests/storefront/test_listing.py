"""The list of products: orders, filters, and pages that stay true while the list changes."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from app.kit import ids
from app.storefront.orders import ProductSort
from tests.rows import NOW, Rows
from tests.shop import Shop
from tests.storefront.walking import pages, walk

LIST = """query ($first: Int!, $after: String, $sort: ProductSort!) {
  products(first: $first, after: $after, sort: $sort) {
    nodes { key: slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
PATH = ("products",)
# few different values in each column, so that most rows tie in it
KEYS = {
    ProductSort.NEWEST: ("published_at", True),
    ProductSort.BEST_SELLING: ("sales_count", True),
    ProductSort.PRICE_ASC: ("price_from_fen", False),
    ProductSort.PRICE_DESC: ("price_from_fen", True),
}


class Shelf:
    """The products of a test as Python knows them, to be compared with what the list says."""

    def __init__(self, rows: Rows, seed: int) -> None:
        self._rows, self._random = rows, Random(seed)  # noqa: S311 - no secret
        self.listed: dict[str, dict[str, Any]] = {}
        self.removed: set[str] = set()

    async def add(self, category_id: int) -> None:
        """One more product, with values that others have too."""
        values = {
            "published_at": NOW - timedelta(days=self._random.randint(1, 4)),
            "sales_count": self._random.choice([0, 7, 7, 2**40]),
            "price_from_fen": self._random.choice([100, 100, 250, 999_999]),
        }
        id_ = await self._rows.product(category_id=category_id, slug=f"p{len(self.listed)}", **values)
        self.listed[f"p{len(self.listed)}"] = values | {"id": id_}

    async def remove_some(self) -> None:
        """Takes one product off the list, wherever it stands."""
        slug = self._random.choice(sorted(self.listed.keys() - self.removed))
        await self._rows.connection.execute("UPDATE product SET status = 'UNPUBLISHED' WHERE slug = $1", slug)
        self.removed.add(slug)

    def order(self, sort: ProductSort) -> list[str]:
        """The slugs of all that were ever listed, in the order of a sort."""
        column, descending = KEYS[sort]
        return sorted(
            self.listed, key=lambda slug: (self.listed[slug][column], self.listed[slug]["id"]), reverse=descending
        )


@pytest.mark.parametrize("sort", KEYS)
async def test_pages_make_up_the_list_in_its_order(sort: ProductSort, rows: Rows, bare_shop: Shop) -> None:
    """Whatever the page size, with most rows equal in the sort column: the id decides, in the same direction."""
    shelf, category = Shelf(rows, seed=1), await rows.category()
    for _ in range(12):
        await shelf.add(category)
    for first in (1, 3, 4, 12, 50):
        assert await walk(bare_shop, LIST, PATH, sort=sort, first=first) == shelf.order(sort)


@pytest.mark.parametrize("sort", KEYS)
async def test_pages_stay_true_while_products_come_and_go(sort: ProductSort, rows: Rows, bare_shop: Shop) -> None:
    """Between two pages rows are added and taken away, before and behind the reader, the row of the cursor too."""
    category = await rows.category()
    for seed in range(3):
        await rows.connection.execute("UPDATE product SET status = 'UNPUBLISHED', slug = 'old-' || id")
        shelf = Shelf(rows, seed)
        for _ in range(14):
            await shelf.add(category)
        at_first, seen = set(shelf.listed), []
        async for page in pages(bare_shop, LIST, PATH, sort=sort, first=3):
            seen += page
            await shelf.add(category)
            await shelf.remove_some()
            if seed == 2 and page[-1] not in shelf.removed:  # the very row that the next page begins behind
                await rows.connection.execute("DELETE FROM product WHERE slug = $1", page[-1])
                shelf.removed.add(page[-1])
        assert len(seen) == len(set(seen))
        assert seen == [slug for slug in shelf.order(sort) if slug in seen]
        assert at_first - shelf.removed <= set(seen)
        assert shelf.removed - set(seen)  # some were gone before they were reached


async def test_an_empty_list(bare_shop: Shop) -> None:
    """No rows, no cursors, nothing before or behind; and none of them counted unless asked."""
    answer = await bare_shop.ask(LIST, first=5, sort="NEWEST")
    assert answer.data["products"] == {
        "nodes": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None},
    }
    assert len(answer.statements) == 1


async def test_a_full_last_page_has_no_next(rows: Rows, bare_shop: Shop) -> None:
    """Six rows by threes: the second page is the last, though it is full."""
    category = await rows.category()
    for _ in range(6):
        await rows.product(category_id=category)
    sizes = [len(page) async for page in pages(bare_shop, LIST, PATH, first=3, sort="NEWEST")]
    assert sizes == [3, 3]


async def test_the_total_is_counted_only_when_selected(rows: Rows, bare_shop: Shop) -> None:
    """Of the whole filtered list, whatever the page; what is not published does not count."""
    category, other = await rows.category(), await rows.category()
    for number in range(5):
        await rows.product(category_id=category if number < 3 else other, storage="FROZEN" if number else "CHILLED")
    await rows.product(category_id=category, status="DRAFT", published_at=None)
    query = "query ($first: Int!, $filter: ProductFilter) { products(first: $first, filter: $filter) { %s } }"
    without = await bare_shop.ask(query % "nodes { id }", first=2)
    assert len(without.statements) == 1
    for chosen, total in ((None, 5), ({"categoryId": ids.encode("Category", category)}, 3), ({"storage": "FROZEN"}, 4)):
        answer = await bare_shop.ask(query % "totalCount nodes { id }", first=2, filter=chosen)
        assert answer.data["products"]["totalCount"] == total
        assert len(answer.statements) == 2


async def test_filters(rows: Rows, bare_shop: Shop) -> None:
    """Each condition, all together, and a category with everything below it."""
    top = await rows.category()
    below = await rows.category(parent_id=top)
    far_below = await rows.category(parent_id=below)
    await rows.product(slug="top", category_id=top, storage="FROZEN", sold_by="WEIGHT")
    await rows.product(slug="below", category_id=below, storage="CHILLED", sold_by="WEIGHT")
    await rows.product(slug="far-below", category_id=far_below, storage="AMBIENT", sold_by="EACH")
    await rows.product(slug="elsewhere", storage="FROZEN", sold_by="EACH")
    for chosen, expected in (
        ({"categoryId": ids.encode("Category", top)}, {"top", "below", "far-below"}),
        ({"categoryId": ids.encode("Category", below)}, {"below", "far-below"}),
        ({"storage": "FROZEN"}, {"top", "elsewhere"}),
        ({"soldBy": "WEIGHT"}, {"top", "below"}),
        ({"categoryId": ids.encode("Category", top), "storage": "FROZEN", "soldBy": "WEIGHT"}, {"top"}),
        ({}, {"top", "below", "far-below", "elsewhere"}),
    ):
        query = "query ($filter: ProductFilter) { products(filter: $filter) { nodes { slug } } }"
        found = (await bare_shop.ask(query, filter=chosen)).data["products"]["nodes"]
        assert {node["slug"] for node in found} == expected


async def test_edges_carry_the_cursors_of_their_nodes(rows: Rows, bare_shop: Shop) -> None:
    """Any edge's cursor begins a page behind it."""
    category = await rows.category()
    for _ in range(3):
        await rows.product(category_id=category)
    asked = "{ products { edges { cursor node { id } } nodes { id } pageInfo { startCursor endCursor } } }"
    found = (await bare_shop.ask(asked)).data["products"]
    edges = found["edges"]
    assert [edge["node"] for edge in edges] == found["nodes"]
    assert [edges[0]["cursor"], edges[-1]["cursor"]] == list(found["pageInfo"].values())
    rest = await bare_shop.ask("query ($a: String) { products(after: $a) { nodes { id } } }", a=edges[0]["cursor"])
    assert rest.data["products"]["nodes"] == found["nodes"][1:]
