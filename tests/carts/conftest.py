"""A customer, a visitor and a shelf to buy from."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.carts import service
from app.carts.queries import CartView
from app.carts.service import Owner
from app.kit import clock
from app.kit.caller import Caller, CallerKind
from tests.rows import Rows, days, hours
from tests.shop import NOW, Shop

ADDRESS = b"a" * 32


@dataclass(slots=True)
class Stall:
    """Rows to buy, and writes of carts at NOW, each in a session of its own."""

    shop: Shop
    rows: Rows
    point: int
    slot: int
    keys: int = 0

    async def sku(self, on_hand: int = 20, expires_in: int = 10, price_fen: int = 1000, **given: Any) -> int:
        """A SKU of a product of its own, of which so many units stand at the point in one lot."""
        made = await self.rows.sku(await self.rows.product(), price_fen=price_fen, **given)
        if on_hand:
            await self.stock(made, on_hand, expires_in)
        return made

    async def stock(self, sku: int, on_hand: int, expires_in: int) -> int:
        """One more lot of a SKU at the point."""
        lot = await self.rows.lot(sku, expires_on=days(expires_in))
        counted = {"on_hand": on_hand, "held": 0, "updated_at": NOW}
        return await self.rows.insert("stock_lot", pickup_point_id=self.point, sku_id=sku, lot_id=lot, **counted)

    async def code(self, coupon: int, customer_id: int, ordinal: int = 1, **given: Any) -> int:
        """A code of a coupon in a customer's hands, good for a week."""
        values = {"code": f"CODE{coupon}X{customer_id}X{ordinal}"[:20], "ordinal": ordinal, "ordinal_limit": 9}
        times = {"claimed_at": NOW - timedelta(hours=1), "expires_at": NOW + timedelta(days=7)}
        return await self.rows.insert(
            "coupon_code", coupon_id=coupon, customer_id=customer_id, **values | times | given
        )

    async def gift(self, sku: int, gift_sku: int, **given: Any) -> int:
        """A rule that gives one for one, from an hour ago for two."""
        rule = {"sku_id": sku, "gift_sku_id": gift_sku, "buy_quantity": 1, "gift_quantity": 1, "given": 0}
        when = {"starts_at": hours(-1), "ends_at": hours(1), "is_active": True, "created_at": hours(-2)}
        return await self.rows.insert("gift_rule", **rule | when | given)

    async def visitor(self) -> tuple[Owner, str]:
        """A visitor's new cart, and its token."""
        async with self.shop.database.session():
            view = await service.create(None, ADDRESS)
        assert view.token is not None
        return Owner.of(None, view.token), view.token

    async def customer(self) -> Owner:
        """A customer without a cart."""
        return Owner(await self.rows.customer(), None)

    async def add(self, owner: Owner, sku: int, quantity: int = 1, key: str | None = None) -> CartView:
        """So many units more."""
        self.keys += 1
        caller = Caller(CallerKind.CUSTOMER, owner.customer_id) if owner.customer_id else Caller(CallerKind.VISITOR)
        async with self.shop.database.session():
            return await service.add(caller, owner, sku, quantity, key or f"key-{self.keys:08}")

    async def pickup(self, owner: Owner) -> CartView:
        """The cart, to be collected at the point in its slot."""
        async with self.shop.database.session():
            return await service.choose_pickup(owner, self.point, self.slot)

    async def lines(self) -> list[tuple[int, int]]:
        """SKU and quantity of every line of every cart."""
        found = await self.rows.connection.fetch("SELECT sku_id, quantity FROM cart_line ORDER BY cart_id, id")
        return [tuple(row) for row in found]

    async def run(self, sql: str, *args: Any) -> None:
        """Changes rows as the owner."""
        await self.rows.connection.execute(sql, *args)


@pytest.fixture
async def stall(bare_shop: Shop, rows: Rows) -> AsyncIterator[Stall]:
    """An open point with a slot tomorrow evening; what carts write is taken away after the test."""
    rows.tables |= {"cart", "cart_line", "idempotent_answer", "offer_hold", "gift_hold", "coupon_code"}
    point = await rows.point()
    window = {"starts_at": hours(31), "ends_at": hours(34), "cutoff_at": hours(12)}
    slot = await rows.insert("pickup_slot", pickup_point_id=point, **window, capacity=3, reserved=0)
    with clock.moved_to(NOW):
        yield Stall(bare_shop, rows, point, slot)


async def hold(stall: Stall, customer_id: int) -> int:
    """An open hold of a customer."""
    times = {"started_at": NOW, "expires_at": hours(1)}
    return await stall.rows.insert("hold", customer_id=customer_id, address_index=ADDRESS, **times)
