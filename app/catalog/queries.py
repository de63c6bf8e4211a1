"""Reads of the catalogue. The public sees published products only, so these answer nothing else."""

from app.catalog.models import Category, Media, Product
from app.kit import db
from app.kit.rows import select

_CATEGORY = select(Category, "c")
_PRODUCT = select(Product, "p")
_MEDIA = select(Media, "m")

_CATEGORIES = f"SELECT {_CATEGORY} FROM category c ORDER BY c.position, c.id"
_CATEGORIES_BY_ID = f"SELECT {_CATEGORY} FROM category c WHERE c.id = ANY($1)"
_PRODUCTS_BY_ID = f"SELECT {_PRODUCT} FROM product p WHERE p.id = ANY($1) AND p.status = 'PUBLISHED'"
_PRODUCTS_BY_SLUG = f"SELECT {_PRODUCT} FROM product p WHERE p.slug = ANY($1) AND p.status = 'PUBLISHED'"
_MEDIA_BY_PRODUCT = f"SELECT {_MEDIA} FROM media m WHERE m.product_id = ANY($1) ORDER BY m.product_id, m.position"
_COVERS_BY_PRODUCT = f"""SELECT {_MEDIA} FROM unnest($1::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM media WHERE product_id = wanted.id AND kind = 'IMAGE' ORDER BY position LIMIT 1
) AS m"""
CATEGORIES_ABOVE = f"""WITH RECURSIVE above AS (
  SELECT id, parent_id FROM category WHERE id = $1
  UNION SELECT p.id, p.parent_id FROM category p JOIN above a ON p.id = a.parent_id
) SELECT {_CATEGORY} FROM category c JOIN above USING (id)"""
"""A category and those above it, in no order."""


async def categories() -> list[Category]:
    """All categories, by position; there are some dozens."""
    return await db.rows(Category, _CATEGORIES)


async def categories_by_id(ids: list[int]) -> list[Category]:
    """The categories with these ids, in no order."""
    return await db.rows(Category, _CATEGORIES_BY_ID, ids)


async def products_by_id(ids: list[int]) -> list[Product]:
    """The published products with these ids, in no order."""
    return await db.rows(Product, _PRODUCTS_BY_ID, ids)


async def products_by_slug(slugs: list[str]) -> list[Product]:
    """The published products with these slugs, in no order."""
    return await db.rows(Product, _PRODUCTS_BY_SLUG, slugs)


async def media_by_product(product_ids: list[int]) -> list[Media]:
    """All media of these products, each product's by position."""
    return await db.rows(Media, _MEDIA_BY_PRODUCT, product_ids)


async def covers_by_product(product_ids: list[int]) -> list[Media]:
    """The first image of each of these products that has one."""
    return await db.rows(Media, _COVERS_BY_PRODUCT, product_ids)
