"""The chains of the demo's lots."""

from hashlib import sha256
from itertools import pairwise

import asyncpg

from app.demo.sample import SAMPLE
from app.traceability.epcis.event import Event
from app.traceability.epcis.reader import read
from tests.demo.conftest import NOW


async def test_each_lot_has_a_whole_chain(shop: asyncpg.Connection) -> None:
    """Six to ten events from making to shelving; papers for each lot."""
    low, high = await shop.fetchrow(
        "SELECT min(n), max(n) FROM (SELECT l.id, count(t.id) n FROM lot l LEFT JOIN lot_event t ON t.lot_id = l.id"
        " GROUP BY l.id) x"
    )
    assert (low, high) == (6, 10)
    assert (
        await shop.fetchval(
            "SELECT count(*) FROM lot l WHERE NOT EXISTS (SELECT FROM inspection_report r WHERE r.lot_id = l.id)"
        )
        == 0
    )
    assert await shop.fetchval("SELECT count(*) FROM conformity_certificate") > 1_000


async def test_events_happen_in_order(shop: asyncpg.Connection) -> None:
    """Seals follow time, the steps follow each other, and nothing lies in the future."""
    rows = await shop.fetch(
        "SELECT s.lot_id, e.event_time, e.biz_step FROM lot_seal s JOIN trace_event e ON e.id = s.event_id"
        " ORDER BY s.lot_id, s.sequence"
    )
    steps = ("commissioning", "sensor_reporting", "packing", "inspecting", "shipping", "transporting", "receiving")
    rank = {step: place for place, step in enumerate((*steps, "storing"))}
    assert max(row["event_time"] for row in rows) <= NOW
    for before, after in pairwise(rows):
        if before["lot_id"] == after["lot_id"]:
            assert before["event_time"] < after["event_time"]
            assert rank[before["biz_step"]] <= rank[after["biz_step"]]


async def test_seals_chain_every_event_of_a_lot(shop: asyncpg.Connection) -> None:
    """Each link is sha256 of the link before and the event's hash; every link of a lot to an event is sealed."""
    rows = await shop.fetch(
        "SELECT s.lot_id, s.sequence, s.previous_hash, s.chain_hash, e.event_hash FROM lot_seal s"
        " JOIN trace_event e ON e.id = s.event_id ORDER BY s.lot_id, s.sequence"
    )
    previous: dict[int, str] = {}
    for row in rows:
        before = previous.get(row["lot_id"])
        assert row["previous_hash"] == before
        assert row["chain_hash"] == sha256(((before or "") + row["event_hash"]).encode()).hexdigest()
        previous[row["lot_id"]] = row["chain_hash"]
    assert len(rows) == await shop.fetchval("SELECT count(*) FROM lot_event")


async def test_stored_events_are_what_the_reader_reads(shop: asyncpg.Connection) -> None:
    """A sample's canonical text obeys every EPCIS rule and gives the stored hash and columns again."""
    rows = await shop.fetch("SELECT * FROM trace_event WHERE id % 23 = 0 OR has_alarm")
    assert len(rows) > 200
    for row in rows:
        (event,) = read(row["canonical"].encode()).events
        assert isinstance(event, Event)
        assert event.canonical == row["canonical"]
        assert event.hash == row["event_hash"]
        assert (event.event_id, event.event_time) == (row["event_id"], row["event_time"])
        assert (event.type, event.action, event.biz_step) == (row["event_type"], row["action"], row["biz_step"])
        assert (event.read_point, event.biz_location) == (row["read_point"], row["biz_location"])


async def test_events_name_known_places(shop: asyncpg.Connection) -> None:
    """Every URI of a place has its name in Chinese."""
    assert (
        await shop.fetchval(
            "SELECT count(*) FROM trace_event e WHERE NOT EXISTS (SELECT FROM place p WHERE p.uri = e.read_point)"
            " OR biz_location IS NOT NULL AND NOT EXISTS (SELECT FROM place p WHERE p.uri = e.biz_location)"
        )
        == 0
    )


async def test_inspecting_events_name_the_reports(shop: asyncpg.Connection) -> None:
    """The test result an event refers to is the number of its lot's report."""
    assert (
        await shop.fetchval(
            "SELECT count(*) FROM lot_event t JOIN trace_event e ON e.id = t.event_id JOIN inspection_report r"
            " ON r.lot_id = t.lot_id WHERE e.biz_step = 'inspecting' AND NOT EXISTS (SELECT FROM"
            " jsonb_array_elements(e.biz_transactions) b WHERE b->>'type' = 'testres'"
            " AND b->>'uri' LIKE '%:' || r.number)"
        )
        == 0
    )


async def test_reports_have_four_to_eight_items(shop: asyncpg.Connection) -> None:
    """Each item with its name, method, limit, value, unit and verdict."""
    assert (
        await shop.fetchval(
            "SELECT count(*) FROM inspection_report WHERE jsonb_array_length(items) NOT BETWEEN 4 AND 8"
        )
        == 0
    )
    keys = await shop.fetchval(
        "SELECT array_agg(DISTINCT key) FROM inspection_report, jsonb_array_elements(items) item,"
        " jsonb_object_keys(item) key"
    )
    assert sorted(keys) == ["limit", "method", "name", "unit", "value", "verdict"]


async def test_one_lot_had_a_warm_hour(shop: asyncpg.Connection) -> None:
    """The alarm stands on one event of one lot, above its storage temperature; the lot is on hold."""
    rows = await shop.fetch(
        "SELECT l.lot_code, l.status, e.temperature_max_c, e.sensor_elements::text AS sensors, p.storage_max_c"
        " FROM trace_event e JOIN lot_event t ON t.event_id = e.id JOIN lot l ON l.id = t.lot_id"
        " JOIN sku k ON k.id = l.sku_id JOIN product p ON p.id = k.product_id WHERE e.has_alarm"
    )
    (row,) = rows
    assert (row["lot_code"], row["status"]) == (SAMPLE.alarm_lot_code, "ON_HOLD")
    assert row["temperature_max_c"] > row["storage_max_c"]
    assert '"ALARM_CONDITION"' in row["sensors"]


async def test_cold_chains_stay_within_bounds(shop: asyncpg.Connection) -> None:
    """All other readings keep to the storage temperatures of everything in the load."""
    assert (
        await shop.fetchval(
            "SELECT count(*) FROM trace_event e JOIN lot_event t ON t.event_id = e.id JOIN lot l ON l.id = t.lot_id"
            " JOIN sku k ON k.id = l.sku_id JOIN product p ON p.id = k.product_id WHERE NOT e.has_alarm AND"
            " (e.temperature_max_c > p.storage_max_c OR e.temperature_min_c < p.storage_min_c)"
        )
        == 0
    )


async def test_the_sample_is_there(shop: asyncpg.Connection) -> None:
    """The product has every medium, an offer and stock of two lots at the point."""
    kinds = await shop.fetchval(
        "SELECT array_agg(DISTINCT m.kind) FROM media m JOIN product p ON p.id = m.product_id WHERE p.slug = $1",
        SAMPLE.product_slug,
    )
    assert sorted(kinds) == ["IMAGE", "PANORAMA", "SPIN", "VIDEO"]
    lots = await shop.fetch(
        "SELECT k.id, count(*) FROM stock_lot s JOIN sku k ON k.id = s.sku_id JOIN product p ON p.id = k.product_id"
        " JOIN pickup_point t ON t.id = s.pickup_point_id JOIN lot l ON l.id = s.lot_id"
        " WHERE p.slug = $1 AND t.code = $2 AND s.on_hand > 0 AND l.expires_on > '2026-11-23' GROUP BY k.id",
        SAMPLE.product_slug,
        SAMPLE.pickup_point_code,
    )
    assert [row["count"] for row in lots] == [2, 2, 2]
