"""Customers who buy over HTTP as the mini-program does, and try again whenever nothing answers."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import asyncpg
import httpx

from app.accounts.places import OPENID
from app.accounts.rules import CUSTOMER_SCOPES
from app.documents import files
from app.kit import clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.kit.vault import Vault
from app.settings import DEMO_SECRET
from app.tables import Database
from schema.documents import MINIPROGRAM
from tests.commands.programs import PATIENCE
from tests.rows import Rows

IDS = {each.name: each.id for each in files.read(MINIPROGRAM)}
AT_ONCE = 24
PRICES = (1000, 333, 1)
CARTS = """WITH made AS (
  INSERT INTO cart (customer_id, pickup_point_id, pickup_slot_id, created_at, touched_at)
  SELECT customer_id, $2, $3, $4, $4 FROM unnest($1::bigint[]) AS c(customer_id) RETURNING id, customer_id)
INSERT INTO cart_line (cart_id, sku_id, quantity, seen_price_fen, added_at)
SELECT made.id, sku.id, 1 + (made.customer_id + sku.place) % 2, sku.price, $4
FROM made CROSS JOIN unnest($5::bigint[], $6::bigint[]) WITH ORDINALITY AS sku(id, price, place)"""


async def fill_shop(owner: asyncpg.Connection, database: Database, vault: Vault, count: int) -> list[int]:
    """A point with one slot, SKUs of two lots each, and so many customers whose carts are full; the customers' ids."""
    rows, now = Rows(owner), clock.now()
    point = await rows.point()
    window = {
        name: now + timedelta(hours=hour) for name, hour in (("cutoff_at", 12), ("starts_at", 30), ("ends_at", 33))
    }
    slot = await rows.insert("pickup_slot", pickup_point_id=point, **window, capacity=count, reserved=0)
    skus = [await rows.sku(await rows.product(), price_fen=price) for price in PRICES]
    for sku in skus:
        for units in (count, 2 * count):
            lot = await rows.lot(sku, packed_on=None, expires_on=clock.today() + timedelta(days=9))
            stock = await rows.stock(point, sku, lot, on_hand=units)
            moved = {"kind": "RECEIVE", "on_hand_delta": units, "held_delta": 0, "caller": "machine", "moved_at": now}
            await rows.insert("stock_movement", stock_lot_id=stock, **moved)
    customers = [await rows.customer(is_demo=False) for _ in range(count)]
    for customer in customers:
        async with database.session(), db.transaction() as tx:
            openid = f"openid-{customer:024}"
            sealed = await vault.seal(tx, f"customer:{customer}", OPENID, openid)
            known = "UPDATE customer SET openid_sealed = $2, openid_index = $3 WHERE id = $1"
            await tx.execute(known, customer, sealed, vault.index(OPENID, openid))
    await owner.execute(CARTS, customers, point, slot, now, skus, list(PRICES))
    return customers


@dataclass(slots=True)
class Crowd:
    """Buyers in a hurry: so many at once, each until she has what she wants. `paid` grows, and wakes who waits."""

    shop: httpx.AsyncClient
    cashier: httpx.AsyncClient
    paid: dict[int, str] = field(default_factory=dict)  # WeChat's number of her charge, by customer
    orders: dict[int, str] = field(default_factory=dict)  # the order's id, by customer
    tries: int = 0
    _moved: asyncio.Condition = field(default_factory=asyncio.Condition)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def buy(self, customer: int, *, leaves_after: str = "") -> None:
        """From the full cart to the money; some leave after StartCheckout or PlaceOrder and never come back."""
        async with self._room, asyncio.timeout(PATIENCE):
            checkout = await self._ask(customer, "StartCheckout", "Checkout")
            if leaves_after == "StartCheckout":
                return
            placing = {"quote": checkout["quote"], "confirmsReturnExceptions": True}
            order = await self._ask(customer, "PlaceOrder", "Order", **placing, idempotencyKey=f"key-{customer:08}")
            self.orders[customer] = order["id"]
            if leaves_after == "PlaceOrder":
                return
            parameters = await self._ask(customer, "PayOrder", "PayParameters", orderId=order["id"])
            answer = await self.cashier.post("/stand-in/pay", json=parameters)
            self.paid[customer] = answer.json()["transaction_id"]
        async with self._moved:
            self._moved.notify_all()

    async def until_paid(self, count: int) -> None:
        """Waits until so many have paid."""
        async with self._moved, asyncio.timeout(PATIENCE):
            await self._moved.wait_for(lambda: len(self.paid) >= count)

    async def place_again(self, customer: int, quote: str) -> str:
        """The order that her key stands for, asked for once more."""
        placing = {"quote": quote, "confirmsReturnExceptions": True, "idempotencyKey": f"key-{customer:08}"}
        found: str = (await self._ask(customer, "PlaceOrder", "Order", **placing))["id"]
        return found

    async def _ask(self, customer: int, name: str, wanted: str, **variables: Any) -> dict[str, Any]:
        """What the document's one field answers, once it does; what the shop cannot answer just now is asked again."""
        sent = {"documentId": IDS[name], "variables": variables}
        headers = {
            "authorization": f"Bearer {token(customer)}",
            "x-forwarded-for": f"10.{customer // 65536}.{customer // 256 % 256}.{customer % 256}",
        }
        while True:
            self.tries += 1
            answer = await self._sent(sent, headers)
            data = (answer or {}).get("data")
            if data and None not in data.values():
                (found,) = data.values()
                if found["__typename"] == wanted:
                    return dict(found)
                assert found["__typename"] == "PaymentUnavailable", found
            await asyncio.sleep(0.05)

    async def _sent(self, sent: dict[str, Any], headers: dict[str, str]) -> dict[str, Any] | None:
        try:
            answer = await self.shop.post("/graphql", json=sent, headers=headers)
        except httpx.TransportError:
            return None
        return dict(answer.json()) if answer.is_success else None


def token(customer: int) -> str:
    """Her bearer token."""
    return Tokens([DEMO_SECRET]).issue(Caller(CallerKind.CUSTOMER, customer, CUSTOMER_SCOPES), timedelta(hours=1))
