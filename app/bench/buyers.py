"""Customers with full carts, who buy over HTTP as the mini-program does; WeChat Pay's stand-in takes their money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import orjson

from app.accounts.places import OPENID
from app.accounts.rules import CUSTOMER_SCOPES
from app.bench.load import WrongAnswerError, ask
from app.bench.workload import requests
from app.embedded.wechat_pay import orders
from app.embedded.wechat_pay.server import StandIn
from app.kit import db
from app.kit.caller import Caller, CallerKind
from app.kit.crypto import KeyRing
from app.kit.tokens import Tokens
from app.kit.vault import Vault
from app.settings import Settings
from app.tables import Database

LINES = 3  # of a cart, one unit each
DOCUMENTS = {"StartCheckout": "Checkout", "PlaceOrder": "Order", "PayOrder": "PayParameters"}
"""What a buyer asks for in turn, and the type each answers."""

_CUSTOMERS = """SELECT id FROM customer c WHERE status = 'ACTIVE' AND openid_index IS NULL
AND NOT EXISTS (SELECT FROM cart WHERE customer_id = c.id) ORDER BY id LIMIT $1"""
_SLOT = """UPDATE pickup_slot SET capacity = capacity + $1 WHERE id = (SELECT id FROM pickup_slot
WHERE cutoff_at > now() + interval '2 hours' ORDER BY starts_at, id LIMIT 1) RETURNING id, pickup_point_id"""
_STOCK = """SELECT min(t.id) AS id, t.sku_id, k.price_fen FROM stock_lot t JOIN sku k ON k.id = t.sku_id
JOIN product p ON p.id = k.product_id JOIN lot l ON l.id = t.lot_id JOIN pickup_slot s ON s.id = $1
WHERE t.pickup_point_id = s.pickup_point_id AND t.on_hand > t.held AND p.status = 'PUBLISHED' AND k.is_active
  AND NOT k.is_catch_weight AND l.status = 'SELLABLE' AND l.expires_on > s.starts_at::date + p.min_days_left + 2
  AND NOT EXISTS (SELECT FROM offer WHERE sku_id = k.id)
  AND NOT EXISTS (SELECT FROM gift_rule g WHERE k.id IN (g.sku_id, g.gift_sku_id))
GROUP BY t.sku_id, k.price_fen ORDER BY t.sku_id LIMIT $2"""
_RECEIVED = """WITH moved AS (UPDATE stock_lot SET on_hand = on_hand + $2 WHERE id = ANY($1) RETURNING id)
INSERT INTO stock_movement (stock_lot_id, kind, on_hand_delta, held_delta, caller, moved_at)
SELECT id, 'RECEIVE', $2, 0, 'system:bench', now() FROM moved"""
_CARTS = """WITH made AS (
  INSERT INTO cart (customer_id, pickup_point_id, pickup_slot_id, created_at, touched_at)
  SELECT c, $2, $3, now(), now() FROM unnest($1::bigint[]) AS c RETURNING id)
INSERT INTO cart_line (cart_id, sku_id, quantity, seen_price_fen, added_at)
SELECT made.id, s.id, 1, s.price, now() FROM made CROSS JOIN unnest($4::bigint[], $5::bigint[]) AS s(id, price)"""
_KNOWN = "UPDATE customer SET openid_sealed = $2, openid_index = $3 WHERE id = $1"


async def full_carts(owner: asyncpg.Connection, app_url: str, count: int) -> list[int]:
    """So many customers whom WeChat knows, each with LINES lines in her cart, all for one slot; their ids.

    Raises:
        WrongAnswerError: the shop has too few customers, products or slots.
    """
    customers = [each["id"] for each in await owner.fetch(_CUSTOMERS, count)]
    slot = await owner.fetchrow(_SLOT, count)
    stock = await owner.fetch(_STOCK, slot["id"], LINES) if slot else []
    if len(customers) < count or len(stock) < LINES:
        raise WrongAnswerError("the shop has too little to sell, or too few customers")
    await owner.execute(_RECEIVED, [each["id"] for each in stock], count)
    skus, prices = [each["sku_id"] for each in stock], [each["price_fen"] for each in stock]
    await owner.execute(_CARTS, customers, slot["pickup_point_id"], slot["id"], skus, prices)
    settings = Settings()
    vault = Vault(KeyRing.parse(settings.key_ring.get_secret_value()), settings.index_key.get_secret_value())
    database = await Database.open(app_url, size=1)
    try:
        async with database.session(), db.transaction() as tx:
            for customer in customers:
                openid = f"o-bench-{customer:020}"
                sealed = await vault.seal(tx, f"customer:{customer}", OPENID, openid)
                await tx.execute(_KNOWN, customer, sealed, vault.index(OPENID, openid))
    finally:
        await database.close()
    return customers


@dataclass(frozen=True, slots=True)
class Buyers:
    """They ask the shop on a port of this machine, each from an address of her own."""

    port: int
    stand_in: StandIn

    async def buy(self, customer: int) -> None:
        """From the full cart to the paid order: returns when the shop has taken the notification.

        Raises:
            WrongAnswerError: the shop answered anything else.
        """
        checkout = await self._ask(customer, "StartCheckout", {})
        placing = {"quote": checkout["quote"], "confirmsReturnExceptions": True}
        order = await self._ask(customer, "PlaceOrder", {**placing, "idempotencyKey": f"bench-{customer:08}"})
        parameters = await self._ask(customer, "PayOrder", {"orderId": order["id"]})
        orders.pay(self.stand_in.state, parameters, self.stand_in.now())
        if await self.stand_in.deliver() != 1:  # nothing was waited for since: the outbox has this one alone
            raise WrongAnswerError("the shop did not take WeChat Pay's notification")

    async def _ask(self, customer: int, name: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        tokens = Tokens([Settings().secret.get_secret_value()])
        token = tokens.issue(Caller(CallerKind.CUSTOMER, customer, CUSTOMER_SCOPES), timedelta(hours=1))
        address = f"10.{customer // 65536 % 256}.{customer // 256 % 256}.{customer % 256}"
        head = f"authorization: Bearer {token}\r\nx-forwarded-for: {address}\r\n"
        (request,) = requests(name, [variables], head.encode())
        answer = orjson.loads(await ask(self.port, request))
        found = next(iter((answer.get("data") or {}).values()), None) or {}
        if found.get("__typename") != DOCUMENTS[name]:
            raise WrongAnswerError(f"{name} answered {orjson.dumps(answer).decode()[:500]}")
        return dict(found)


async def paid(owner: asyncpg.Connection, customers: Sequence[int]) -> int:
    """How many of them have a paid order."""
    sql = "SELECT count(DISTINCT customer_id) FROM customer_order WHERE status = 'PAID' AND customer_id = ANY($1)"
    return int(await owner.fetchval(sql, list(customers)))
