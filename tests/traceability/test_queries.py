"""Reads of lots and their papers."""

from datetime import datetime
from typing import Any

from tests.rows import Rows, days, hours
from tests.shop import Shop

LOT = "query ($code: String!, $gtin: String) { lot(lotCode: $code, gtin: $gtin) { gtin } }"


async def test_a_code_of_several_trade_items_needs_the_gtin(rows: Rows, bare_shop: Shop) -> None:
    """Ambiguous, it is refused; with the gtin it is found, with another it is none."""
    gtins = ["00000000000017", "00000000000024", "00000000000031"]
    for gtin in gtins:
        await rows.lot(None, lot_code="L-1", gtin=gtin)
    await rows.lot(None, lot_code="L-2", gtin=gtins[0])
    ambiguous = await bare_shop.ask(LOT, code="L-1")
    assert ambiguous.codes == ["BAD_USER_INPUT"]
    assert "gtin" in ambiguous.body["errors"][0]["message"]
    for code, gtin, found in (
        ("L-1", gtins[1], {"gtin": gtins[1]}),
        ("L-1", "00000000000048", None),
        ("L-1", "17", None),
        ("L-2", None, {"gtin": gtins[0]}),
        ("L-2", gtins[0], {"gtin": gtins[0]}),
        ("L-3", None, None),
        ("l-1", gtins[0], None),
    ):
        assert (await bare_shop.ask(LOT, code=code, gtin=gtin)).data["lot"] == found


async def event(rows: Rows, number: int, **values: Any) -> int:
    """An event at a place that has no name."""
    given = {
        "event_type": "ObjectEvent",
        "action": "OBSERVE",
        "event_hash": f"ni:///sha-256;{number:064x}?ver=CBV2.0",
        "event_time": hours(-number),
        "event_offset": "+08:00",
        "recorded_at": hours(0),
        "canonical": "{}",
    }
    defaults = ["biz_transactions", "sources", "destinations", "sensor_elements", "ilmd", "corrective_event_ids"]
    documents: dict[str, Any] = {name: "{}" if name == "ilmd" else "[]" for name in defaults}
    return await rows.insert("trace_event", **given | documents | {"has_alarm": False} | values)


async def test_events_come_in_the_order_they_happened(rows: Rows, bare_shop: Shop) -> None:
    """Whatever their order of arrival; at one moment, by arrival. Places are named where they are known."""
    lot, other = await rows.lot(None, lot_code="L"), await rows.lot(None, lot_code="O")
    await rows.insert("place", uri="urn:epc:id:sgln:6901234.00001.0", name="产地仓", province="云南省", city="丽江市")
    late = await event(rows, 1, read_point="urn:epc:id:sgln:6901234.00001.0", biz_location="urn:epc:id:sgln:9.9.0")
    early = await event(rows, 9, biz_location="urn:epc:id:sgln:6901234.00002.0")
    tied = await event(rows, 2, event_time=hours(-1), temperature_min_c=1, temperature_max_c=4, has_alarm=True)
    for lot_id, event_id, role in (
        (lot, late, "OBJECT"),
        (lot, early, "OUTPUT"),
        (lot, tied, "CHILD"),
        (other, late, "OBJECT"),
    ):
        await rows.insert("lot_event", lot_id=lot_id, event_id=event_id, role=role)
    query = """{ lot(lotCode: "L") { events {
      eventTime place { uri name city } temperature { minC maxC hasAlarm } lots { role lot { lotCode } }
    } } }"""
    first, second, third = (await bare_shop.ask(query)).data["lot"]["events"]
    times = [datetime.fromisoformat(each["eventTime"]) for each in (first, second, third)]
    assert times == [hours(-9), hours(-1), hours(-1)]
    assert first["place"] == {"uri": "urn:epc:id:sgln:6901234.00002.0", "name": None, "city": None}
    assert second["place"] == {"uri": "urn:epc:id:sgln:6901234.00001.0", "name": "产地仓", "city": "丽江市"}
    assert third["place"] is None
    assert third["temperature"] == {"minC": "1.00", "maxC": "4.00", "hasAlarm": True}
    assert second["temperature"] is None
    assert second["lots"] == [
        {"role": "OBJECT", "lot": {"lotCode": "L"}},
        {"role": "OBJECT", "lot": {"lotCode": "O"}},
    ]


async def test_only_accepted_reports_are_shown_newest_first(rows: Rows, bare_shop: Shop) -> None:
    """What a laboratory filed counts once quality management took it over; certificates need no such step."""
    lot = await rows.lot(None, lot_code="L")
    line = {"name": "镉", "method": "GB", "limit": "≤0.05", "value": "0.01", "unit": "mg/kg", "verdict": "PASS"}
    for number, status, issued in (
        ("R1", "ACCEPTED", -9),
        ("R2", "SUBMITTED", -2),
        ("R3", "ACCEPTED", -3),
        ("R4", "REJECTED", -1),
    ):
        facts = {
            "lab": "检测所",
            "number": number,
            "sample_name": "样品",
            "verdict": "PASS",
            "status": status,
            "items": [line],
        }
        dates = {"sampled_on": days(-10), "issued_on": days(issued), "created_at": hours(0)}
        await rows.insert("inspection_report", lot_id=lot, **facts, **dates)
    for number, issued in (("C1", -5), ("C2", -4)):
        facts = {"product_name": "桃", "quantity": "一箱", "origin": "云南", "issuer": "合作社", "basis": "SELF_TEST"}
        await rows.insert("conformity_certificate", lot_id=lot, number=number, issued_on=days(issued), **facts)
    query = '{ lot(lotCode: "L") { inspectionReports { number items { name verdict } } certificates { number } } }'
    found = (await bare_shop.ask(query)).data["lot"]
    assert found["inspectionReports"] == [
        {"number": "R3", "items": [{"name": "镉", "verdict": "PASS"}]},
        {"number": "R1", "items": [{"name": "镉", "verdict": "PASS"}]},
    ]
    assert [each["number"] for each in found["certificates"]] == ["C2", "C1"]
