"""Orders that were collected, and what their customers and the clerks say of them afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.claims import deciding, service
from app.claims.enums import DefectReason
from app.claims.models import DefectClaim
from app.claims.service import Claim
from app.kit.caller import Caller
from app.orders.models import Order, OrderLine
from tests.orders.counter import Clerk, lines_of, ready
from tests.orders.market import Market, caller_of

SCOPES = frozenset({"orders:service"})


async def collected(market: Market, clerk: Clerk, quantities: Mapping[int, int]) -> tuple[Order, list[OrderLine]]:
    """An order that its customer has at home, and its lines."""
    order = await clerk.hands_over((await ready(market, clerk, quantities)).pickup_code)
    return order, await lines_of(market, order)


def service_of(clerk: Clerk) -> Caller:
    """A clerk when she answers customers."""
    return replace(clerk.caller, scopes=SCOPES)


async def photos(market: Market, customer: int, count: int = 1) -> tuple[int, ...]:
    """Pictures that a customer has just sent."""
    picture = {"content_type": "image/jpeg", "width": 100, "height": 100}
    return tuple([await market.rows.upload(str(caller_of(customer)), **picture) for _ in range(count)])


async def claims(
    market: Market, order: Order, line: OrderLine, *, customer: int | None = None, key: str = "", **given: Any
) -> DefectClaim:
    """Its customer, or somebody else, claims a line: a unit of it unless the test says what."""
    asker = customer or order.customer_id
    uploads = given.pop("uploads", None) or await photos(market, asker)
    extent = given if {"quantity", "share_percent"} & set(given) else given | {"quantity": 1}
    wanted = {"quantity": None, "share_percent": None, "reason": DefectReason.ROTTEN, "text": "坏了"} | extent
    async with market.database.session():
        claim = Claim(order_line_id=line.id, upload_ids=uploads, **wanted)
        return await service.claim(
            caller_of(asker), asker, idempotency_key=key or f"claim-key-{uploads[0]}", claim=claim
        )


async def decides(
    market: Market, caller: Caller, claim: DefectClaim, percent: int, why: str = "照片属实"
) -> DefectClaim:
    """Staff decide it."""
    async with market.database.session():
        return await deciding.decide(caller, claim.id, accept_percent=percent, reason=why)


async def settles(market: Market) -> None:
    """The job for what is late."""
    async with market.database.session():
        await deciding.settle_late({})


async def granted(market: Market, line: OrderLine) -> int:
    """What goes back for a line, whatever for."""
    return int(await market.value("SELECT refund_granted_fen FROM order_line WHERE id = $1", line.id))


async def everything(market: Market) -> list[Any]:
    """What may not have changed when something was refused."""
    sql = """SELECT (SELECT json_agg(t ORDER BY id)::text FROM defect_claim t),
      (SELECT json_agg(t ORDER BY id)::text FROM defect_claim_photo t),
      (SELECT count(*) FROM upload WHERE referenced_at IS NOT NULL)"""
    return [await market.everything(), *map(tuple, await market.rows.connection.fetch(sql))]
