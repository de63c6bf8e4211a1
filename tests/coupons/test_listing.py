"""The coupons one can claim now, by the shop's clock, in pages."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.rows import Rows, hours
from tests.shop import Shop
from tests.storefront.walking import pages, walk

LIST = """query ($first: Int!, $after: String) {
  coupons(first: $first, after: $after) { nodes { key: name } pageInfo { hasNextPage hasPreviousPage endCursor } }
}"""
PATH = ("coupons",)


async def test_those_that_end_soonest_come_first(rows: Rows, bare_shop: Shop) -> None:
    """Ties by id; the same at any page size."""
    for number, end in enumerate([5, 1, 5, 3, 1, 5, 9]):
        await rows.coupon(name=f"c{number}", claim_ends_at=hours(end))
    for first in (1, 2, 7, 50):
        assert await walk(bare_shop, LIST, PATH, first=first) == ["c1", "c4", "c3", "c0", "c2", "c5", "c6"]


async def test_pages_stay_true_while_coupons_come_and_go(rows: Rows, bare_shop: Shop) -> None:
    """One is taken to its last, one is added before and one behind the reader, between two pages."""
    for number in range(6):
        await rows.coupon(name=f"c{number}", claim_ends_at=hours(2 + number // 2))
    seen = []
    async for page in pages(bare_shop, LIST, PATH, first=2):
        seen += page
        if len(seen) == 2:
            await rows.connection.execute("UPDATE coupon SET claimed_count = usage_limit WHERE name IN ('c1', 'c3')")
            await rows.coupon(name="before", claim_ends_at=hours(1))
            await rows.coupon(name="behind", claim_ends_at=hours(8))
    assert seen == ["c0", "c1", "c2", "c4", "c5", "behind"]


@pytest.mark.parametrize(
    ("moment", "names"),
    [
        (hours(-2.001), []),
        (hours(-2), ["early"]),
        (hours(-1.001), ["early"]),
        (hours(-1), ["late"]),
        (hours(0.999), ["late"]),
        (hours(1), []),
    ],
)
async def test_a_coupon_is_claimable_from_its_start_until_before_its_end(
    moment: datetime, names: list[str], rows: Rows, bare_shop: Shop
) -> None:
    """By the moved clock; in the list, in its total, and on the product page alike."""
    await rows.product(slug="peach")
    await rows.coupon(name="early", claim_starts_at=hours(-2), claim_ends_at=hours(-1))
    await rows.coupon(name="late", claim_starts_at=hours(-1), claim_ends_at=hours(1))
    await rows.coupon(
        name="all gone", claim_starts_at=hours(-3), claim_ends_at=hours(3), usage_limit=5, claimed_count=5
    )
    query = '{ coupons { totalCount nodes { name } } product(slug: "peach") { coupons { name } } }'
    data = (await replace(bare_shop, now=moment).ask(query)).data
    assert [each["name"] for each in data["coupons"]["nodes"]] == names
    assert data["coupons"]["totalCount"] == len(names)
    assert [each["name"] for each in data["product"]["coupons"]] == names


async def test_the_total_is_counted_only_when_selected(rows: Rows, bare_shop: Shop) -> None:
    """Of all that can be claimed, whatever the page."""
    for _ in range(3):
        await rows.coupon()
    without = await bare_shop.ask("{ coupons(first: 1) { nodes { id } } }")
    counted = await bare_shop.ask("{ coupons(first: 1) { nodes { id } totalCount } }")
    assert counted.data["coupons"]["totalCount"] == 3
    assert (len(without.statements), len(counted.statements)) == (1, 2)


async def test_a_product_has_the_coupons_that_apply_to_it(rows: Rows, bare_shop: Shop) -> None:
    """For everything, for itself, for its category and for those above; least minimum spend first, none twice."""
    top = await rows.category()
    below = await rows.category(parent_id=top)
    peach = await rows.product(slug="peach", category_id=below)
    fish = await rows.product(slug="fish")
    spends = {"all": 3, "product": 1, "category": 4, "above": 2, "twice": 5, "other product": 1, "other category": 1}
    coupons = {}
    for name, spend in spends.items():
        scope = "ALL" if name == "all" else "PRODUCT" if "product" in name else "CATEGORY"
        facts = {"kind": "PERCENT", "amount_fen": None, "percent_off": 10, "cap_fen": 500}
        coupons[name] = await rows.coupon(name=name, scope=scope, minimum_spend_fen=spend * 100, **facts)
    for name, target in (
        ("product", {"product_id": peach}),
        ("other product", {"product_id": fish}),
        ("category", {"category_id": below}),
        ("above", {"category_id": top}),
        ("other category", {"category_id": await rows.category()}),
        ("twice", {"category_id": below}),
        ("twice", {"category_id": top}),
    ):
        await rows.insert("coupon_target", coupon_id=coupons[name], **target)
    answer = await bare_shop.ask('{ product(slug: "peach") { coupons { name } } }')
    names = [each["name"] for each in answer.data["product"]["coupons"]]
    assert names == ["product", "above", "all", "category", "twice"]
