"""A clerk at a point's counter, who writes about its stock by HTTP."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

from app.accounts.enums import RoleCode
from app.accounts.queries import scopes_of_staff
from app.kit import clock, db, ids
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from tests.accounts.desk import hire
from tests.rows import Rows
from tests.shop import SECRET, Answer, Shop

LOT = "... on StockLot { id onHand held available }"
FACTS = {
    "LotNotSellable": "problem",
    "ReceivedTooMuch": "announced received",
    "StockHeld": "available held",
}
_CAN = {
    "receiveStock": ["LotNotSellable", "ReceivedTooMuch"],
    "adjustStock": ["StockHeld"],
    "writeOff": ["StockHeld"],
    "transferStock": ["StockHeld"],
}
_keys = count(1)


@dataclass(frozen=True, slots=True)
class Counter:
    """A member of staff and what she may do."""

    shop: Shop
    rows: Rows
    caller: Caller

    @property
    def headers(self) -> dict[str, str]:
        """What she sends with each request."""
        with clock.moved_to(self.shop.now):
            token = Tokens([SECRET]).issue(self.caller, timedelta(hours=1))
        return {"authorization": f"Bearer {token}", "accept-language": "en"}

    async def ask(self, query: str) -> Answer:
        """Any document of hers."""
        return await self.shop.send(json={"query": query}, headers=self.headers)

    async def do(self, name: str, given: str, key: str | None = None) -> dict[str, Any]:
        """A mutation, its input written as `given`, with a new key unless one is given; its result."""
        facts = " ".join(f"... on {kind} {{ {FACTS[kind]} }}" for kind in _CAN[name])
        text = f'idempotencyKey: "{key or f"counter-{next(_keys)}"}", {given}'
        query = (
            f"mutation {{ {name}(input: {{{text}}}) {{ __typename {LOT} {facts} ... on UserError {{ message }} }} }}"
        )
        found: dict[str, Any] = (await self.ask(query)).data[name]
        return found

    def later(self, **time: float) -> "Counter":
        """The same, after a while."""
        return replace(self, shop=replace(self.shop, now=self.shop.now + timedelta(**time)))


async def clerk(shop: Shop, rows: Rows, *points: int, role: RoleCode = RoleCode.STORE_CLERK) -> Counter:
    """A new member of staff who serves these points."""
    desk = await hire(shop, rows, f"clerk-{next(_keys)}", role)
    for point in points:
        await rows.insert("staff_pickup_point", staff_id=desk.id, pickup_point_id=point)
    async with shop.database.session():
        scopes = await scopes_of_staff(db.current(), desk.id)
    assert scopes is not None
    return Counter(shop, rows, Caller(CallerKind.STAFF, desk.id, scopes))


def stock_lot(key: int) -> str:
    """The input's name of a stock lot."""
    return f'stockLotId: "{ids.encode("StockLot", key)}"'


def point_id(key: int) -> str:
    """The input's name of a point."""
    return f'pickupPointId: "{ids.encode("PickupPoint", key)}"'
