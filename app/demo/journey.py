"""The journey of a lorry load from the field to the shelves, as EPCIS events that each touch many lots."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random
from typing import NamedTuple

from app.demo import frame, gs1
from app.demo.events import Chill, Happening, record
from app.demo.goods import Batch, Lot
from app.demo.moments import at
from app.demo.papers import report_uri
from app.demo.tables import Book
from app.traceability.enums import EventAction

# minutes after midnight of the day of packing, and of the day of arrival
_HARVEST, _COOLING, _PACKING, _INSPECTING, _SHIPPING = 300, 390, 480, 560, 660
_ARRIVAL, _RECEIVING, _STORING = 780, 880, 1020
_DRIVE_TO_STORE = 20
_COOL_ZONE = 2  # degrees: what bears no less than that rides apart from what is kept on ice
_WARM = (124, 68)  # the alarm: highest and mean in tenths of a degree
_SEEN = EventAction.OBSERVE


class Load(NamedTuple):
    """Batches that travel together: one producer, one temperature zone, one day, the same stores."""

    batches: Sequence[Batch]
    alarm: Lot | None

    @property
    def first(self) -> Batch:
        """Any of them, for what they share."""
        return self.batches[0]

    @property
    def whole(self) -> list[tuple[Lot, int]]:
        """Every lot with all its units."""
        return [entry for batch in self.batches for entry in _units(batch)]


def loads(batches: Iterable[Batch], alarm: Lot | None) -> list[Load]:
    """The loads that batches make; `alarm` is the lot whose logger will see a warm hour."""
    together: defaultdict[tuple[object, ...], list[Batch]] = defaultdict(list)
    for batch in batches:
        profile = batch.good.profile
        zone = (profile.storage, (profile.min_c or 0) >= _COOL_ZONE, profile.lag is None)
        together[batch.good.maker.id, *zone, batch.packed_on, batch.stores].append(batch)
    return [
        Load(found, alarm if any(lot is alarm for batch in found for lot in batch.lots) else None)
        for found in together.values()
    ]


def travel(load: Load, book: Book, rng: Random) -> None:
    """Records the journey of a load, in the order of time."""
    maker, profile, packed = load.first.good.maker, load.first.good.profile, load.first.packed_on
    home, packhouse, centre = gs1.place_uri(maker.gln), gs1.place_uri(maker.gln, frame.PACKHOUSE), frame.centre_uri()
    jitter = rng.randint(0, 25)
    cold, grown = profile.storage != "AMBIENT", profile.lag is not None
    arrived = packed + timedelta(days=maker.transit)
    for batch in load.batches:
        _made(batch, book, rng)
    if grown and cold:
        cooled = at(packed, _COOLING + jitter)
        chill = _chill(load, Chill(cooled - timedelta(minutes=25), cooled, 0, 0, 0, _logger(rng)), rng)
        event = Happening(cooled, _SEEN, "sensor_reporting", "in_progress", packhouse, home, chill)
        record(event, load.whole, book, rng)
    if grown:
        event = Happening(at(packed, _PACKING + jitter), _SEEN, "packing", "in_progress", packhouse, home)
        record(event, load.whole, book, rng)
    for batch in load.batches:
        _inspected(batch, book, rng)
    note = ("desadv", f"urn:epcglobal:cbv:bt:{maker.gln}:FH{packed:%y%m%d}{rng.randint(0, 99999):05d}")
    shipped = Happening(at(packed, _SHIPPING + jitter), _SEEN, "shipping", "in_transit", packhouse)
    record(shipped._replace(transactions=(note,), handover=(home, centre)), load.whole, book, rng)
    if cold:
        _driven(load, book, rng)
    received = Happening(
        at(arrived, _RECEIVING + jitter), _SEEN, "receiving", "sellable_not_accessible", frame.centre_uri(frame.DOCK)
    )
    received = received._replace(biz_location=centre, transactions=(note,), handover=(home, centre))
    record(received, load.whole, book, rng)
    for place, store in enumerate(load.first.stores):
        uri = frame.store_uris()[store]
        moment = at(arrived, _STORING + jitter + place * _DRIVE_TO_STORE)
        event = Happening(moment, _SEEN, "storing", "sellable_accessible", uri, uri)
        record(event, [(lot, lot.units[store]) for lot, _ in load.whole], book, rng)


def stored_minute(batch: Batch, store: int) -> int:
    """Minutes after midnight of the day of arrival by which a store has surely put a batch away."""
    return _STORING + 30 + batch.stores.index(store) * _DRIVE_TO_STORE


def _units(batch: Batch) -> list[tuple[Lot, int]]:
    return [(lot, sum(lot.units.values())) for lot in batch.lots]


def _made(batch: Batch, book: Book, rng: Random) -> None:
    grown = batch.harvested_on is not None
    made = Happening(
        moment=at(batch.made_on, _HARVEST + rng.randint(0, 60)),
        action=EventAction.ADD if grown else None,
        biz_step="commissioning",
        disposition="active",
        read_point=gs1.place_uri(batch.good.maker.gln, frame.FIELD),
        biz_location=gs1.place_uri(batch.good.maker.gln),
        ilmd=(
            ("harvestEndDate" if grown else "productionDate", batch.made_on.isoformat()),
            ("bestBeforeDate", batch.best_before_on.isoformat()),
            ("itemExpirationDate", batch.expires_on.isoformat()),
            ("countryOfOrigin", "CN"),
        ),
    )
    record(made, _units(batch), book, rng)


def _inspected(batch: Batch, book: Book, rng: Random) -> None:
    packhouse = gs1.place_uri(batch.good.maker.gln, frame.PACKHOUSE)
    moment = at(batch.packed_on, _INSPECTING + rng.randint(0, 55))
    reports = tuple(("testres", report_uri(batch, lot)) for lot in batch.lots)
    event = Happening(moment, _SEEN, "inspecting", "conformant", packhouse, transactions=reports)
    record(event, _units(batch), book, rng)


def _driven(load: Load, book: Book, rng: Random) -> None:
    packed = load.first.packed_on
    arrived = at(packed + timedelta(days=load.first.good.maker.transit), _ARRIVAL)
    lorry = gs1.truck_uri(rng.randint(1, frame.TRUCKS))
    chill = _chill(load, Chill(at(packed, _SHIPPING + 30), arrived, 0, 0, 0, _logger(rng)), rng)
    drive = Happening(arrived, _SEEN, "transporting", "in_transit", lorry, chill=chill)
    record(drive, [entry for entry in load.whole if entry[0] is not load.alarm], book, rng)
    if load.alarm is not None:
        warm = chill._replace(highest=_WARM[0], mean=_WARM[1], device=_logger(rng), alarm=True)
        record(drive._replace(chill=warm), [entry for entry in load.whole if entry[0] is load.alarm], book, rng)


def _chill(load: Load, bounds: Chill, rng: Random) -> Chill:
    profiles = [batch.good.profile for batch in load.batches]
    low = max(profile.min_c or 0 for profile in profiles)
    high = min(profile.max_c or 0 for profile in profiles)
    lowest, highest = low * 10 + rng.randint(1, 9), high * 10 - rng.randint(2, 9)
    return bounds._replace(lowest=lowest, highest=highest, mean=(lowest + highest) // 2 + rng.randint(-2, 2))


def _logger(rng: Random) -> str:
    return f"urn:epc:id:giai:6979900.LOGGER{rng.randint(1, 400):03d}"
