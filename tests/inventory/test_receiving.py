"""What comes to a point is taken into its stock: only what may be sold, and no more than came."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from app.inventory.enums import LotProblem
from app.kit import clock, ids
from tests.inventory.conftest import Store
from tests.inventory.counter import point_id
from tests.inventory.till import COUNTERS, UNBALANCED
from tests.rows import Rows, days
from tests.shop import NOW

MOVES = "SELECT kind, on_hand_delta, held_delta FROM stock_movement ORDER BY id"
HERE = "https://id.gs1.org/414/6901234000016"
HASH = "ni:///sha-256;{:064x}?ver=CBV2.0"


async def receiving(rows: Rows, lot: int, quantity: float | None, place: str = HERE, **event: Any) -> int:
    """An event that says a lot came to a place; the number in its hash."""
    number = int(await rows.connection.fetchval("SELECT count(*) FROM trace_event"))
    given = {
        "event_type": "ObjectEvent",
        "event_hash": HASH.format(number),
        "event_time": NOW,
        "event_offset": "+08:00",
        "recorded_at": NOW,
        "action": "OBSERVE",
        "stage": "RECEIVING",
        "read_point": place,
        "biz_transactions": "[]",
        "sources": "[]",
        "destinations": "[]",
        "sensor_elements": "[]",
        "ilmd": "{}",
        "has_alarm": False,
        "corrective_event_ids": "[]",
        "canonical": "{}",
    }
    uom = event.pop("uom", None)
    key = await rows.insert("trace_event", **given | event)
    await rows.insert("lot_event", lot_id=lot, event_id=key, role="OBJECT", quantity=quantity, uom=uom)
    return number


async def receive(store: Store, lot: int, quantity: int, key: str | None = None) -> dict[str, Any]:
    """Units of a lot, taken in by the clerk."""
    given = f'{point_id(store.here)}, lotId: "{ids.encode("Lot", lot)}", quantity: {quantity}'
    return await store.clerk.do("receiveStock", given, key)


async def test_what_came_is_on_sale_at_once(store: Store, rows: Rows) -> None:
    """By lot id or by code; once however often it is sent; the second delivery goes into the same stock lot."""
    lot = await rows.lot(store.sku, lot_code="L-1", gtin="06901234567892")
    for key in ("delivery-1", "delivery-1"):
        answer = await receive(store, lot, 5, key)
        assert (answer["__typename"], answer["onHand"], answer["available"]) == ("StockLot", 5, 5)
    given = f'{point_id(store.here)}, lotCode: "L-1", gtin: "06901234567892", quantity: 2'
    assert (await store.clerk.do("receiveStock", given))["onHand"] == 7
    assert await store.till.look(MOVES) == [("RECEIVE", 5, 0), ("RECEIVE", 2, 0)]
    assert await store.till.look("SELECT action, before::text, after::text FROM audit_entry ORDER BY id") == [
        ("receive", '{"on_hand": 0}', '{"on_hand": 5}'),
        ("receive", '{"on_hand": 5}', '{"on_hand": 7}'),
    ]
    assert await store.till.look("SELECT count(*) FROM product_availability WHERE sellable_until IS NOT NULL") == [(1,)]
    assert len(await store.till.hold(await store.till.hold_row(), store.here, {store.sku: 7})) == 1
    assert await store.till.look(UNBALANCED) == []


@pytest.mark.parametrize("place", [HERE, f"{HERE}/254/back", "urn:epc:id:sgln:6901234.00001.0"])
async def test_no_more_is_received_than_the_event_says(store: Store, rows: Rows, place: str) -> None:
    """Less what was received before; the place by Digital Link or URN."""
    lot = await rows.lot(store.sku)
    await receiving(rows, lot, 8, place)
    await receiving(rows, lot, 99, "https://id.gs1.org/414/6901234000023")  # elsewhere
    assert (await receive(store, lot, 5))["__typename"] == "StockLot"
    refused = await receive(store, lot, 4)
    assert (refused["__typename"], refused["announced"], refused["received"]) == ("ReceivedTooMuch", 8, 5)
    assert await store.till.look(COUNTERS) == [(5, 0)]
    assert (await receive(store, lot, 3))["onHand"] == 8


async def test_what_went_away_again_may_not_come_twice(store: Store, rows: Rows) -> None:
    """Received is what was received, whatever is left of it."""
    lot = await rows.lot(store.sku)
    await receiving(rows, lot, 5)
    stock_lot = (await receive(store, lot, 5))["id"]
    await store.clerk.do("writeOff", f'stockLotId: "{stock_lot}", quantity: 5, reason: DAMAGED')
    assert (await receive(store, lot, 1))["__typename"] == "ReceivedTooMuch"


async def test_events_add_up_and_wrong_ones_do_not_count(store: Store, rows: Rows) -> None:
    """One that was declared wrong counts no more than its declaration."""
    lot = await rows.lot(store.sku)
    await receiving(rows, lot, 3)
    wrong = await receiving(rows, lot, 50)
    await receiving(rows, lot, 50, event_hash=HASH.format(wrong), error_declared_at=NOW)
    await receiving(rows, lot, 4)
    refused = await receive(store, lot, 8)
    assert (refused["__typename"], refused["announced"]) == ("ReceivedTooMuch", 7)
    assert (await receive(store, lot, 7))["__typename"] == "StockLot"


@pytest.mark.parametrize(
    "event", [{"quantity": 3, "uom": "KGM"}, {"quantity": None}, {"quantity": 3, "stage": "SHIPPING"}]
)
async def test_an_event_that_counts_no_pieces_refuses_nothing(store: Store, rows: Rows, event: dict[str, Any]) -> None:
    """Kilograms are not units of a SKU."""
    lot = await rows.lot(store.sku)
    await receiving(rows, lot, **event)
    assert (await receive(store, lot, 9))["__typename"] == "StockLot"


async def test_clerks_who_receive_at_once_receive_no_more_together(store: Store, rows: Rows) -> None:
    """Ten of them two units each, of which eleven came."""
    lot = await rows.lot(store.sku)
    await receiving(rows, lot, 11)
    told = await asyncio.gather(*(receive(store, lot, 2) for _ in range(10)))
    assert Counter(each["__typename"] for each in told) == {"StockLot": 5, "ReceivedTooMuch": 5}
    assert await store.till.look(COUNTERS) == [(10, 0)]
    assert await store.till.look(UNBALANCED) == []


@pytest.mark.parametrize(
    ("problem", "lot", "producer"),
    [
        (LotProblem.RECALLED, {"status": "RECALLED"}, {}),
        (LotProblem.ON_HOLD, {"status": "ON_HOLD"}, {}),
        (LotProblem.EXPIRED, {"expires_on": days(-1), "packed_on": None}, {}),
        (LotProblem.NO_EXPIRY, {"expires_on": None}, {}),
        (LotProblem.LICENCE_EXPIRED, {}, {"licence_expires_on": days(-1)}),
        (LotProblem.NOT_SOLD, {"sku_id": None}, {}),
    ],
)
async def test_what_could_not_be_sold_is_not_taken_in(
    store: Store, rows: Rows, problem: LotProblem, lot: dict[str, Any], producer: dict[str, Any]
) -> None:
    """Nothing is written, not even an empty stock lot."""
    made = await rows.lot(**{"sku_id": store.sku, "producer_id": await rows.producer(**producer)} | lot)
    answer = await receive(store, made, 1)
    assert (answer["__typename"], answer["problem"]) == ("LotNotSellable", problem)
    assert await store.till.look("SELECT 1 FROM stock_lot UNION ALL SELECT 1 FROM audit_entry") == []


async def test_a_lot_whose_maker_nobody_knows_is_not_taken_in(store: Store, rows: Rows) -> None:
    """Food without a known producer is not sold (Food Safety Law, article 53)."""
    lot = await rows.lot(store.sku)
    await rows.connection.execute("UPDATE lot SET producer_id = NULL")
    assert (await receive(store, lot, 1))["problem"] == LotProblem.NO_PRODUCER


@pytest.mark.parametrize(("status", "answered"), [("ACCEPTED", "LotNotSellable"), ("SUBMITTED", "StockLot")])
async def test_a_lot_with_a_failed_report_is_not_taken_in(store: Store, rows: Rows, status: str, answered: str) -> None:
    """Once quality management took the report over."""
    lot = await rows.lot(store.sku)
    await rows.insert(
        "inspection_report",
        lot_id=lot,
        lab="检测中心",
        number="R-1",
        sample_name="样品",
        sampled_on=days(-2),
        issued_on=days(-1),
        verdict="FAIL",
        status=status,
        items=[{"name": "毒死蜱"}],
        created_at=NOW,
    )
    assert (await receive(store, lot, 1))["__typename"] == answered


async def test_what_is_named_must_be_there(store: Store, rows: Rows) -> None:
    """A point that is none, one that is not hers, a lot that is none, a code of two trade items; nothing is written."""
    for _ in range(2):
        await rows.lot(store.sku, lot_code="TWICE")
    code = 'lotCode: "TWICE", quantity: 1'
    asked = [
        (f"{point_id(2**40)}, {code}", "PickupPointNotFound"),
        (f"{point_id(store.there)}, {code}", "PickupPointNotServed"),
        (f"{point_id(store.here)}, {code}", "LotAmbiguous"),
        (f'{point_id(store.here)}, lotCode: "NONE", quantity: 1', "LotNotFound"),
        (f'{point_id(store.here)}, lotId: "{ids.encode("Lot", 2**40)}", quantity: 1', "LotNotFound"),
    ]
    for given, answered in asked:
        assert (await store.clerk.do("receiveStock", given))["__typename"] == answered
    assert await store.till.look("SELECT 1 FROM stock_lot UNION ALL SELECT 1 FROM audit_entry") == []


@pytest.mark.parametrize("given", ["quantity: 1", 'lotCode: "A", lotId: "x", quantity: 1', 'lotCode: "A", quantity: 0'])
async def test_nonsense_is_refused(store: Store, given: str) -> None:
    """A lot that is named not at all or twice, and no units."""
    text = f'receiveStock(input: {{idempotencyKey: "nonsense-1", {point_id(store.here)}, {given}}})'
    assert (await store.clerk.ask(f"mutation {{ {text} {{ __typename }} }}")).codes == ["BAD_USER_INPUT"]
    assert await store.till.look("SELECT 1 FROM stock_lot") == []


async def test_a_lot_may_be_received_on_its_last_day(store: Store, rows: Rows) -> None:
    """The business day is Shanghai's: at midnight there it is over, though it is still yesterday in UTC."""
    lot = await rows.lot(store.sku, expires_on=days(0))
    last = store.clerk.later(hours=13, minutes=59)
    assert clock.business_day(last.shop.now) == days(0)
    given = f'{point_id(store.here)}, lotId: "{ids.encode("Lot", lot)}", quantity: 1'
    assert (await last.do("receiveStock", given))["__typename"] == "StockLot"
    answer = await last.later(minutes=1).do("receiveStock", given)
    assert answer["problem"] == LotProblem.EXPIRED
