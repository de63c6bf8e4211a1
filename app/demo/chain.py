"""Everything that comes with lots: their rows, events, seals, papers and stock."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from random import Random

from app.demo import journey, papers, stock
from app.demo.goods import Batch, Lot
from app.demo.moments import at
from app.demo.tables import Ids, Rows
from app.kit.clock import business_day


def lots(batches: Sequence[Batch], now: datetime, ids: Ids, rng: Random, alarm: Lot | None = None) -> Rows:
    """The rows of batches that have reached their stores by `now`; the lot `alarm` is on hold."""
    rows: Rows = defaultdict(list)
    today = business_day(now)
    for load in journey.loads(batches):
        journey.travel(load, rows, ids, rng, next((alarm for batch in load if alarm in batch.lots), None))
    for batch in batches:
        created = at(batch.made_on, 300)
        for lot in batch.lots:
            status = "ON_HOLD" if lot is alarm else "SELLABLE"
            dates = (batch.harvested_on, batch.packed_on, batch.best_before_on, batch.expires_on)
            names = (lot.id, lot.article.gtin, lot.code, lot.article.id, batch.good.maker.id)
            rows["lot"].append((*names, status, *dates, created))
            rows["inspection_report"].append(papers.report_row(batch, lot, ids, rng))
            certificate = papers.certificate_row(batch, lot, ids, rng)
            if certificate:
                rows["conformity_certificate"].append(certificate)
        stock.shelve(batch, rows, ids, rng, now, expired=batch.expires_on < today)
    return rows
