"""Units of offers kept for a checkout: never more than the quota, nor than one customer may have.

Whoever locks an offer first lets go the units held there beyond their time, and counts after that; the sweep only
tidies. Offers with neither a quota nor a limit are not counted, and nobody waits for them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import asyncpg

from app.kit import clock
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.promotions.errors import OfferUnitsGone

_LOCK = """SELECT id FROM offer WHERE id = ANY($1) AND (quota IS NOT NULL OR per_customer_limit IS NOT NULL)
ORDER BY id FOR NO KEY UPDATE"""
_OF_HOLDS = "SELECT offer_id FROM offer_hold WHERE hold_id = ANY($1) AND released_at IS NULL"
_ENDING = """SELECT DISTINCT offer_id FROM offer_hold WHERE released_at IS NULL AND expires_at <= $1
ORDER BY offer_id LIMIT $2"""
_COUNTED = """UPDATE offer o SET sold = o.sold - g.units
FROM (SELECT offer_id, sum(quantity) AS units FROM gone GROUP BY offer_id) g WHERE o.id = g.offer_id"""
_TIDY = f"""WITH gone AS (
  UPDATE offer_hold SET released_at = $2 WHERE offer_id = ANY($1) AND released_at IS NULL AND expires_at <= $2
  RETURNING offer_id, quantity) {_COUNTED}"""
_RELEASE = f"""WITH gone AS (
  UPDATE offer_hold SET released_at = $2 WHERE hold_id = ANY($1) AND released_at IS NULL
  RETURNING offer_id, quantity) {_COUNTED}"""
_LEFT = """SELECT o.id, o.quota IS NOT NULL OR o.per_customer_limit IS NOT NULL AS is_counted,
  CASE WHEN o.is_active AND o.starts_at <= $3 AND o.ends_at > $3
    THEN least(o.quota - o.sold, o.per_customer_limit - (
      SELECT coalesce(sum(u.quantity), 0) FROM offer_hold u JOIN hold h ON h.id = u.hold_id
      WHERE u.offer_id = o.id AND h.customer_id = $2 AND u.released_at IS NULL))
    ELSE 0 END AS units
FROM offer o WHERE o.id = ANY($1) ORDER BY o.id"""
_HOLD = """WITH kept AS (
  INSERT INTO offer_hold (hold_id, offer_id, quantity, expires_at)
  SELECT $1, *, $4 FROM unnest($2::bigint[], $3::int[]) RETURNING offer_id, quantity
) UPDATE offer o SET sold = o.sold + k.quantity FROM kept k WHERE o.id = k.offer_id"""
_KEEP = "UPDATE offer_hold SET expires_at = $2 WHERE hold_id = $1 AND released_at IS NULL RETURNING id"


async def left(tx: RequestConnection, customer_id: int, offer_ids: Sequence[int]) -> dict[int, int | None]:
    """How many units of each offer a customer, locked before, can have now (None: any number), locked until the end.

    An offer that has ended has 0.

    Raises:
        NoTransactionError: outside a transaction.
    """
    return {
        record["id"]: None if record["units"] is None else max(0, record["units"])
        for record in await _left(tx, customer_id, offer_ids)
    }


async def hold(
    tx: RequestConnection, customer_id: int, hold_id: int, wanted: Mapping[int, int], expires_at: datetime | None
) -> None:
    """Keeps `wanted` units by offer for a hold of a customer, locked before, until `expires_at` (None: for good).

    Raises:
        Refused: OfferUnitsGone for the first offer that has ended or has not as many left for her.
        NoTransactionError: outside a transaction.
    """
    found = {record["id"]: record for record in await _left(tx, customer_id, sorted(wanted))}
    for offer_id, quantity in sorted(wanted.items()):
        units = found[offer_id]["units"] if offer_id in found else 0
        if units is not None and units < quantity:
            raise Refused(OfferUnitsGone(offer_id, max(0, units)))
    counted = [offer_id for offer_id in sorted(wanted) if found[offer_id]["is_counted"]]
    await tx.execute(_HOLD, hold_id, counted, [wanted[offer_id] for offer_id in counted], expires_at)


async def lock(tx: RequestConnection, hold_ids: Sequence[int], offer_ids: Sequence[int] = ()) -> None:
    """Locks these offers and those of the holds, all in one order; units held there beyond their time are let go.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    held = [record["offer_id"] for record in await tx.fetch(_OF_HOLDS, list(hold_ids))]
    await _tidy(tx, [*held, *offer_ids])


async def keep(tx: RequestConnection, hold_id: int, until: datetime | None) -> int:
    """Gives the units of a hold, locked before, another end (None: an order has taken them); how many offers live."""
    tx.require_transaction()
    return len(await tx.fetch(_KEEP, hold_id, until))


async def release(tx: RequestConnection, hold_ids: Sequence[int]) -> None:
    """Gives the units of holds, locked before, back."""
    tx.require_transaction()
    await tx.execute(_RELEASE, list(hold_ids), clock.now())


async def sweep(tx: RequestConnection, most: int) -> int:
    """Lets go the units held beyond their time of no more than `most` offers; of how many that was.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    ending = [record["offer_id"] for record in await tx.fetch(_ENDING, clock.now(), most)]
    await _tidy(tx, ending)
    return len(ending)


async def _left(tx: RequestConnection, customer_id: int, offer_ids: Sequence[int]) -> list[asyncpg.Record]:
    tx.require_transaction()
    await _tidy(tx, list(offer_ids))
    return await tx.fetch(_LEFT, list(offer_ids), customer_id, clock.now())


async def _tidy(tx: RequestConnection, offer_ids: list[int]) -> None:
    await tx.fetch(_LOCK, offer_ids)
    await tx.execute(_TIDY, offer_ids, clock.now())
