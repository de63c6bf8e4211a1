"""How much of a lot its RECEIVING events say came to a place."""

from collections.abc import Iterable
from decimal import Decimal

from app.kit import db
from app.traceability.epcis import digital_link, epc_urn

# without events that were declared wrong, and their declarations
_EVENTS = """SELECT coalesce(e.biz_location, e.read_point), v.quantity, v.uom
FROM lot_event v JOIN trace_event e ON e.id = v.event_id
WHERE v.lot_id = $1 AND e.stage = 'RECEIVING' AND e.error_declared_at IS NULL
  AND NOT EXISTS (SELECT FROM trace_event w WHERE w.event_hash = e.event_hash AND w.error_declared_at IS NOT NULL)"""


async def announced_units(lot_id: int, gln: str | None) -> int | None:
    """The pieces of a lot that came to the place with this GLN; None if no event says how many."""
    return counted(gln, [tuple(record) for record in await db.fetch(_EVENTS, lot_id)])


def counted(gln: str | None, events: Iterable[tuple[str | None, Decimal | None, str | None]]) -> int | None:
    """The whole pieces that events, as (place URI, quantity, unit), count at a place, named by URN or Digital Link.

    None where there is nothing to compare with: no event there, or one that counts in another unit or not at all.
    """
    there = [(quantity, uom) for uri, quantity, uom in events if uri is not None and gln == _gln(uri)]
    pieces = [quantity for quantity, uom in there if quantity is not None and uom is None]
    return int(sum(pieces)) if gln is not None and pieces and len(pieces) == len(there) else None


def _gln(uri: str) -> str | None:
    key = epc_urn.parse(uri) or digital_link.parse(uri)
    return key.value if key is not None and key.ai == "414" else None
