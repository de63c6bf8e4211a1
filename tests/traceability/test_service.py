"""Captured events: what is stored of them, once, and nothing of what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.kit.clock import moved_to
from app.tables import Database
from tests.traceability.capturing import captured, fetched, imported, state
from tests.traceability.epcis.samples import (
    aggregation_event,
    as_bytes,
    document,
    object_event,
    sensor_event,
    transaction_event,
    transformation_event,
)

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HARVEST = "urn:epc:class:lgtin:6901234.012345.L2026-1120"
BY_LINK = "https://shop.example/gtin/6901234123456/lot/L2026-1120?17=261220"
STORED, ALREADY_STORED = "STORED", "ALREADY_STORED"
DECLARED = {"declarationTime": "2026-11-21T00:00:00Z", "reason": "incorrect_data", "correctiveEventIDs": ["urn:x:9"]}


def _dated(lot: str = "D1", event_id: str | None = None, **dates: str) -> dict[str, Any]:
    changes = {"ilmd": {f"cbvmda:{name}": value for name, value in dates.items()}}
    quantities = [{"epcClass": f"urn:epc:class:lgtin:6901234.012345.{lot}", "quantity": 1}]
    return object_event(quantityList=quantities, **({"eventID": event_id} if event_id else {}), **changes)


async def _dates(database: Database, lot: str = "D1") -> tuple[Any, ...]:
    (row,) = await fetched(
        database, "SELECT harvested_on, packed_on, best_before_on, expires_on FROM lot WHERE lot_code = $1", lot
    )
    return row


async def test_every_column_of_an_event(database: Database) -> None:
    """What, when, where, why and how stand in typed columns; the canonical text has all of it."""
    event = object_event(
        eventID="urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
        bizLocation={"id": "https://shop.example/414/6901234000016"},
        bizTransactionList=[{"type": "testres", "bizTransaction": "yg:report-7"}],
        sourceList=[{"type": "owning_party", "source": "urn:epc:id:pgln:6901234.00001"}],
        destinationList=[{"type": "location", "destination": "urn:epc:id:sgln:6901234.00002.0"}],
    )
    with moved_to(NOW):
        assert await captured(database, event) == [STORED]
    (row,) = await fetched(
        database,
        """SELECT event_type, event_id, event_time, event_offset, recorded_at, action, biz_step, disposition, stage,
          read_point, biz_location, biz_transactions, sources, destinations, sensor_elements, ilmd, temperature_min_c,
          temperature_max_c, has_alarm, error_declared_at, error_reason, corrective_event_ids FROM trace_event""",
    )
    assert row == (
        "ObjectEvent",
        "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
        datetime(2026, 11, 19, 22, 30, tzinfo=UTC),
        "+08:00",
        NOW,
        "ADD",
        "commissioning",
        "active",
        "HARVESTING",
        "urn:epc:id:sgln:6901234.00001.0",
        "https://shop.example/414/6901234000016",
        [{"type": "testres", "uri": "https://example.com/yougou/report-7"}],
        [{"type": "owning_party", "uri": "urn:epc:id:pgln:6901234.00001"}],
        [{"type": "location", "uri": "urn:epc:id:sgln:6901234.00002.0"}],
        [],
        {"urn:epcglobal:cbv:mda:lotNumber": "L2026-1120", "https://example.com/yougou/field": "A7"},
        None,
        None,
        False,
        None,
        None,
        [],
    )
    assert await fetched(database, "SELECT gtin, lot_code, sku_id, status, created_at FROM lot") == [
        ("06901234123456", "L2026-1120", None, "SELLABLE", NOW)
    ]
    assert await fetched(database, "SELECT role, quantity, uom FROM lot_event") == [
        ("OBJECT", Decimal("120.000"), "KGM")
    ]


async def test_the_canonical_text_is_the_same_event(database: Database) -> None:
    """What is stored can be sent again alone and is known."""
    assert await captured(database, sensor_event(), aggregation_event(), transaction_event()) == [STORED] * 3
    before = await state(database)
    for (canonical,) in await fetched(database, "SELECT canonical FROM trace_event"):
        assert await imported(database, canonical.encode()) == [ALREADY_STORED]
    assert await state(database) == before


async def test_the_same_event_in_another_writing_is_stored_once(database: Database) -> None:
    """URN or Digital Link, one zone or another, with an eventID or without: one event."""
    by_link = object_event(
        eventTime="2026-11-19T22:30:00Z",
        eventID="urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
        quantityList=[{"epcClass": BY_LINK, "quantity": 120.0, "uom": "KGM"}],
    )
    assert await captured(database, object_event()) == [STORED]
    before = await state(database)
    assert await captured(database, by_link) == [ALREADY_STORED]
    assert await state(database) == before


async def test_an_event_and_its_error_declaration_are_two_rows(database: Database) -> None:
    """The declaration has the event's hash and id, is linked and sealed too, and is stored once."""
    event = object_event(eventID="urn:x:1")
    wrong = {**event, "errorDeclaration": DECLARED}
    assert await captured(database, event, wrong, wrong, event) == [STORED, STORED, ALREADY_STORED, ALREADY_STORED]
    rows = await fetched(
        database,
        """SELECT event_id, error_declared_at, error_reason, corrective_event_ids,
          count(*) OVER (PARTITION BY event_hash) FROM trace_event ORDER BY id""",
    )
    assert rows == [
        ("urn:x:1", None, None, [], 2),
        ("urn:x:1", datetime(2026, 11, 21, tzinfo=UTC), "incorrect_data", ["urn:x:9"], 2),
    ]
    assert await fetched(database, "SELECT count(*), max(sequence) FROM lot_seal") == [(2, 2)]


async def test_an_event_id_names_one_event(database: Database) -> None:
    """A second event with a taken id is refused whole: no row, no lot, no seal."""
    assert await captured(database, object_event(eventID="urn:x:1")) == [STORED]
    before = await state(database)
    other = _dated("NEW", "urn:x:1", harvestEndDate="2026-11-20")
    assert await captured(database, other) == [[("EVENT_ID_TAKEN", "$.epcisBody.eventList[0].eventID")]]
    assert await state(database) == before


async def test_roles_and_sums(database: Database) -> None:
    """Inputs and outputs are told apart; the same lot twice in a list is added up, in two roles stands twice."""
    lots = [
        {"epcClass": HARVEST, "quantity": 1.25, "uom": "KGM"},
        {"epcClass": BY_LINK, "quantity": 0.0005, "uom": "KGM"},
        {"epcClass": HARVEST, "quantity": 9},
    ]
    event = transformation_event(inputQuantityList=lots, inputEPCList=[f"{BY_LINK.partition('?')[0]}/ser/S1"])
    event["outputQuantityList"].append({"epcClass": HARVEST, "quantity": 2, "uom": "KGM"})
    assert await captured(database, event) == [STORED]
    assert await fetched(
        database,
        """SELECT lot_code, role, quantity, uom, chain_hash IS NOT NULL FROM lot_event
          JOIN lot ON lot.id = lot_id LEFT JOIN lot_seal USING (lot_id, event_id) ORDER BY lot_event.id""",
    ) == [
        ("L2026-1120", "INPUT", Decimal("1.251"), "KGM", True),
        ("CUT1", "OUTPUT", Decimal("40.000"), None, True),
        ("L2026-1120", "OUTPUT", Decimal("2.000"), "KGM", True),
    ]
    assert await fetched(database, "SELECT count(*) FROM lot_seal") == [(2,)]


@pytest.mark.parametrize("quantity", [10**11, Decimal("99999999999.9995"), 10**39])
async def test_a_quantity_that_no_column_holds(database: Database, quantity: int | Decimal) -> None:
    """Refused before anything is written, also when only the sum is too large or rounding makes it so."""
    half = object_event(quantityList=[{"epcClass": HARVEST, "quantity": 1}] * 2)
    text = as_bytes(document(half)).replace(b'"quantity": 1}', b'"quantity": %s}' % str(quantity / 2).encode())
    assert await imported(database, text) == [[("QUANTITY_RANGE", "$.epcisBody.eventList[0]")]]
    assert [rows for rows, _ in (await state(database)).values()] == [0, 0, 0, 0]


async def test_the_largest_quantity(database: Database) -> None:
    """One gram less than a hundred million tonnes is kept to the gram."""
    event = object_event(quantityList=[{"epcClass": HARVEST, "quantity": 0, "uom": "KGM"}])
    text = as_bytes(document(event)).replace(b'"quantity": 0', b'"quantity": 99999999999.999')
    assert await imported(database, text) == [STORED]
    assert await fetched(database, "SELECT quantity FROM lot_event") == [(Decimal("99999999999.999"),)]


@pytest.mark.parametrize("member", ["eventID", "readPoint", "bizLocation", "bizStep", "disposition"])
async def test_the_longest_uri_the_reader_accepts_is_stored(database: Database, member: str) -> None:
    """The columns hold what the reader lets through."""
    uri = "urn:x:".ljust(1000, "a")
    event = object_event(**{member: {"id": uri} if member in {"readPoint", "bizLocation"} else uri})
    assert await captured(database, event) == [STORED]


async def test_the_longest_reason_the_reader_accepts_is_stored(database: Database) -> None:
    """The reason of an error declaration is a URI as well."""
    declared = {**DECLARED, "reason": "urn:x:".ljust(1000, "a")}
    assert await captured(database, object_event(errorDeclaration=declared)) == [STORED]


async def test_extremes_are_stored(database: Database) -> None:
    """First and last year, widest offsets, forty-digit readings, Chinese text and big extensions break no column."""
    hot = sensor_event()
    hot["sensorElementList"][0]["sensorReport"] = [
        {"type": "Temperature", "uom": uom, "value": value}
        for uom, value in [("KEL", 10**39), ("CEL", -(10**38)), ("CEL", 9999), ("FAH", -459.67), ("CEL", 9999.5)]
    ]
    events = [
        object_event(eventTime="0001-01-01T00:00:00Z", eventTimeZoneOffset="-14:00"),
        object_event(eventTime="9999-12-31T23:59:59.9989Z", eventTimeZoneOffset="+14:00"),
        object_event(ilmd={"yg:名称": "高原红心火龙果🍎", "yg:n": 10**39, "cbvmda:bestBeforeDate": "0001-01-01"}),
        hot,
    ]
    assert await captured(database, *events) == [STORED] * 4
    assert await fetched(
        database,
        "SELECT event_offset, ilmd ->> 'https://example.com/yougou/名称', temperature_min_c, temperature_max_c"
        " FROM trace_event ORDER BY id",
    ) == [
        ("-14:00", None, None, None),
        ("+14:00", None, None, None),
        ("+08:00", "高原红心火龙果🍎", None, None),
        ("+08:00", None, Decimal("-273.15"), Decimal("9999.00")),
    ]


async def test_an_alarm_without_a_reading(database: Database) -> None:
    """A sensor may raise an alarm and tell no number."""
    event = sensor_event()
    event["sensorElementList"][0]["sensorReport"] = [{"type": "Temperature", "exception": "ALARM_CONDITION"}]
    assert await captured(database, event) == [STORED]
    assert await fetched(database, "SELECT temperature_min_c, temperature_max_c, has_alarm FROM trace_event") == [
        (None, None, True)
    ]


async def test_a_lot_has_the_dates_told_last(database: Database) -> None:
    """Dates told by several events add up; the later word on the same date counts."""
    assert (
        await captured(
            database,
            _dated(harvestEndDate="2026-11-20", bestBeforeDate="2026-12-18"),
            _dated(packagingDate="2026-11-21", itemExpirationDate="2026-12-20"),
            _dated(itemExpirationDate="2026-12-19"),
            object_event(quantityList=[{"epcClass": "urn:epc:class:lgtin:6901234.012345.D1", "quantity": 2}]),
        )
        == [STORED] * 4
    )
    assert await _dates(database) == (date(2026, 11, 20), date(2026, 11, 21), date(2026, 12, 18), date(2026, 12, 19))


async def test_inputs_have_no_dates_of_the_transformation(database: Database) -> None:
    """The ilmd of a transformation describes what comes out of it."""
    event = transformation_event(ilmd={"cbvmda:itemExpirationDate": "2026-11-25"})
    assert await captured(database, event) == [STORED]
    assert await _dates(database, "M1") == (None, None, None, None)
    assert await _dates(database, "CUT1") == (None, None, None, date(2026, 11, 25))


@pytest.mark.parametrize("order", ["wrong declared corrected", "wrong corrected declared", "declared wrong corrected"])
async def test_a_declared_error_tells_no_dates(database: Database, order: str) -> None:
    """Whatever order the three arrive in, the lot has the corrected date."""
    wrong = _dated(event_id="urn:x:1", itemExpirationDate="2026-12-31", harvestEndDate="2026-11-20")
    events = {
        "wrong": wrong,
        "declared": {**wrong, "errorDeclaration": DECLARED},
        "corrected": _dated(event_id="urn:x:9", itemExpirationDate="2026-12-01", harvestEndDate="2026-11-19"),
    }
    assert await captured(database, *(events[name] for name in order.split())) == [STORED] * 3
    assert await _dates(database) == (date(2026, 11, 19), None, None, date(2026, 12, 1))


@pytest.mark.parametrize(
    "dates",
    [
        {"harvestEndDate": "2026-11-22"},
        {"packagingDate": "2026-12-21"},
        {"itemExpirationDate": "2026-11-20"},
        {"bestBeforeDate": "2026-12-21"},
    ],
)
async def test_dates_that_contradict_what_is_known(database: Database, dates: dict[str, str]) -> None:
    """An event that would put a lot's dates out of order is refused whole; other lots of it are not made either."""
    known = _dated(packagingDate="2026-11-21", itemExpirationDate="2026-12-20")
    assert await captured(database, known) == [STORED]
    before = await state(database)
    event = _dated(**dates)
    event["quantityList"].insert(0, {"epcClass": "urn:epc:class:lgtin:6901234.012345.A0", "quantity": 1})
    assert await captured(database, event) == [[("LOT_DATES", "$.epcisBody.eventList[0].ilmd")]]
    assert await state(database) == before
