"""A clerk at the counter of the market, and orders brought to her desk."""

from typing import Any

from app.kit.caller import Caller, CallerKind
from app.orders import handing_over, picking, queries, substitutions
from app.orders.enums import CancelReason
from app.orders.models import Order, OrderLine, Substitution
from app.orders.picking import Missing
from tests.orders.market import Market, caller_of
from tests.shop import NOW

SCOPES = frozenset({"pickup:serve"})


class Clerk:
    """A member of staff who serves the market's point, or another."""

    def __init__(self, market: Market, caller: Caller) -> None:
        self.market = market
        self.caller = caller
        self._keys = 0

    @classmethod
    async def at(cls, market: Market, point: int | None = None, name: str = "clerk") -> "Clerk":
        """A new clerk who serves one point."""
        rows = market.rows
        given = {"username": name, "name": "小李", "is_active": True, "created_at": NOW}
        staff = await rows.insert("staff", **given)
        await rows.insert("staff_pickup_point", staff_id=staff, pickup_point_id=point or market.point)
        return cls(market, Caller(CallerKind.STAFF, staff, SCOPES))

    @property
    def key(self) -> str:
        """A new idempotency key."""
        self._keys += 1
        return f"clerk-key-{self._keys}"

    async def starts(self, order: Order) -> Order:
        """Begins to pack it."""
        async with self.market.database.session():
            return await picking.start(self.caller, order.id)

    async def weighs(self, line: OrderLine, grams: int) -> Order:
        """Weighs a line."""
        async with self.market.database.session():
            return await picking.record_weight(self.caller, line.id, grams)

    async def shorts(self, line: OrderLine, quantity: int, *, writes_off: bool = False, key: str = "") -> Order:
        """Leaves units out."""
        missing = Missing(line.id, quantity, writes_off, "缺货")
        async with self.market.database.session():
            return await picking.short_pick(self.caller, idempotency_key=key or self.key, missing=missing)

    async def offers(self, line: OrderLine, sku_id: int, quantity: int, *, writes_off: bool = False) -> Order:
        """Offers something else."""
        missing = Missing(line.id, quantity, writes_off, "缺货")
        async with self.market.database.session():
            return await substitutions.offer(self.caller, idempotency_key=self.key, missing=missing, sku_id=sku_id)

    async def cancels_lines(self, order: Order, lines: list[tuple[int, int]]) -> Order:
        """Cancels units of it."""
        async with self.market.database.session():
            return await picking.cancel_lines(
                self.caller, idempotency_key=self.key, order_id=order.id, lines=lines, reason=CancelReason.SHOP
            )

    async def readies(self, order: Order) -> Order:
        """Marks it as packed."""
        async with self.market.database.session():
            return await picking.mark_ready(self.caller, order.id)

    async def hands_over(self, code: str | None, key: str = "", point: int | None = None) -> Order:
        """Hands the order with a code over."""
        async with self.market.database.session():
            return await handing_over.hand_over(self.caller, key or self.key, point or self.market.point, code or "")


async def lines_of(market: Market, order: Order) -> list[OrderLine]:
    """As they are now, by position."""
    async with market.database.session():
        return await queries.lines_by_order([order.id])


async def offer_of(market: Market, order: Order) -> Substitution:
    """The last that was offered for the order."""
    async with market.database.session():
        lines = await queries.lines_by_order([order.id])
        return (await queries.substitutions_by_line([line.id for line in lines]))[-1]


async def answers(market: Market, order: Order, customer: int, *, accepts: bool) -> Order:
    """A customer answers what was offered for the order."""
    offered = await offer_of(market, order)
    async with market.database.session():
        return await substitutions.answer(caller_of(customer), customer, offered.id, accepts=accepts)


async def ready(market: Market, clerk: Clerk, quantities: Any) -> Order:
    """A paid order, packed by the clerk."""
    order = await market.paid(await market.customer(), quantities)
    await clerk.starts(order)
    return await clerk.readies(order)
