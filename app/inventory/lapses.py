"""The job that takes products off the shop whose papers have lapsed, and tells staff, before and after."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

import structlog

from app.catalog.publishing import unpublish
from app.inventory.papers import PaperProblem, VouchedLot, problem, unvouched, warning
from app.kit import clock, db
from app.kit.caller import MACHINE
from app.kit.db import RequestConnection
from app.notices.enums import NoticeKind
from app.notices.service import Told, tell

AT_ONCE = 500  # products read and written in one transaction

_log = structlog.get_logger("inventory")

_PRODUCTS = "SELECT id FROM product WHERE status = 'PUBLISHED' AND id > $1 ORDER BY id LIMIT $2"
_LOTS = """
SELECT DISTINCT k.product_id, l.id AS lot_id, l.producer_id, f.licence_expires_on,
  (SELECT max(coalesce(c.expires_on, DATE '9999-12-31')) FROM conformity_certificate c WHERE c.lot_id = l.id),
  EXISTS (SELECT FROM inspection_report r WHERE r.lot_id = l.id AND r.status = 'ACCEPTED' AND r.verdict = 'PASS'),
  EXISTS (SELECT FROM inspection_report r WHERE r.lot_id = l.id AND r.status = 'ACCEPTED' AND r.verdict = 'FAIL'),
  l.expires_on
FROM sku k JOIN stock_lot t ON t.sku_id = k.id AND t.on_hand > 0
JOIN lot l ON l.id = t.lot_id AND l.expires_on >= $2 AND (l.status = 'SELLABLE' OR l.status = 'ON_HOLD' AND EXISTS (
  SELECT FROM inspection_report r WHERE r.lot_id = l.id AND r.status = 'ACCEPTED' AND r.verdict = 'FAIL'))
LEFT JOIN producer f ON f.id = l.producer_id
WHERE k.product_id = ANY($1) AND k.is_active ORDER BY k.product_id, l.id
"""
_LAPSED = {
    PaperProblem.CERTIFICATE_LAPSED: NoticeKind.CERTIFICATE_LAPSED,
    PaperProblem.REPORT_FAILED: NoticeKind.REPORT_FAILED,
}


async def check_papers(_: dict[str, Any]) -> None:
    """Looks at the papers of all that stands on the shelves; daily, and after an accepted report that failed.

    Safe to repeat: what is off the shop stays off, and each notice is made once for its occasion. A product that was
    put back while its papers still do not hold is taken off again.
    """
    today, after, gone = clock.today(), 0, 0
    while True:
        async with db.transaction() as tx:
            product_ids = [record["id"] for record in await tx.fetch(_PRODUCTS, after, AT_ONCE)]
            lots = await lots_of(product_ids, today)
            for product_id, own in unvouched(lots, today).items():
                gone += await _take_off(tx, product_id, own, today)
            for told in [*_of_producers(lots, today), *_of_lots(lots, today)]:
                await tell(tx, told)
        if len(product_ids) < AT_ONCE:
            break
        after = product_ids[-1]
    _log.info("papers checked", unpublished=gone)


async def lots_of(product_ids: list[int], today: date) -> list[VouchedLot]:
    """The lots of these products that stand somewhere and are not expired: sellable, or held back as failed."""
    return [VouchedLot(*record) for record in await db.fetch(_LOTS, product_ids, today)]


async def _take_off(tx: RequestConnection, product_id: int, lots: list[VouchedLot], today: date) -> bool:
    """Takes a product off the shop, with a notice; whether it was on it."""
    reasons = sorted({str(found) for lot in lots if (found := problem(lot, today))})
    if not await unpublish(tx, MACHINE, product_id, f"papers: {', '.join(reasons)}"):
        return False
    occasion, lot_ids = clock.now().isoformat(timespec="seconds"), [lot.lot_id for lot in lots]
    await tell(tx, Told(NoticeKind.PRODUCT_UNPUBLISHED, "Product", product_id, occasion, None, [product_id], lot_ids))
    return True


def _of_producers(lots: Iterable[VouchedLot], today: date) -> Iterable[Told]:
    """What is told of licences that have lapsed, or are about to, of producers whose lots stand there."""
    named = attrgetter("producer_id", "licence_until")
    for (producer_id, until), found in groupby(
        sorted((lot for lot in lots if lot.licence_until), key=named), key=named
    ):
        own = list(found)
        about = (until, sorted({lot.product_id for lot in own}), sorted({lot.lot_id for lot in own}))
        if until < today:
            yield Told(NoticeKind.LICENCE_LAPSED, "Producer", producer_id, str(until), *about)
        elif (ahead := warning(until, today)) is not None:
            yield Told(NoticeKind.LICENCE_ENDS, "Producer", producer_id, f"{until} {ahead}", *about)


def _of_lots(lots: Iterable[VouchedLot], today: date) -> Iterable[Told]:
    """What is told of certificates and reports. Nothing of a certificate that ends when the lot has expired."""
    for lot in lots:
        until = lot.certificate_until
        about = ([lot.product_id], [lot.lot_id])
        kind = _LAPSED.get(problem(lot, today) or PaperProblem.NO_PROOF)
        if kind is not None:
            ended = until if kind is NoticeKind.CERTIFICATE_LAPSED else None
            yield Told(kind, "Lot", lot.lot_id, str(ended or "failed"), ended, *about)
        elif until is not None and until < lot.expires_on and (ahead := warning(until, today)) is not None:
            yield Told(NoticeKind.CERTIFICATE_ENDS, "Lot", lot.lot_id, f"{until} {ahead}", until, *about)
