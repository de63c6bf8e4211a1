"""The journey of a lorry load from the field to the shelves, as EPCIS events that each touch many lots."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random

from app.demo import frame, gs1
from app.demo.events import Chill, Happening, record
from app.demo.goods import Batch, Lot
from app.demo.moments import at
from app.demo.papers import report_uri
from app.demo.tables import Ids, Rows

# minutes after midnight of the day of packing, and of the day of arrival
_HARVEST, _COOLING, _PACKING, _INSPECTING, _SHIPPING = 300, 390, 480, 560, 660
_ARRIVAL, _RECEIVING, _STORING = 780, 880, 1020
_DRIVE_TO_STORE = 20
_COOL_ZONE = 2  # degrees: what bears no less than that rides apart from what is kept on ice
_WARM = (124, 68)  # the alarm: highest and mean in tenths of a degree


def loads(batches: Iterable[Batch]) -> list[list[Batch]]:
    """Batches that travel together: one producer, one temperature zone, one day, the same stores."""
    together: defaultdict[tuple[object, ...], list[Batch]] = defaultdict(list)
    for batch in batches:
        profile = batch.good.profile
        zone = (profile.storage, (profile.min_c or 0) >= _COOL_ZONE, profile.lag is None)
        together[batch.good.maker.id, *zone, batch.packed_on, batch.stores].append(batch)
    return list(together.values())


def travel(load: Sequence[Batch], rows: Rows, ids: Ids, rng: Random, alarm: Lot | None = None) -> None:
    """Records the journey of a load, in the order of time; `alarm` is the lot whose logger saw a warm hour."""
    good, packed = load[0].good, load[0].packed_on
    maker = good.maker
    whole = [(lot, sum(lot.units.values())) for batch in load for lot in batch.lots]
    home, packhouse = gs1.place_uri(maker.gln), gs1.place_uri(maker.gln, frame.PACKHOUSE)
    jitter = rng.randint(0, 25)
    cold = good.profile.storage != "AMBIENT"
    grown = good.profile.lag is not None
    for batch in load:
        _made(batch, rows, ids, rng)
    if grown and cold:
        cooled = at(packed, _COOLING + jitter)
        chill = _chill(load, Chill(cooled - timedelta(minutes=25), cooled, 0, 0, 0, _logger(rng)), rng)
        record(Happening(cooled, "OBSERVE", "sensor_reporting", "in_progress", "COOLING", packhouse, home, chill), whole,
               rows, ids, rng)  # fmt: skip
    if grown:
        pack = Happening(at(packed, _PACKING + jitter), "OBSERVE", "packing", "in_progress", "PACKING", packhouse, home)
        record(pack, whole, rows, ids, rng)
    for batch in load:
        _inspected(batch, rows, ids, rng)
    note = f"urn:epcglobal:cbv:bt:{maker.gln}:FH{packed:%y%m%d}{rng.randint(0, 99999):05d}"
    centre = frame.centre_uri()
    left = at(packed, _SHIPPING + jitter)
    ship = Happening(left, "OBSERVE", "shipping", "in_transit", "SHIPPING", packhouse, None, None, (("desadv", note),),
                     home, centre)  # fmt: skip
    record(ship, whole, rows, ids, rng)
    arrived = packed + timedelta(days=maker.transit)
    if cold:
        _driven(load, whole, alarm, rows, ids, rng)
    receive = Happening(at(arrived, _RECEIVING + jitter), "OBSERVE", "receiving", "sellable_not_accessible", "RECEIVING",
                        frame.centre_uri(frame.DOCK), centre, None, (("recadv", note), ("desadv", note)), home,
                        centre)  # fmt: skip
    record(receive, whole, rows, ids, rng)
    for place, store in enumerate(load[0].stores):
        uri = frame.store_uris()[store]
        moment = at(arrived, _STORING + jitter + place * _DRIVE_TO_STORE)
        shelve = Happening(moment, "OBSERVE", "storing", "sellable_accessible", "STORING", uri, uri)
        record(shelve, [(lot, lot.units[store]) for lot, _ in whole], rows, ids, rng)


def stored_minute(batch: Batch, store: int) -> int:
    """Minutes after midnight of the day of arrival by which a store has surely put a batch away."""
    return _STORING + 30 + batch.stores.index(store) * _DRIVE_TO_STORE


def _made(batch: Batch, rows: Rows, ids: Ids, rng: Random) -> None:
    grown = batch.harvested_on is not None
    site = gs1.place_uri(batch.good.maker.gln, frame.FIELD)
    ilmd = [
        ("harvestEndDate" if grown else "productionDate", batch.made_on.isoformat()),
        ("bestBeforeDate", batch.best_before_on.isoformat()),
        ("itemExpirationDate", batch.expires_on.isoformat()),
        ("countryOfOrigin", "CN"),
    ]
    made = Happening(
        moment=at(batch.made_on, _HARVEST + rng.randint(0, 60)),
        action="ADD",
        biz_step="commissioning",
        disposition="active",
        stage="HARVESTING" if grown else "PACKING",
        read_point=site,
        biz_location=gs1.place_uri(batch.good.maker.gln),
        ilmd=tuple(ilmd),
    )
    record(made, [(lot, sum(lot.units.values())) for lot in batch.lots], rows, ids, rng)


def _inspected(batch: Batch, rows: Rows, ids: Ids, rng: Random) -> None:
    packhouse = gs1.place_uri(batch.good.maker.gln, frame.PACKHOUSE)
    moment = at(batch.packed_on, _INSPECTING + rng.randint(0, 55))
    reports = tuple(("testres", report_uri(batch, lot)) for lot in batch.lots)
    inspected = Happening(moment, "OBSERVE", "inspecting", "conformant", "INSPECTING", packhouse, None, None, reports)
    record(inspected, [(lot, sum(lot.units.values())) for lot in batch.lots], rows, ids, rng)


def _driven(
    load: Sequence[Batch], whole: Sequence[tuple[Lot, int]], alarm: Lot | None, rows: Rows, ids: Ids, rng: Random
) -> None:
    packed = load[0].packed_on
    arrived = at(packed + timedelta(days=load[0].good.maker.transit), _ARRIVAL)
    lorry = gs1.truck_uri(rng.randint(1, frame.TRUCKS))
    chill = _chill(load, Chill(at(packed, _SHIPPING + 30), arrived, 0, 0, 0, _logger(rng)), rng)
    drive = Happening(arrived, "OBSERVE", "transporting", "in_transit", "SHIPPING", lorry, None, chill)
    record(drive, [(lot, units) for lot, units in whole if lot is not alarm], rows, ids, rng)
    if alarm is not None:
        warm = chill._replace(highest=_WARM[0], mean=_WARM[1], device=_logger(rng), alarm=True)
        record(drive._replace(chill=warm), [(lot, units) for lot, units in whole if lot is alarm], rows, ids, rng)


def _chill(load: Sequence[Batch], bounds: Chill, rng: Random) -> Chill:
    low = max(batch.good.profile.min_c or 0 for batch in load) if load[0].good.profile.storage == "CHILLED" else -24
    high = min(batch.good.profile.max_c or 0 for batch in load)
    lowest = low * 10 + rng.randint(1, 9)
    highest = high * 10 - rng.randint(2, 9)
    return bounds._replace(lowest=lowest, highest=highest, mean=(lowest + highest) // 2 + rng.randint(-2, 2))


def _logger(rng: Random) -> str:
    return f"urn:epc:id:giai:6979900.LOGGER{rng.randint(1, 400):03d}"
