"""A customer's coupon code kept for a checkout, used up by its order, given back when the order falls through.

Whoever locks a code first lets it go where it was held beyond its time; the sweep only tidies.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from app.coupons.enums import CouponReason
from app.coupons.errors import CouponNotApplicable
from app.kit import clock
from app.kit.db import RequestConnection
from app.kit.errors import Refused

_LOCK = "SELECT id, customer_id, expires_at FROM coupon_code WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE"
_OF_HOLDS = "SELECT coupon_code_id FROM coupon_hold WHERE hold_id = ANY($1) AND released_at IS NULL"
_ENDING = """SELECT coupon_code_id FROM coupon_hold WHERE released_at IS NULL AND expires_at <= $1
ORDER BY coupon_code_id LIMIT $2"""
_TIDY = """UPDATE coupon_hold SET released_at = $2
WHERE coupon_code_id = ANY($1) AND released_at IS NULL AND expires_at <= $2"""
_HOLD = """INSERT INTO coupon_hold (hold_id, coupon_code_id, expires_at) VALUES ($1, $2, $3)
ON CONFLICT (coupon_code_id) WHERE released_at IS NULL DO NOTHING RETURNING id"""
_KEEP = "UPDATE coupon_hold SET expires_at = $2 WHERE hold_id = $1 AND released_at IS NULL RETURNING id"
_RELEASE = "UPDATE coupon_hold SET released_at = $2 WHERE hold_id = ANY($1) AND released_at IS NULL"
# the code is used up in one attempt after another; each is given back at most once
_REDEEM = """INSERT INTO coupon_redemption (coupon_code_id, attempt, kind, discount_fen, redeemed_at)
SELECT h.coupon_code_id, 1 + (SELECT count(*) FROM coupon_redemption r
  WHERE r.coupon_code_id = h.coupon_code_id AND r.kind = 'REDEEM'), 'REDEEM', $2, $3
FROM coupon_hold h WHERE h.hold_id = $1 AND h.released_at IS NULL"""
_RESTORE = """INSERT INTO coupon_redemption (coupon_code_id, attempt, kind, discount_fen, redeemed_at)
SELECT r.coupon_code_id, r.attempt, 'RESTORE', r.discount_fen, $2
FROM coupon_hold h JOIN coupon_redemption r ON r.coupon_code_id = h.coupon_code_id AND r.kind = 'REDEEM'
WHERE h.hold_id = ANY($1) AND h.released_at IS NULL AND NOT EXISTS (SELECT 1 FROM coupon_redemption back
  WHERE back.coupon_code_id = r.coupon_code_id AND back.attempt = r.attempt AND back.kind = 'RESTORE')"""


async def hold(tx: RequestConnection, customer_id: int, hold_id: int, code_id: int, expires_at: datetime) -> None:
    """Keeps a customer's code for a hold until `expires_at`.

    Raises:
        Refused: CouponNotApplicable: it is somebody else's, over, or kept for another order.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = clock.now()
    locked = await _tidy(tx, [code_id])
    if not locked or locked[0]["customer_id"] != customer_id:
        raise Refused(CouponNotApplicable(CouponReason.UNKNOWN))
    if locked[0]["expires_at"] <= now:
        raise Refused(CouponNotApplicable(CouponReason.EXPIRED))
    if not await tx.fetch(_HOLD, hold_id, code_id, expires_at):
        raise Refused(CouponNotApplicable(CouponReason.USED))


async def lock(tx: RequestConnection, hold_ids: Sequence[int], code_ids: Sequence[int] = ()) -> None:
    """Locks these codes and those of the holds, all in one order; where one was held beyond its time it is let go.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    held = [record["coupon_code_id"] for record in await tx.fetch(_OF_HOLDS, list(hold_ids))]
    await _tidy(tx, [*held, *code_ids])


async def keep(tx: RequestConnection, hold_id: int, until: datetime | None) -> int:
    """Gives the code of a hold, locked before, another end (None: an order has taken it); how many there are: 0, 1."""
    tx.require_transaction()
    return len(await tx.fetch(_KEEP, hold_id, until))


async def redeem(tx: RequestConnection, hold_id: int, discount_fen: int) -> None:
    """Notes that an order used the code of its hold, locked before, for a discount of so many fen."""
    tx.require_transaction()
    await tx.execute(_REDEEM, hold_id, discount_fen, clock.now())


async def release(tx: RequestConnection, hold_ids: Sequence[int]) -> None:
    """Lets the codes of holds, locked before, go; those that had been redeemed can be used again."""
    tx.require_transaction()
    now = clock.now()
    await tx.execute(_RESTORE, list(hold_ids), now)
    await tx.execute(_RELEASE, list(hold_ids), now)


async def sweep(tx: RequestConnection, most: int) -> int:
    """Lets no more than `most` codes go that are held beyond their time; how many that was.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    ending = [record["coupon_code_id"] for record in await tx.fetch(_ENDING, clock.now(), most)]
    await _tidy(tx, ending)
    return len(ending)


async def _tidy(tx: RequestConnection, code_ids: list[int]) -> list[asyncpg.Record]:
    """Locks the codes, and answers their owners and ends by id."""
    locked = await tx.fetch(_LOCK, code_ids)
    await tx.execute(_TIDY, code_ids, clock.now())
    return locked
