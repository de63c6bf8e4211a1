"""Until when the certificates of what stands on the shelves hold, as part of what differs in a revision."""

from collections.abc import Sequence
from datetime import date

from app.catalog.diff import Change
from app.catalog.enums import ChangeKind
from app.kit import db

_FOR_EVER = date(9999, 12, 31)
# of each lot the certificate that holds longest, of all lots the one that ends first
_ENDS = """
SELECT asked.product_id, asked.known_on, min(paper.was), min(paper.now)
FROM unnest($1::bigint[], $2::date[]) AS asked(product_id, known_on)
JOIN sku k ON k.product_id = asked.product_id AND k.is_active
JOIN stock_lot t ON t.sku_id = k.id AND t.on_hand > 0
JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE' AND l.expires_on >= $3
CROSS JOIN LATERAL (
  SELECT max(coalesce(c.expires_on, $4)) FILTER (WHERE c.issued_on <= asked.known_on) AS was,
    max(coalesce(c.expires_on, $4)) AS now
  FROM conformity_certificate c WHERE c.lot_id = l.id) AS paper
GROUP BY asked.product_id, asked.known_on
"""


async def changes(keys: Sequence[tuple[int, date]], today: date) -> list[list[Change]]:
    """For each product and day, in their order: what certificates issued since that day changed, or nothing.

    Only lots that could be sold today count. A certificate without an end is told as "no end".
    """
    products, days = [key[0] for key in keys], [key[1] for key in keys]
    found = {(row[0], row[1]): (row[2], row[3]) for row in await db.fetch(_ENDS, products, days, today, _FOR_EVER)}
    return [_change(*found.get(key, (None, None))) for key in keys]


def _change(was: date | None, now: date | None) -> list[Change]:
    return [] if was == now else [Change("certificates", ChangeKind.CERTIFICATE, _told(was), _told(now))]


def _told(until: date | None) -> str | None:
    return None if until is None else "no end" if until == _FOR_EVER else str(until)
