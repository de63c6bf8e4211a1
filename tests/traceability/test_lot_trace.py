"""Imported events as a shopper's mini-program sees them: the registered document LotTrace."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.shop import Shop, open_shop
from tests.traceability.capturing import fetched, imported
from tests.traceability.epcis.samples import CONTEXT, as_bytes

GTIN = "06901234123456"
LOT = "HLG20261120"
URN = f"urn:epc:class:lgtin:6901234.012345.{LOT}"
LINK = f"https://trace.yougou.example/01/{GTIN}/10/{LOT}"
FARM, COOLER, STORE = (f"urn:epc:id:sgln:6901234.0000{number}.0" for number in (1, 2, 3))
PLACES = [(FARM, "元谋火龙果合作社", "云南", "楚雄"), (COOLER, "呈贡预冷中心", "云南", "昆明")]

_SKU = """WITH shelf AS (
  INSERT INTO category (slug, name, icon, position) VALUES ('fruit', '水果', '🍎', 1) RETURNING id
), product AS (
  INSERT INTO product (category_id, slug, name, subtitle, description, status, sold_by, return_policy, storage, origin,
    allergens, shelf_life_days, min_days_left, sales_count, rating_sum, star_counts, price_from_fen, published_at,
    created_at, updated_at)
  SELECT id, 'dragon-fruit', '高原红心火龙果', '', '', 'PUBLISHED', 'WEIGHT', 'FRESH', 'CHILLED', '云南元谋',
    '{}', 30, 3, 0, 0, '{0,0,0,0,0}', 1280, now(), now(), now() FROM shelf RETURNING id
) INSERT INTO sku (product_id, code, gtin, spec, price_fen, pieces, is_catch_weight, max_per_order, is_active, position)
SELECT id, 'HLG-500', $1, '500克', 1280, 1, false, 20, true, 1 FROM product"""


def _event(time: str, step: str, place: str, thing: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "ObjectEvent",
        "eventTime": time,
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": step,
        "readPoint": {"id": place},
        "quantityList": [{"epcClass": thing, "quantity": 320.5, "uom": "KGM"}],
        **more,
    }


def _journey() -> dict[str, Any]:
    """Harvest, cooling, packing and receipt of dragon fruit, out of order; the receipt is declared wrong."""
    sensors = [
        {
            "sensorMetadata": {"startTime": "2026-11-20T08:00:00+08:00", "endTime": "2026-11-20T12:00:00+08:00"},
            "sensorReport": [
                {"type": "Temperature", "uom": "CEL", "minValue": 3.5, "maxValue": 9.25},
                {"type": "Temperature", "uom": "CEL", "value": 4, "exception": "ALARM_CONDITION"},
            ],
        }
    ]
    dates = {"cbvmda:harvestEndDate": "2026-11-20", "cbvmda:itemExpirationDate": "2026-12-20", "yg:品种": "红心"}
    received = _event("2026-11-21T05:00:00+08:00", "receiving", STORE, URN, eventID="urn:uuid:1")
    declaration = {"declarationTime": "2026-11-21T06:00:00+08:00", "reason": "did_not_occur"}
    packed = _event("2026-11-20T14:00:00+08:00", "packing", COOLER, LINK)
    cooled = _event("2026-11-20T12:00:00+08:00", "sensor_reporting", COOLER, URN, sensorElementList=sensors)
    harvest = {"action": "ADD", "disposition": "active", "ilmd": dates}
    events = [
        received,
        {**received, "errorDeclaration": declaration},
        packed,
        _event("2026-11-20T06:30:00+08:00", "commissioning", FARM, LINK, **harvest),
        cooled,
    ]
    return {
        "@context": CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-11-21T06:30:00+08:00",
        "epcisBody": {"eventList": events},
    }


@pytest.fixture
async def shop(app_url: str) -> AsyncIterator[Shop]:
    """A shop that sells the fruit, knows two of the three places, and has imported the journey."""
    async with open_shop(app_url) as opened:
        await fetched(opened.database, _SKU, GTIN)
        for place in PLACES:
            await fetched(
                opened.database, "INSERT INTO place (uri, name, province, city) VALUES ($1, $2, $3, $4)", *place
            )
        assert await imported(opened.database, as_bytes(_journey())) == ["STORED"] * 5
        yield opened


async def test_a_journey_from_harvest_to_store(shop: Shop) -> None:
    """Events in the order they happened, with stage, named place, temperatures and the declared error."""
    lot = (await shop.registered("LotTrace", {"lotCode": LOT, "gtin": GTIN})).data["lot"]
    assert (lot["lotCode"], lot["gtin"], lot["status"], lot["producer"]) == (LOT, GTIN, "SELLABLE", None)
    assert (lot["harvestedOn"], lot["packedOn"], lot["bestBeforeOn"]) == ("2026-11-20", None, None)
    assert (lot["expiresOn"], lot["daysLeft"]) == ("2026-12-20", 30)
    assert (lot["sku"]["spec"], lot["sku"]["product"]["name"]) == ("500克", "高原红心火龙果")
    assert (lot["inspectionReports"], lot["certificates"]) == ([], [])
    farm = {"uri": FARM, "name": "元谋火龙果合作社", "city": "楚雄"}
    cooler = {"uri": COOLER, "name": "呈贡预冷中心", "city": "昆明"}
    store = {"uri": STORE, "name": None, "city": None}
    seen = [(event["stage"], event["bizStep"], event["place"], event["errorReason"]) for event in lot["events"]]
    assert seen == [
        ("HARVESTING", "commissioning", farm, None),
        ("COOLING", "sensor_reporting", cooler, None),
        ("PACKING", "packing", cooler, None),
        ("RECEIVING", "receiving", store, None),
        ("RECEIVING", "receiving", store, "did_not_occur"),
    ]
    times = [(event["eventTime"], event["eventOffset"]) for event in lot["events"]]
    assert times == [
        ("2026-11-19T22:30:00+00:00", "+08:00"),
        ("2026-11-20T04:00:00+00:00", "+08:00"),
        ("2026-11-20T06:00:00+00:00", "+08:00"),
        ("2026-11-20T21:00:00+00:00", "+08:00"),
        ("2026-11-20T21:00:00+00:00", "+08:00"),
    ]
    measured = [event["temperature"] for event in lot["events"]]
    assert measured == [None, {"minC": "3.50", "maxC": "9.25", "hasAlarm": True}, None, None, None]
    assert [event["errorDeclaredAt"] for event in lot["events"]][-1] == "2026-11-20T22:00:00+00:00"
    assert lot["events"][-1]["eventHash"] == lot["events"][-2]["eventHash"]


async def test_the_lot_without_its_gtin(shop: Shop) -> None:
    """The code alone is enough while one trade item has it; URN and Digital Link named the same lot."""
    lot = (await shop.registered("LotTrace", {"lotCode": LOT})).data["lot"]
    assert (lot["gtin"], len(lot["events"])) == (GTIN, 5)
    assert (await shop.registered("LotTrace", {"lotCode": "NONE"})).data["lot"] is None


async def test_quantities_in_kilograms(shop: Shop) -> None:
    """How much of the lot each event touched."""
    query = "query($code: String!) { lot(lotCode: $code) { events { lots { lot { lotCode } role quantity uom } } } }"
    events = (await shop.ask(query, code=LOT)).data["lot"]["events"]
    touched = {"lot": {"lotCode": LOT}, "role": "OBJECT", "quantity": "320.500", "uom": "KGM"}
    assert [event["lots"] for event in events] == [[touched]] * 5
