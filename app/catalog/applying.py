"""Writes a content into the tables the public is answered from, in the transaction of its publication."""

from dataclasses import astuple
from datetime import datetime

from app.catalog.content import Content
from app.catalog.models import Category
from app.catalog.queries import CATEGORIES_ABOVE
from app.catalog.search import ProductSearch
from app.catalog.search_entry import SearchEntry, entry
from app.catalog.snapshots import Live
from app.kit import db
from app.kit.db import RequestConnection
from app.kit.rows import select

_PRODUCT = """UPDATE product SET category_id = $2, slug = $3, name = $4, subtitle = $5, description = $6, sold_by = $7,
  return_policy = $8, storage = $9, storage_min_c = $10, storage_max_c = $11, origin = $12, allergens = $13,
  shelf_life_days = $14, min_days_left = $15, price_from_fen = $16, status = 'PUBLISHED', published_at = $17,
  updated_at = $17 WHERE id = $1"""
# positions are unique: what is there steps aside first
_SKUS_ASIDE = "UPDATE sku SET position = -1 - position WHERE product_id = $1"
_SKUS = """INSERT INTO sku (product_id, position, code, gtin, spec, price_fen, list_price_fen, net_grams, pieces,
  is_catch_weight, max_per_order, is_active)
SELECT $1, wanted.place - 1, wanted.code, wanted.gtin, wanted.spec, wanted.price, wanted.listed, wanted.net,
  wanted.pieces, wanted.weighed, wanted.most, wanted.active
FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::int[], $8::smallint[], $9::bool[],
  $10::smallint[], $11::bool[]) WITH ORDINALITY
  AS wanted(code, gtin, spec, price, listed, net, pieces, weighed, most, active, place)
ON CONFLICT (code) DO UPDATE SET position = excluded.position, gtin = excluded.gtin, spec = excluded.spec,
  price_fen = excluded.price_fen, list_price_fen = excluded.list_price_fen, net_grams = excluded.net_grams,
  pieces = excluded.pieces, is_catch_weight = excluded.is_catch_weight, max_per_order = excluded.max_per_order,
  is_active = excluded.is_active WHERE sku.product_id = excluded.product_id"""
_DEACTIVATE = "UPDATE sku SET is_active = false WHERE product_id = $1 AND position < 0 AND is_active"
_BEHIND = """UPDATE sku SET position = behind.place FROM (
  SELECT id, $2::int - 1 + row_number() OVER (ORDER BY position DESC) AS place FROM sku
  WHERE product_id = $1 AND position < 0) AS behind WHERE sku.id = behind.id"""
# a price begins later than the one before, whatever a clock says
_PRICES = """INSERT INTO price_history (sku_id, price_fen, is_offer, effective_at)
SELECT s.id, s.price_fen, false, GREATEST($2, last.effective_at + interval '1 microsecond') FROM sku s
LEFT JOIN LATERAL (SELECT h.price_fen, h.effective_at FROM price_history h WHERE h.sku_id = s.id AND NOT h.is_offer
  ORDER BY h.effective_at DESC LIMIT 1) AS last ON true
WHERE s.product_id = $1 AND s.is_active AND last.price_fen IS DISTINCT FROM s.price_fen ORDER BY s.id"""
_NO_MEDIA = "DELETE FROM media WHERE product_id = $1 AND storage_key <> ALL($2)"
_MEDIA_ASIDE = "UPDATE media SET position = -1 - position WHERE product_id = $1"
_MEDIA_STAY = """UPDATE media m SET position = wanted.place - 1, alt = wanted.alt
FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS wanted(storage_key, alt, place)
WHERE m.product_id = $1 AND m.storage_key = wanted.storage_key"""
_MEDIA_NEW = """INSERT INTO media (product_id, position, storage_key, kind, alt, poster_key, width, height,
  duration_seconds, frame_count)
SELECT $1, wanted.place - 1, wanted.storage_key, wanted.kind, wanted.alt, wanted.poster_key, wanted.width,
  wanted.height, wanted.seconds, wanted.frames
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::smallint[], $9::smallint[])
  WITH ORDINALITY AS wanted(storage_key, kind, alt, poster_key, width, height, seconds, frames, place)
WHERE NOT EXISTS (SELECT FROM media m WHERE m.product_id = $1 AND m.storage_key = wanted.storage_key)"""
_FOUND_BY = f"SELECT {select(ProductSearch, 's')} FROM product_search s WHERE s.product_id = $1"
_ENTER = """INSERT INTO product_search (product_id, name, name_keys, topic_keys, keys) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (product_id) DO UPDATE SET name = excluded.name, name_keys = excluded.name_keys,
  topic_keys = excluded.topic_keys, keys = excluded.keys"""


async def apply_content(tx: RequestConnection, live: Live, content: Content, now: datetime) -> None:
    """Makes `content` what is published of the locked product of `live`, from `now` on.

    SKUs that the content has not got stay, as orders and stock know them, and are not sold any more. A price that
    changes is entered in the price history. The same number of statements for any content.

    Raises:
        asyncpg.UniqueViolationError: another product took a slug, code or GTIN since it was checked.
    """
    key = live.product.id
    own = astuple(content)[:-2]  # all but SKUs and media
    await tx.execute(_PRODUCT, key, *own, content.price_from_fen, now)
    await _write_skus(tx, key, content)
    await tx.execute(_PRICES, key, now)
    await _write_media(tx, key, content)
    await _enter_search(tx, live, content)


async def _write_skus(tx: RequestConnection, key: int, content: Content) -> None:
    await tx.execute(_SKUS_ASIDE, key)
    columns = [list(column) for column in zip(*map(astuple, content.skus), strict=True)]
    await tx.execute(_SKUS, key, *columns)
    await tx.execute(_DEACTIVATE, key)
    await tx.execute(_BEHIND, key, len(content.skus))


async def _write_media(tx: RequestConnection, key: int, content: Content) -> None:
    keys, alts = [each.storage_key for each in content.media], [each.alt for each in content.media]
    await tx.execute(_NO_MEDIA, key, keys)
    await tx.execute(_MEDIA_ASIDE, key)
    await tx.execute(_MEDIA_STAY, key, keys, alts)
    await tx.execute(_MEDIA_NEW, key, *(list(column) for column in zip(*map(astuple, content.media), strict=True)))


async def _enter_search(tx: RequestConnection, live: Live, content: Content) -> None:
    """Other names of the same food (土豆 for 洋芋) stand in the entry alone: what the old content does not explain."""
    key = live.product.id
    new, old = await _entry(content), await _entry(live.content)
    found = await db.rows(ProductSearch, _FOUND_BY, key)
    named = set(found[0].name_keys) - set(old.name_keys) if found else set()
    name_keys, keys = sorted(named | set(new.name_keys)), sorted(named | set(new.keys))
    await tx.execute(_ENTER, key, new.name, name_keys, new.topic_keys, keys)


async def _entry(content: Content) -> SearchEntry:
    shelves = [row.name for row in await db.rows(Category, CATEGORIES_ABOVE, content.category_id)]
    texts = {"origin": content.origin, "subtitle": content.subtitle, "description": content.description}
    return entry(name=content.name, aliases=(), shelves=shelves, **texts)
