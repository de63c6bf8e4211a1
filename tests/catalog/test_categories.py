"""The tree of categories as the catalogue's editors change it, by their registered documents."""

import asyncio
from typing import Any

import pytest

from app.documents import files
from app.kit import ids
from app.kit.caller import Caller, CallerKind
from schema.documents import TREE
from tests.http.toy import bearer
from tests.rows import Rows
from tests.shop import Answer, Shop

IDS = {each.name: each.id for each in files.read(TREE / "staff")}
EDITOR = Caller(CallerKind.STAFF, 1, frozenset({"catalog:write"}))
NOWHERE = ids.encode("Category", 2**62)
TREE_ROWS = "SELECT id, parent_id, slug, name, icon, position FROM category ORDER BY id"
AUDIT = "SELECT action, entity, entity_id FROM audit_entry ORDER BY id"
WRITTEN = "SELECT (SELECT count(*) FROM audit_entry), (SELECT count(*) FROM idempotent_answer)"
NEW = {"slug": "tea", "name": "茶", "icon": "🍵"}


@pytest.fixture(autouse=True)
def _tables(rows: Rows) -> None:
    rows.tables |= {"audit_entry", "audit_unsealed", "idempotent_answer", "category"}


async def send(shop: Shop, document: str, /, **given: Any) -> Answer:
    """A mutation's answer."""
    headers = {"accept-language": "en", **bearer(EDITOR)}
    return await shop.send(json={"documentId": IDS[document], "variables": {"input": given}}, headers=headers)


async def write(shop: Shop, document: str, /, **given: Any) -> dict[str, Any]:
    """The mutation's result."""
    (answer,) = (await send(shop, document, **given)).data.values()
    found: dict[str, Any] = answer
    return found


async def everything(rows: Rows) -> list[Any]:
    """The tree, and how much was noted."""
    return [*await rows.connection.fetch(TREE_ROWS), *await rows.connection.fetch(WRITTEN)]


def of(key: int) -> str:
    """A category's id."""
    return ids.encode("Category", key)


async def test_a_category_from_its_first_day_to_its_last(bare_shop: Shop, rows: Rows) -> None:
    """Made once, renamed, moved, put in order, deleted; each noted once."""
    drinks = await rows.category(slug="drinks")
    made = [await write(bare_shop, "CategoryCreate", idempotencyKey="category-1", **NEW) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0]["__typename"] == "Category"
    tea = {"categoryId": made[0]["id"]}
    for _ in range(2):
        assert (await write(bare_shop, "CategoryRename", **tea, name="茶叶"))["name"] == "茶叶"
    water = await rows.category(slug="water", parent_id=drinks, position=4)
    for _ in range(2):
        assert (await write(bare_shop, "CategoryMove", **tea, parentId=of(drinks)))["icon"] == "🍵"
    key = ids.decode(tea["categoryId"], "Category")
    assert await rows.connection.fetchrow("SELECT parent_id, position FROM category WHERE id = $1", key) == (drinks, 5)
    order = {"parentId": of(drinks), "categoryIds": [tea["categoryId"], of(water)]}
    for _ in range(2):
        ordered = await write(bare_shop, "CategoryReorder", **order)
        assert [each["slug"] for each in ordered["categories"]] == ["tea", "water"]
    shown = await bare_shop.ask("{ categories { slug children { slug } } }")
    assert shown.data["categories"] == [{"slug": "drinks", "children": [{"slug": "tea"}, {"slug": "water"}]}]
    gone = await write(bare_shop, "CategoryDelete", **tea)
    assert gone == {"__typename": "DeletedCategory", "category": {"id": tea["categoryId"], "slug": "tea"}}
    assert (await write(bare_shop, "CategoryDelete", **tea))["__typename"] == "CategoryNotFound"
    noted = [tuple(row) for row in await rows.connection.fetch(AUDIT)]
    assert noted == [
        ("create", "Category", key),
        ("rename", "Category", key),
        ("move", "Category", key),
        ("reorder", "Category", drinks),
        ("delete", "Category", key),
    ]


async def test_refusals_are_data_and_change_nothing(bare_shop: Shop, rows: Rows) -> None:
    """A slug that is taken, circles of one and of three, strangers in an order, what stands below, nowhere."""
    top = await rows.category(slug="top")
    middle = await rows.category(parent_id=top)
    low = await rows.category(parent_id=middle)
    await rows.product(category_id=middle, status="DRAFT", published_at=None)
    before = await everything(rows)
    for document, given, refusal in (
        ("CategoryCreate", {"idempotencyKey": "refused-1", **NEW, "slug": "top"}, "CategorySlugTaken"),
        ("CategoryCreate", {"idempotencyKey": "refused-1", **NEW, "parentId": NOWHERE}, "CategoryNotFound"),
        ("CategoryRename", {"categoryId": NOWHERE, "name": "茶"}, "CategoryNotFound"),
        ("CategoryMove", {"categoryId": NOWHERE, "parentId": None}, "CategoryNotFound"),
        ("CategoryMove", {"categoryId": of(top), "parentId": NOWHERE}, "CategoryNotFound"),
        ("CategoryMove", {"categoryId": of(top), "parentId": of(top)}, "CategoryAboveItself"),
        ("CategoryMove", {"categoryId": of(top), "parentId": of(low)}, "CategoryAboveItself"),
        ("CategoryReorder", {"categoryIds": [of(top), of(middle)]}, "CategoriesNotSiblings"),
        ("CategoryReorder", {"categoryIds": [of(top), of(top)]}, "CategoriesNotSiblings"),
        ("CategoryReorder", {"categoryIds": []}, "CategoriesNotSiblings"),
        ("CategoryReorder", {"parentId": NOWHERE, "categoryIds": []}, "CategoriesNotSiblings"),
        ("CategoryDelete", {"categoryId": NOWHERE}, "CategoryNotFound"),
    ):
        answer = await write(bare_shop, document, **given)
        assert answer["__typename"] == refusal
        assert answer["message"]
    full = await write(bare_shop, "CategoryDelete", categoryId=of(middle))
    assert (full["__typename"], full["categories"], full["products"]) == ("CategoryNotEmpty", 1, 1)
    assert full["message"] == "1 categories and 1 products stand below it."
    assert await everything(rows) == before


@pytest.mark.parametrize(
    "wrong", [{"slug": "Tea"}, {"slug": ""}, {"slug": "t" * 61}, {"name": " "}, {"name": "茶" * 41}, {"icon": ""}]
)
async def test_a_category_that_cannot_be(wrong: dict[str, str], bare_shop: Shop, rows: Rows) -> None:
    """Bad input; nothing is written."""
    before = await everything(rows)
    answer = await send(bare_shop, "CategoryCreate", idempotencyKey="wrong-123", **NEW | wrong)
    assert answer.codes == ["BAD_USER_INPUT"]
    assert await everything(rows) == before


async def test_two_moves_at_once_close_no_circle(bare_shop: Shop, rows: Rows) -> None:
    """Each alone would be allowed; the second waits for the first and is refused."""
    one, other = await rows.category(), await rows.category()
    answers = await asyncio.gather(
        write(bare_shop, "CategoryMove", categoryId=of(one), parentId=of(other)),
        write(bare_shop, "CategoryMove", categoryId=of(other), parentId=of(one)),
    )
    assert sorted(answer["__typename"] for answer in answers) == ["Category", "CategoryAboveItself"]
    assert await rows.connection.fetchval("SELECT count(*) FROM category WHERE parent_id IS NULL") == 1
