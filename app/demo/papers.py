"""Laboratory reports and conformity certificates of lots."""

from random import Random

import orjson

from app.demo import gs1
from app.demo.content.panels import PANELS, Item
from app.demo.content.stores import LABS
from app.demo.goods import Batch, Lot
from app.demo.moments import at
from app.demo.tables import Book
from app.kit.clock import days

_LAB_GLN = 50
_NO_CERTIFICATE = frozenset({"flower"})
_BASES = ("SELF_TEST", "SELF_TEST", "ENTRUSTED_TEST", "INTERNAL_CONTROL", "SELF_COMMITMENT")


def report_number(batch: Batch, lot: Lot) -> tuple[int, str]:
    """Which laboratory (by position) tested a lot, and the number of its report."""
    lab = batch.good.maker.id % len(LABS)
    return lab, f"{LABS[lab][2]}{batch.packed_on:%Y%m}-{lot.id:06d}"


def report_uri(batch: Batch, lot: Lot) -> str:
    """How an inspecting event names the report: a business transaction identifier by the CBV template."""
    lab, number = report_number(batch, lot)
    return f"urn:epcglobal:cbv:bt:{gs1.gln13(_LAB_GLN + lab)}:{number}"


def report(batch: Batch, lot: Lot, book: Book, rng: Random) -> None:
    """Enters the accepted report of a lot, every item within its limit."""
    lab, number = report_number(batch, lot)
    panel = PANELS[batch.good.profile.panel]
    items = [_measured(item, rng) for item in panel]
    sample = f"{batch.good.name}（{lot.article.spec}）"
    issued = batch.packed_on
    book.add(
        "inspection_report",
        lot.id,
        lab + 1,
        LABS[lab][1],
        number,
        sample,
        issued,
        issued,
        "PASS",
        "ACCEPTED",
        orjson.dumps(items).decode(),
        at(issued, 650),
    )


def certificate(batch: Batch, lot: Lot, book: Book, rng: Random) -> None:
    """Enters the producer's certificate (承诺达标合格证) for farm produce; what is made in a factory needs none."""
    good = batch.good
    if batch.harvested_on is None or good.profile.panel in _NO_CERTIFICATE:
        return
    units = sum(lot.units.values())
    weight = f"{units * lot.article.grams / 1000:g}kg" if lot.article.grams else f"{units}份"
    book.add(
        "conformity_certificate",
        lot.id,
        f"HGZ-{good.maker.code.upper()}-{batch.packed_on:%y%m%d}-{lot.id:06d}",
        good.name,
        weight,
        good.origin,
        good.maker.name,
        rng.choice(_BASES),
        batch.packed_on,
        batch.expires_on + days(30),
    )


def _measured(item: Item, rng: Random) -> dict[str, str]:
    name, method, limit, unit, found, detection = item
    if found is None:
        value = "未检出" if limit == "不得检出" else f"未检出(<{detection})"
    else:
        low, high = found
        digits = len(detection.partition(".")[2])
        value = f"{rng.uniform(low, high):.{digits}f}"
    return {"name": name, "method": method, "limit": limit, "value": value, "unit": unit, "verdict": "PASS"}
