"""Reviews of products: only approved ones, in pages that stay true while others write."""

from datetime import timedelta

import pytest

from app.kit import ids
from app.reviews.queries import ReviewSort
from tests.rows import NOW, Rows
from tests.shop import Shop
from tests.storefront.walking import pages, walk

LIST = """query ($slug: String!, $first: Int!, $after: String, $sort: ReviewSort!, $rating: Int) {
  product(slug: $slug) { reviews(first: $first, after: $after, sort: $sort, rating: $rating) {
    nodes { key: body } pageInfo { hasNextPage hasPreviousPage endCursor }
  } }
}"""
PATH = ("product", "reviews")


async def write(rows: Rows, product: int, numbers: range) -> None:
    """Reviews named by their number; many are equally new and equally helpful."""
    author = await rows.customer()
    for number in numbers:
        await rows.review(
            product,
            author,
            body=f"{number:02}",
            rating=number % 5 + 1,
            helpful_count=number % 3,
            created_at=NOW - timedelta(days=number // 4),
        )


def order(numbers: range, sort: ReviewSort) -> list[str]:
    """What `write` wrote, in the order of a sort: ids grow with the numbers."""
    keys = {ReviewSort.NEWEST: lambda n: (-(n // 4), n), ReviewSort.MOST_HELPFUL: lambda n: (n % 3, n)}
    return [f"{number:02}" for number in sorted(numbers, key=keys[sort], reverse=True)]


@pytest.mark.parametrize("sort", ReviewSort)
async def test_pages_make_up_the_list_in_its_order(sort: ReviewSort, rows: Rows, bare_shop: Shop) -> None:
    """Whatever the page size, ties decided by the id; of one rating, too."""
    product = await rows.product(slug="peach")
    await write(rows, product, range(14))
    for first in (1, 4, 14, 50):
        assert await walk(bare_shop, LIST, PATH, slug="peach", sort=sort, first=first) == order(range(14), sort)
    fives = await walk(bare_shop, LIST, PATH, slug="peach", sort=sort, first=2, rating=5)
    assert fives == [number for number in order(range(14), sort) if int(number) % 5 == 4]


@pytest.mark.parametrize("sort", ReviewSort)
async def test_pages_stay_true_while_others_write(sort: ReviewSort, rows: Rows, bare_shop: Shop) -> None:
    """Reviews before and behind the reader appear and are rejected between two pages."""
    product = await rows.product(slug="peach")
    await write(rows, product, range(12))
    seen: list[str] = []
    reject = "UPDATE review SET moderation = 'REJECTED', moderation_reason = '广告' WHERE body = $1"
    rejected = iter(["11", "01", "06", "03", "08"])
    gone: set[str] = set()
    async for page in pages(bare_shop, LIST, PATH, slug="peach", sort=sort, first=3):
        seen += page
        await write(rows, product, range(20 + len(gone), 21 + len(gone)))
        if (one := next(rejected, None)) is not None:
            gone.add(one)
            await rows.connection.execute(reject, one)
    assert len(seen) == len(set(seen))
    assert {f"{number:02}" for number in range(12)} - gone <= set(seen)
    written = [number for number in order(range(12), sort) if number in seen]
    assert [number for number in seen if int(number) < 12] == written


@pytest.mark.parametrize("moderation", ["PENDING", "REJECTED"])
async def test_what_is_not_approved_is_not_shown(moderation: str, rows: Rows, bare_shop: Shop) -> None:
    """Not in a list, and not by its id."""
    product, author = await rows.product(slug="peach"), await rows.customer()
    shown = await rows.review(product, author, body="shown")
    hidden = await rows.review(product, author, body="hidden", moderation=moderation, moderation_reason="广告")
    assert await walk(bare_shop, LIST, PATH, slug="peach", sort="NEWEST", first=5) == ["shown"]
    nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Review { body } } }"
    asked = [ids.encode("Review", key) for key in (hidden, shown)]
    assert (await bare_shop.ask(nodes, ids=asked)).data["nodes"] == [None, {"body": "shown"}]


async def test_the_total_is_the_summarys_and_costs_nothing(rows: Rows, bare_shop: Shop) -> None:
    """Of all stars, and of one; no statement more than without it."""
    await rows.product(slug="peach", star_counts=[1, 0, 2, 4, 8], rating_sum=1 + 6 + 16 + 40)
    query = 'query ($rating: Int) { product(slug: "peach") { reviews(rating: $rating) { %s nodes { id } } } }'
    plain = await bare_shop.ask(query % "")
    for rating, total in ((None, 15), (1, 1), (2, 0), (5, 8)):
        answer = await bare_shop.ask(query % "totalCount", rating=rating)
        assert answer.data["product"]["reviews"]["totalCount"] == total
        assert len(answer.statements) == len(plain.statements)


async def test_the_demo_shops_summaries_are_exact(shop: Shop) -> None:
    """What stands beside a product is what counting its approved reviews gives."""
    wrong = """SELECT count(*) FROM product p WHERE p.star_counts IS DISTINCT FROM (
      SELECT array_agg(counted.number::int ORDER BY stars) FROM generate_series(1, 5) AS stars
      CROSS JOIN LATERAL (SELECT count(*) FROM review r WHERE r.product_id = p.id AND r.rating = stars
        AND r.moderation = 'APPROVED') AS counted(number))"""
    assert await shop.database.pool.fetchval(wrong) == 0


async def test_pages_of_several_products_are_each_its_own(rows: Rows, bare_shop: Shop) -> None:
    """One statement for all, and each product gets as many as it has."""
    for slug, numbers in (("peach", range(5)), ("fish", range(10, 12)), ("tea", range(0))):
        await write(rows, await rows.product(slug=slug), numbers)
    answer = await bare_shop.ask("{ products { nodes { slug reviews(first: 3) { nodes { body } } } } }")
    found = {
        node["slug"]: [each["body"] for each in node["reviews"]["nodes"]] for node in answer.data["products"]["nodes"]
    }
    assert found == {"peach": ["03", "02", "01"], "fish": ["11", "10"], "tea": []}
    assert len(answer.statements) == 2


async def test_a_strangers_name_is_masked(rows: Rows, bare_shop: Shop) -> None:
    """The statement joins the name, the answer shows its ends."""
    product = await rows.product(slug="peach")
    await rows.review(product, await rows.customer(display_name="王小明"))
    answer = await bare_shop.ask('{ product(slug: "peach") { reviews { nodes { author { name } isDemo } } } }')
    assert answer.data["product"]["reviews"]["nodes"] == [{"author": {"name": "王***明"}, "isDemo": True}]
    assert "王小明" not in answer.response.text
