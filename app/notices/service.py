"""Writes of notices: jobs make them, staff handle them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.accounts.rules import staff_of
from app.kit import audit, clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.notices import queries
from app.notices.enums import NoticeKind
from app.notices.errors import NoticeNotFound
from app.notices.models import StaffNotice

SCOPE = "notices:handle"
MOST_IDS = 50
"""How many products, and lots, a notice names."""

_TELL = """
INSERT INTO staff_notice (kind, entity, entity_id, occasion, ends_on, product_ids, lot_ids, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (entity, entity_id, kind, occasion) DO NOTHING RETURNING id
"""
_HANDLE = (
    "UPDATE staff_notice SET handled_at = $2, handled_by_id = $3 WHERE id = $1 AND handled_at IS NULL RETURNING id"
)


class Told(NamedTuple):
    """What a notice says: of what kind, about which row (its type and key), on which occasion.

    With it the day a paper ends, and the products and lots it is about, of which it names the first MOST_IDS.
    """

    kind: NoticeKind
    entity: str
    entity_id: int
    occasion: str
    ends_on: date | None = None
    product_ids: Sequence[int] = ()
    lot_ids: Sequence[int] = ()


async def tell(tx: RequestConnection, told: Told) -> bool:
    """Makes a notice, in the transaction of what it is about; whether it is the first for its occasion.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    ids = (list(told.product_ids[:MOST_IDS]), list(told.lot_ids[:MOST_IDS]))
    made = await tx.fetch(_TELL, *told[:5], *ids, clock.now())
    return bool(made)


async def handle(caller: Caller, notice_id: int) -> StaffNotice:
    """The notice, which the caller has handled; one that somebody had handled before stays hers.

    Raises:
        Forbidden: the caller is no member of staff.
        Refused: NoticeNotFound.
    """
    staff_id = staff_of(caller)
    async with db.transaction() as tx:
        if await tx.fetch(_HANDLE, notice_id, clock.now(), staff_id):
            await audit.append(
                tx,
                caller,
                scope=SCOPE,
                action="handle",
                entity="StaffNotice",
                entity_id=notice_id,
                after={"handled_by": staff_id},
            )
    found = await queries.by_ids([notice_id])
    if not found:
        raise Refused(NoticeNotFound())
    return found[0]
