"""A shop in which people buy: real rows, the real gateway client, WeChat Pay's stand-in, one clock."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from app import worker
from app.accounts.places import OPENID
from app.kit import clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.errors import Refused
from app.kit.vault import Vault
from app.orders import placing, queries, quoting
from app.orders.enums import CancelReason
from app.orders.models import Order
from app.orders.outcomes import OrderOutcomes
from app.orders.placing import Asked, Buyer
from app.orders.quoting import Checkout
from app.orders.till import Till
from app.tables import Database
from tests.payments import till as payments_till
from tests.payments.counter import Counter, opened, phone
from tests.rows import Rows, hours
from tests.shop import SECRET

# each counter beside what its ledger or its live lines add up to; any row is a difference
DIFFERENCES = """
SELECT 'stock held' AS what, s.id, s.held::bigint AS counter, coalesce(sum(h.quantity), 0)::bigint AS lines
FROM stock_lot s LEFT JOIN stock_hold h ON h.stock_lot_id = s.id AND h.ended_at IS NULL
GROUP BY s.id HAVING s.held <> coalesce(sum(h.quantity), 0)
UNION ALL SELECT 'stock ledger', s.id, s.held, coalesce(sum(m.held_delta), 0)
FROM stock_lot s LEFT JOIN stock_movement m ON m.stock_lot_id = s.id
GROUP BY s.id HAVING s.held <> coalesce(sum(m.held_delta), 0)
UNION ALL SELECT 'stock on hand', s.id, s.on_hand, coalesce(sum(m.on_hand_delta), 0)
FROM stock_lot s LEFT JOIN stock_movement m ON m.stock_lot_id = s.id
GROUP BY s.id HAVING s.on_hand <> coalesce(sum(m.on_hand_delta), 0)
UNION ALL SELECT 'slot', s.id, s.reserved, count(h.id)
FROM pickup_slot s LEFT JOIN slot_hold h ON h.pickup_slot_id = s.id AND h.released_at IS NULL
GROUP BY s.id HAVING s.reserved <> count(h.id)
UNION ALL SELECT 'offer', o.id, o.sold, coalesce(sum(h.quantity), 0)
FROM offer o LEFT JOIN offer_hold h ON h.offer_id = o.id AND h.released_at IS NULL
GROUP BY o.id HAVING o.sold <> coalesce(sum(h.quantity), 0)
UNION ALL SELECT 'coupon used', c.id, count(r.id) FILTER (WHERE r.kind = 'REDEEM'),
  count(r.id) FILTER (WHERE r.kind = 'RESTORE') + (SELECT count(*) FROM customer_order o
    WHERE o.coupon_code_id = c.id AND o.status NOT IN ('CANCELLED', 'EXPIRED'))
FROM coupon_code c LEFT JOIN coupon_redemption r ON r.coupon_code_id = c.id
GROUP BY c.id HAVING count(r.id) FILTER (WHERE r.kind = 'REDEEM') <> count(r.id) FILTER (WHERE r.kind = 'RESTORE')
  + (SELECT count(*) FROM customer_order o WHERE o.coupon_code_id = c.id AND o.status NOT IN ('CANCELLED', 'EXPIRED'))
UNION ALL SELECT 'order lines', o.id, o.total_fen, sum(l.total_fen)
FROM customer_order o JOIN order_line l ON l.order_id = o.id GROUP BY o.id HAVING o.total_fen <> sum(l.total_fen)
UNION ALL SELECT 'line lots', l.id, l.quantity + s.units, coalesce(sum(t.quantity), 0)
FROM order_line l LEFT JOIN order_line_lot t ON t.order_line_id = l.id
CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS units FROM substitution
  WHERE order_line_id = l.id AND state = 'ACCEPTED') s
GROUP BY l.id, s.units HAVING l.quantity + s.units <> coalesce(sum(t.quantity), 0)
UNION ALL SELECT 'units short', l.id, l.short_quantity, coalesce(sum(s.quantity), 0)
FROM order_line l LEFT JOIN order_line_short s ON s.order_line_id = l.id
GROUP BY l.id HAVING l.short_quantity <> coalesce(sum(s.quantity), 0)
UNION ALL SELECT 'held for orders', o.id, h.units, l.units
FROM customer_order o CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS units FROM stock_hold
  WHERE hold_id = o.hold_id AND ended_at IS NULL) h
CROSS JOIN LATERAL (SELECT sum(quantity - short_quantity) AS units FROM order_line WHERE order_id = o.id) l
WHERE o.status NOT IN ('CANCELLED', 'EXPIRED', 'COLLECTED') AND h.units <> l.units
UNION ALL SELECT 'held for substitutes', s.id, CASE WHEN s.state IN ('OFFERED', 'ACCEPTED')
    AND o.status NOT IN ('CANCELLED', 'EXPIRED', 'COLLECTED') THEN s.quantity ELSE 0 END, h.units
FROM substitution s JOIN order_line l ON l.id = s.order_line_id JOIN customer_order o ON o.id = l.order_id
CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS units FROM stock_hold
  WHERE hold_id = s.hold_id AND ended_at IS NULL) h
WHERE h.units <> CASE WHEN s.state IN ('OFFERED', 'ACCEPTED')
  AND o.status NOT IN ('CANCELLED', 'EXPIRED', 'COLLECTED') THEN s.quantity ELSE 0 END
UNION ALL SELECT 'order refunds', o.id, o.refund_granted_fen, coalesce(sum(r.amount_fen), 0)
FROM customer_order o LEFT JOIN order_refund r ON r.order_id = o.id
GROUP BY o.id HAVING o.refund_granted_fen <> coalesce(sum(r.amount_fen), 0)
UNION ALL SELECT 'line refunds', l.id, l.refund_granted_fen, coalesce(sum(r.amount_fen), 0)
FROM order_line l LEFT JOIN order_refund r ON r.order_line_id = l.id
GROUP BY l.id HAVING l.refund_granted_fen <> coalesce(sum(r.amount_fen), 0)
UNION ALL SELECT 'holds of what is over', o.id, 0, count(h.id)
FROM customer_order o JOIN stock_hold h ON h.hold_id = o.hold_id AND h.ended_at IS NULL
WHERE o.status IN ('CANCELLED', 'EXPIRED', 'COLLECTED') GROUP BY o.id
UNION ALL SELECT 'paid orders', o.id, 0, 1
FROM customer_order o JOIN payment p ON p.id = o.payment_id
WHERE (o.paid_at IS NULL) <> (p.paid_at IS NULL) OR o.paid_at IS NOT NULL AND p.amount_fen <> o.total_fen
"""


@dataclass(slots=True)
class Market:
    """One pickup point with a slot for tomorrow evening; what is sold there, and who buys."""

    database: Database
    rows: Rows
    vault: Vault
    point: int
    slot: int
    counter: Counter
    till: Till
    skus: list[int] = field(default_factory=list)
    stock_lots: list[int] = field(default_factory=list)
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)  # the owner's one connection

    async def opens(self, starts: float, *, capacity: int = 100, point: int | None = None) -> int:
        """Another slot, of three hours that begin so many hours from now, with its cut-off 18 hours before; its id."""
        window = {"starts_at": hours(starts), "ends_at": hours(starts + 3), "cutoff_at": hours(starts - 18)}
        given = {"pickup_point_id": point or self.point, **window, "capacity": capacity, "reserved": 0}
        return await self.rows.insert("pickup_slot", **given)

    async def sells(self, units: int, *, keeps: int = 10, **sku: Any) -> int:
        """A new SKU with so many units of one lot that keeps so many days; its id."""
        sku_id = await self.rows.sku(await self.rows.product(**sku.pop("product", {})), **sku)
        await self.stocked(sku_id, units, keeps)
        self.skus.append(sku_id)
        return sku_id

    async def stocked(self, sku_id: int, units: int, keeps: int) -> int:
        """So many units more, of another lot; the lot's id."""
        expires = clock.today().toordinal() + keeps
        lot = await self.rows.lot(sku_id, expires_on=clock.today().fromordinal(expires))
        stock_lot = await self.rows.stock(self.point, sku_id, lot, on_hand=units)
        moved = {
            "kind": "RECEIVE",
            "on_hand_delta": units,
            "held_delta": 0,
            "caller": "machine",
            "moved_at": clock.now(),
        }
        await self.rows.insert("stock_movement", stock_lot_id=stock_lot, **moved)
        self.stock_lots.append(stock_lot)
        return lot

    async def customer(self) -> int:
        """Somebody WeChat knows; her id."""
        customer_id = await self.rows.customer(is_demo=False)
        async with self.database.session(), db.transaction() as tx:
            openid = f"openid-{customer_id:024}"
            sealed = await self.vault.seal(tx, f"customer:{customer_id}", OPENID, openid)
            sql = "UPDATE customer SET openid_sealed = $2, openid_index = $3 WHERE id = $1"
            await tx.execute(sql, customer_id, sealed, self.vault.index(OPENID, openid))
        return customer_id

    async def fills(
        self, customer_id: int, quantities: Mapping[int, int], *, slot: int | None = None, coupon: int | None = None
    ) -> None:
        """Her cart holds this, for the slot, with a coupon code."""
        async with self.writing:
            await self._fills(customer_id, quantities, slot, coupon)

    async def _fills(
        self, customer_id: int, quantities: Mapping[int, int], slot: int | None, coupon: int | None
    ) -> None:
        owner = self.rows.connection
        await owner.execute(
            """INSERT INTO cart (customer_id, pickup_point_id, pickup_slot_id, coupon_code_id, created_at, touched_at)
            VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (customer_id) DO UPDATE
            SET pickup_slot_id = $3, coupon_code_id = $4""",
            customer_id,
            self.point,
            slot or self.slot,
            coupon,
            clock.now(),
        )
        cart = await owner.fetchval("SELECT id FROM cart WHERE customer_id = $1", customer_id)
        await owner.execute("DELETE FROM cart_line WHERE cart_id = $1", cart)
        for sku_id, quantity in quantities.items():
            await owner.execute(
                """INSERT INTO cart_line (cart_id, sku_id, quantity, seen_price_fen, added_at)
                VALUES ($1, $2, $3, 1000, $4)""",
                cart,
                sku_id,
                quantity,
                clock.now(),
            )

    async def starts(self, customer_id: int, address: str = "") -> Checkout:
        """She checks out."""
        index = self.till.address_index(address or f"address of {customer_id}")
        async with self.database.session():
            return await quoting.start(self.till.quotes, caller_of(customer_id), customer_id, index, None)

    async def places(self, customer_id: int, quote: str, key: str = "", *, confirms: bool = False) -> Order:
        """She places the order of a quote."""
        buyer = Buyer(caller_of(customer_id), customer_id, self.till.address_index(f"address of {customer_id}"))
        async with self.database.session():
            asked = Asked(quote, confirms)
            return await placing.place(self.till.quotes, buyer, asked, key or f"key-of-{customer_id:08}")

    async def buys(self, customer_id: int, quantities: Mapping[int, int], **chosen: Any) -> Order:
        """From the cart to the order, not paid."""
        await self.fills(customer_id, quantities, **chosen)
        return await self.places(
            customer_id, (await self.starts(customer_id)).text, f"key-{quantities}"[:64].replace(" ", "")
        )

    async def pays(self, order: Order) -> None:
        """She types her password; nobody is told yet."""
        async with self.database.session():
            parameters = await self.till.paying.prepare(order.customer_id, order.id)
        await self.counter.pay(parameters)

    async def tries_to_pay(self, order: Order) -> None:
        """As `pays`, for who may have paid at WeChat before."""
        async with self.database.session():
            parameters = await self.till.paying.prepare(order.customer_id, order.id)
        await self.counter.play("pay", phone(parameters))

    async def told(self) -> int:
        """WeChat tells of all that happened; how many notifications were taken."""
        return await self.counter.stand_in.deliver()

    async def paid(self, customer_id: int, quantities: Mapping[int, int], **chosen: Any) -> Order:
        """From the cart to the paid order."""
        order = await self.buys(customer_id, quantities, **chosen)
        await self.pays(order)
        await self.told()
        return await self.order(order.id)

    async def order(self, order_id: int) -> Order:
        """As it is now."""
        async with self.database.session():
            return (await queries.by_ids([order_id]))[0]

    async def cancels(self, order: Order) -> Order:
        """Its customer cancels it."""
        async with self.database.session():
            return await self.till.ending.cancel_own(caller_of(order.customer_id), order.customer_id, order.id)

    async def cancels_for_shop(self, order: Order) -> Order:
        """The shop cancels it."""
        async with self.database.session():
            clerk = Caller(CallerKind.STAFF, 1, frozenset({"orders:write"}))
            return await self.till.ending.cancel_for_shop(clerk, order.id, CancelReason.SHOP, "停电")

    async def sweeps(self) -> None:
        """The job that lets go what is held beyond its time."""
        async with self.database.session():
            await worker._HANDLERS["holds.sweep"]({})

    async def expires(self) -> None:
        """The job that ends what nobody paid."""
        async with self.database.session():
            await self.till.ending.expire_late({})

    async def refunds(self) -> None:
        """The jobs that move granted money."""
        async with self.writing:
            await self.counter.refund_all()

    async def value(self, sql: str, *args: Any) -> Any:
        """What a statement answers, as the owner."""
        return await self.rows.connection.fetchval(sql, *args)

    async def balance(self) -> list[tuple[Any, ...]]:
        """Where counters and ledgers differ: nowhere, whatever happened."""
        found = [tuple(each) for each in await self.rows.connection.fetch(DIFFERENCES)]
        return found + [tuple(each) for each in await self.rows.connection.fetch(payments_till.UNBALANCED)]

    async def everything(self) -> list[tuple[Any, ...]]:
        """What may not have changed when something was refused."""
        sql = """SELECT (SELECT json_agg(t ORDER BY id)::text FROM customer_order t),
          (SELECT json_agg(t ORDER BY id)::text FROM stock_lot t), (SELECT count(*) FROM stock_movement),
          (SELECT json_agg(t ORDER BY id)::text FROM pickup_slot t), (SELECT json_agg(t ORDER BY id)::text FROM hold t),
          (SELECT json_agg(t ORDER BY id)::text FROM payment t), (SELECT count(*) FROM coupon_redemption),
          (SELECT json_agg(t ORDER BY id)::text FROM cart_line t),
          (SELECT json_agg(t ORDER BY id)::text FROM order_line t), (SELECT count(*) FROM order_line_short),
          (SELECT json_agg(t ORDER BY id)::text FROM substitution t), (SELECT count(*) FROM order_event),
          (SELECT count(*) FROM audit_entry), (SELECT count(*) FROM granted_refund)"""
        return [tuple(each) for each in await self.rows.connection.fetch(sql)]


def caller_of(customer_id: int) -> Caller:
    """The customer who asks."""
    return Caller(CallerKind.CUSTOMER, customer_id, frozenset({"me"}))


async def reason(refused: Any) -> str:
    """Why something was refused, or the kind of what came instead."""
    try:
        return type(await refused).__name__
    except Refused as why:
        return type(why.reason).__name__


@asynccontextmanager
async def open_market(
    database: Database, owner: asyncpg.Connection, vault: Vault, *, capacity: int = 100
) -> AsyncIterator[Market]:
    """A market over an empty database."""
    rows = Rows(owner)
    point = await rows.point()
    window = {"starts_at": hours(30), "ends_at": hours(33), "cutoff_at": hours(12)}
    slot = await rows.insert("pickup_slot", pickup_point_id=point, **window, capacity=capacity, reserved=0)
    payer = payments_till.Till(database, owner, await rows.customer())
    async with opened(payer, vault, OrderOutcomes()) as counter:
        yield Market(database, rows, vault, point, slot, counter, Till.of(vault, counter.gateway, SECRET))
