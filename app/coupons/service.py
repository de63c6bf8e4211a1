"""Claiming coupons: limits are constraints, so that no race passes them."""

import secrets
from datetime import datetime, timedelta

from app.accounts.queries import lock_customer
from app.coupons import queries
from app.coupons.errors import ClaimClosed, ClaimLimitReached, CouponNotFound, CouponSoldOut
from app.coupons.models import Coupon, CouponCode
from app.kit import clock, db, idempotency
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I
_LENGTH = 12

_HAS = "SELECT count(*) FROM coupon_code WHERE coupon_id = $1 AND customer_id = $2"
_GIVE = """INSERT INTO coupon_code (coupon_id, customer_id, code, ordinal, ordinal_limit, claimed_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"""
# the one row all who claim want: locked last, and only until the commit that follows
_COUNT = """UPDATE coupon SET claimed_count = claimed_count + 1
WHERE id = $1 AND claimed_count < usage_limit RETURNING claimed_count"""


async def claim(caller: Caller, customer_id: int, coupon_id: int, idempotency_key: str) -> CouponCode:
    """One more code of a coupon for a customer; the same key gives the same code again.

    Raises:
        Refused: CouponNotFound, ClaimClosed, ClaimLimitReached, CouponSoldOut, AccountClosed, IdempotencyKeyReused:
            nothing was claimed.
    """
    async with db.transaction() as tx:
        await lock_customer(tx, customer_id)

        async def act() -> Reference:
            return Reference("CouponCode", await _claim(tx, customer_id, coupon_id))

        given = [coupon_id]
        reference = await idempotency.once(
            tx, caller=caller, operation="claimCoupon", key=idempotency_key, input=given, act=act
        )
    return (await queries.codes_by_id([reference.key], clock.now()))[0]


async def _claim(tx: RequestConnection, customer_id: int, coupon_id: int) -> int:
    found = await queries.by_id([coupon_id])
    if not found:
        raise Refused(CouponNotFound())
    coupon, now = found[0], clock.now()
    expires_at = _expires_at(coupon, now)
    if not coupon.claim_starts_at <= now < coupon.claim_ends_at or expires_at <= now:
        raise Refused(ClaimClosed())
    has = int((await tx.fetch(_HAS, coupon_id, customer_id))[0][0])
    if has >= coupon.per_customer_limit:
        raise Refused(ClaimLimitReached(coupon.per_customer_limit))
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    limit = coupon.per_customer_limit
    given = await tx.fetch(_GIVE, coupon_id, customer_id, code, has + 1, limit, now, expires_at)
    if not await tx.fetch(_COUNT, coupon_id):
        raise Refused(CouponSoldOut())
    return int(given[0]["id"])


def _expires_at(coupon: Coupon, now: datetime) -> datetime:
    """So many times 24 hours from now, or the day all of them end."""
    valid_until: datetime | None = coupon.valid_until
    return now + timedelta(days=coupon.valid_days) if valid_until is None else valid_until
