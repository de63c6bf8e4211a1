"""Rows made from records are what Tortoise would have made."""

from app.catalog.enums import ProductStatus, SoldBy
from app.catalog.models import Category, Product
from app.kit import clock, db, rows
from app.kit.models import AuditEntry
from app.tables import Database
from app.traceability.enums import EventType
from app.traceability.models import TraceEvent

PRODUCTS = f"SELECT {rows.select(Product, 'p')}, p.price_from_fen * 2 AS twice FROM product p WHERE p.slug = $1"


async def a_product() -> Product:
    """A stored product in a stored category."""
    category = await Category.create(slug="leaf", name="叶菜", icon="🥬", position=1)
    return await Product.create(
        category=category,
        slug="spinach",
        name="菠菜",
        subtitle="",
        description="",
        sold_by="WEIGHT",
        return_policy="FRESH",
        storage="CHILLED",
        origin="昆明",
        allergens=["无"],
        shelf_life_days=5,
        min_days_left=1,
        price_from_fen=399,
        created_at=clock.now(),
        updated_at=clock.now(),
    )


async def test_a_row_is_as_tortoise_makes_it(database: Database) -> None:
    """Enums are members, arrays lists, times aware; the extra column is an attribute."""
    async with database.session():
        stored = await a_product()
        (row,) = await db.rows(Product, PRODUCTS, "spinach")
        same = await Product.get(id=stored.id)
    assert row.status is ProductStatus.DRAFT
    assert row.sold_by is SoldBy.WEIGHT
    assert row.twice == 798  # type: ignore[attr-defined]  # the computed column
    assert {name: getattr(row, name) for name in rows.columns_of(Product)} == {
        name: getattr(same, name) for name in rows.columns_of(Product)
    }
    assert row == same


async def test_a_row_can_be_changed_and_saved(database: Database) -> None:
    """It knows that it is stored, so that saving updates."""
    async with database.session():
        await a_product()
        (row,) = await db.rows(Product, PRODUCTS, "spinach")
        row.status = ProductStatus.PUBLISHED
        row.published_at = clock.now()
        await row.save()
        again = await Product.all()
    assert [(product.id, product.status) for product in again] == [(row.id, ProductStatus.PUBLISHED)]


async def test_json_is_decoded_and_null_enums_stay_null(database: Database) -> None:
    """What is jsonb comes as Python values, and can be written again by the model."""
    async with database.session():
        stored = await TraceEvent.create(
            event_type=EventType.OBJECT,
            event_hash="ni:///sha-256;" + "0" * 64 + "?ver=CBV2.0",
            event_time=clock.now(),
            event_offset="+08:00",
            recorded_at=clock.now(),
            action="ADD",
            biz_transactions=[{"type": "po", "n": 2**60}],
            ilmd={"品种": "大叶"},
            canonical="{}",
        )
        (row,) = await db.rows(TraceEvent, f"SELECT {rows.select(TraceEvent, 't')} FROM trace_event t")
    assert (row.id, row.biz_transactions, row.ilmd, row.stage) == (
        stored.id,
        [{"type": "po", "n": 2**60}],
        {"品种": "大叶"},
        None,
    )


def test_the_columns_of_a_model_are_its_database_columns_in_order() -> None:
    """A foreign key is its id."""
    assert rows.columns_of(Category) == ("id", "parent_id", "slug", "name", "icon", "position")
    assert rows.select(Category, "c", "category_") == (
        "c.id AS category_id, c.parent_id AS category_parent_id, c.slug AS category_slug, c.name AS category_name,"
        " c.icon AS category_icon, c.position AS category_position"
    )


def test_a_column_named_like_a_reference_is_a_column() -> None:
    """`entity_id` beside `entity` is a column of its own; `category_id` is what the reference is kept in."""
    assert {"entity", "entity_id"} <= set(rows.columns_of(AuditEntry))
    assert "category_id" in rows.columns_of(Product)
    assert "category" not in rows.columns_of(Product)
