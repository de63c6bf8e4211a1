"""Two raw ASGI applications that show what this HTTP server, event loop and driver can do at best.

They take the very requests of ProductDetail. `static` answers a body made beforehand; `one_statement` runs one
hand-written SQL whose text PostgreSQL has made into the whole JSON answer, and passes it through.
"""

import os
from typing import Any

import asyncpg
import orjson
from starlette.types import Receive, Scope, Send

from app.kit import ids

STATIC_BEGINS = b'{"data":{"product":{'
ONE_STATEMENT_BEGINS = b'{"data" : {"product" : {'  # as PostgreSQL spaces JSON

_STATIC = STATIC_BEGINS + b'"name":"' + b"x" * 10_000 + b'"}}}'
_HEADERS = [(b"content-type", b"application/json")]

_PAGE = """SELECT json_build_object('data', json_build_object('product', json_build_object(
  'slug', p.slug, 'name', p.name, 'subtitle', p.subtitle, 'description', p.description, 'soldBy', p.sold_by,
  'returnPolicy', p.return_policy, 'origin', p.origin, 'allergens', p.allergens, 'starCounts', p.star_counts,
  'category', (SELECT json_build_object('slug', c.slug, 'name', c.name) FROM category c WHERE c.id = p.category_id),
  'media', (SELECT json_agg(json_build_object('kind', m.kind, 'url', m.storage_key, 'alt', m.alt, 'width', m.width,
    'height', m.height) ORDER BY m.position) FROM media m WHERE m.product_id = p.id),
  'skus', (SELECT json_agg(json_build_object('code', s.code, 'spec', s.spec, 'price', s.price_fen,
    'available', (SELECT sum(t.on_hand - t.held) FROM stock_lot t WHERE t.sku_id = s.id AND t.pickup_point_id = $2)
    ) ORDER BY s.position) FROM sku s WHERE s.product_id = p.id AND s.is_active),
  'lot', (SELECT json_build_object('lotCode', l.lot_code, 'expiresOn', l.expires_on,
    'events', (SELECT json_agg(json_build_object('stage', e.stage, 'eventTime', e.event_time, 'bizStep', e.biz_step)
      ORDER BY e.event_time) FROM lot_event le JOIN trace_event e ON e.id = le.event_id WHERE le.lot_id = l.id),
    'reports', (SELECT json_agg(json_build_object('number', i.number, 'lab', i.lab, 'items', i.items))
      FROM inspection_report i WHERE i.lot_id = l.id))
    FROM sku s JOIN stock_lot t ON t.sku_id = s.id AND t.pickup_point_id = $2 JOIN lot l ON l.id = t.lot_id
    WHERE s.product_id = p.id AND t.on_hand > t.held ORDER BY l.expires_on LIMIT 1),
  'reviews', (SELECT json_agg(json_build_object('rating', r.rating, 'body', r.body, 'createdAt', r.created_at,
    'author', r.display_name)) FROM (SELECT r.*, a.display_name FROM review r JOIN customer a ON a.id = r.customer_id
    WHERE r.product_id = p.id AND r.moderation = 'APPROVED' ORDER BY r.created_at DESC, r.id DESC LIMIT 5) r)
)))::text FROM product p WHERE p.id = $1"""


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def _answer(send: Send, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [*_HEADERS, length]})
    await send({"type": "http.response.body", "body": body})


async def _live(receive: Receive, send: Send) -> None:
    """One half of an ASGI lifespan: says yes to whatever comes next."""
    kind = (await receive())["type"]
    await send({"type": f"{kind}.complete"})


async def static(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the request and answers ten kilobytes, about a product page."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        await _live(receive, send)
        return
    await _body(receive)
    await _answer(send, _STATIC)


async def _nothing(_: asyncpg.Connection) -> None:
    """What is undone when a connection goes back to the pool: the statement changed nothing."""


class _OneStatement:
    """One statement per request, on a pool that resets nothing."""

    _pool: asyncpg.Pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            async with asyncpg.create_pool(os.environ["DATABASE_URL"], reset=_nothing) as self._pool:
                await _live(receive, send)
                await _live(receive, send)
            return
        variables: dict[str, Any] = orjson.loads(await _body(receive))["variables"]
        product = ids.decode(variables["id"], "Product")
        point = ids.decode(variables["pickupPointId"], "PickupPoint")
        async with self._pool.acquire() as connection:
            text: str = await connection.fetchval(_PAGE, product, point)
        await _answer(send, text.encode())


one_statement = _OneStatement()
