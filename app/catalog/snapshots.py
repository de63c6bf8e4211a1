"""What the public sees of a product, read as a content under the lock that every move of its revisions takes."""

from collections.abc import Sequence
from typing import NamedTuple

from app.catalog.content import Content, MediaContent, SkuContent
from app.catalog.enums import ProductStatus
from app.catalog.errors import ProductNotFound
from app.catalog.list_price import ASKED_BEFORE, PRICE_BEGAN
from app.catalog.models import Media, Product, Sku
from app.kit import db
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.rows import select

_LOCK = f"SELECT {select(Product, 'p')} FROM product p WHERE p.id = $1 FOR NO KEY UPDATE"
_PRODUCTS = f"SELECT {select(Product, 'p')} FROM product p WHERE p.id = ANY($1) ORDER BY p.id"
_SKUS = f"SELECT {select(Sku, 's')} FROM sku s WHERE s.product_id = ANY($1) ORDER BY s.product_id, s.position"
_MEDIA = f"SELECT {select(Media, 'm')} FROM media m WHERE m.product_id = ANY($1) ORDER BY m.product_id, m.position"
# a price that stays began when it did, another one begins now
_LOWEST_BEFORE = f"""SELECT wanted.code, min(asked.price_fen) AS lowest
FROM unnest($3::text[], $4::bigint[]) AS wanted(code, price_fen)
JOIN sku s ON s.code = wanted.code AND s.product_id = $1
CROSS JOIN LATERAL (SELECT CASE WHEN s.price_fen = wanted.price_fen THEN
  COALESCE({PRICE_BEGAN}, $2) ELSE $2 END AS at) AS began
CROSS JOIN LATERAL ({ASKED_BEFORE}) AS asked GROUP BY wanted.code"""
_TAKEN = """SELECT 'slug' AS field FROM product WHERE slug = $2 AND id <> $1
UNION SELECT 'skus[' || code || '].code' FROM sku WHERE code = ANY($3) AND product_id <> $1
UNION SELECT 'skus[' || wanted.code || '].gtin' FROM unnest($3::text[], $4::text[]) AS wanted(code, gtin)
JOIN sku s ON s.gtin = wanted.gtin AND s.code <> wanted.code ORDER BY 1"""


class Live(NamedTuple):
    """A product's row and what stands in the public's tables of it."""

    product: Product
    content: Content

    @property
    def base(self) -> Content | None:
        """What a revision begins with; None while nothing was ever published."""
        return None if self.product.status is ProductStatus.DRAFT else self.content

    @property
    def base_hash(self) -> str | None:
        """The hash of that."""
        return None if self.base is None else self.base.hash


async def lock(tx: RequestConnection, product_id: int) -> Live:
    """The product, whose revisions nobody else moves before the transaction ends. Locked before any of them.

    Raises:
        NoTransactionError: outside a transaction.
        Refused: ProductNotFound.
    """
    tx.require_transaction()
    locked = await db.rows(Product, _LOCK, product_id)
    if not locked:
        raise Refused(ProductNotFound())
    return (await _with_parts(locked))[0]


async def live(product_ids: Sequence[int]) -> list[Live]:
    """What stands of these products, by id; three statements for any number. Drafts and unpublished ones too."""
    return await _with_parts(await db.rows(Product, _PRODUCTS, list(product_ids)))


async def lowest_before(live: Live, content: Content, now: object) -> dict[str, int | None]:
    """By SKU code, in fen, what a list price of `content` may not exceed; a SKU without a past is not in it."""
    codes, prices = [sku.code for sku in content.skus], [sku.price_fen for sku in content.skus]
    return {row["code"]: row["lowest"] for row in await db.fetch(_LOWEST_BEFORE, live.product.id, now, codes, prices)}


async def taken(product_id: int, content: Content) -> list[str]:
    """The fields whose value another product, or another SKU, has."""
    codes, gtins = [sku.code for sku in content.skus], [sku.gtin for sku in content.skus]
    own = [f"skus[{sku.code}].gtin" for at, sku in enumerate(content.skus) if sku.gtin in gtins[:at]]
    return [*own, *(row["field"] for row in await db.fetch(_TAKEN, product_id, content.slug, codes, gtins))]


async def _with_parts(products: list[Product]) -> list[Live]:
    keys = [product.id for product in products]
    skus, media = await db.rows(Sku, _SKUS, keys), await db.rows(Media, _MEDIA, keys)
    return [
        Live(
            product,
            _content(
                product,
                [sku for sku in skus if sku.product_id == product.id],
                [each for each in media if each.product_id == product.id],
            ),
        )
        for product in products
    ]


def _content(product: Product, skus: list[Sku], media: list[Media]) -> Content:
    return Content(
        category_id=product.category_id,
        slug=product.slug,
        name=product.name,
        subtitle=product.subtitle,
        description=product.description,
        sold_by=product.sold_by.value,
        return_policy=product.return_policy.value,
        storage=product.storage.value,
        storage_min_c=product.storage_min_c,
        storage_max_c=product.storage_max_c,
        origin=product.origin,
        allergens=tuple(sorted(set(product.allergens))),
        shelf_life_days=product.shelf_life_days,
        min_days_left=product.min_days_left,
        skus=tuple(_sku(each) for each in skus),
        media=tuple(_medium(each) for each in media),
    )


def _sku(row: Sku) -> SkuContent:
    names = SkuContent.__dataclass_fields__
    return SkuContent(**{name: getattr(row, name) for name in names})


def _medium(row: Media) -> MediaContent:
    names = MediaContent.__dataclass_fields__
    return MediaContent(**{name: getattr(row, name) for name in names} | {"kind": row.kind.value})
