"""Staff count, give up and carry stock: movements only, never what is held, only at points they serve."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from app.accounts.enums import RoleCode
from app.kit import ids
from tests.inventory.conftest import Store
from tests.inventory.counter import clerk, stock_lot
from tests.inventory.till import COUNTERS, UNBALANCED
from tests.rows import Rows
from tests.shop import Shop

MOVES = "SELECT kind, on_hand_delta, held_delta, reason FROM stock_movement ORDER BY id"
AUDIT = "SELECT action, entity, before::text, after::text FROM audit_entry ORDER BY id"


async def everything(store: Store) -> list[Any]:
    """All that a write about stock may change."""
    tables = ("stock_lot", "stock_movement", "stock_hold", "audit_entry", "partner_event", "idempotent_answer")
    return [await store.till.look(f"SELECT * FROM {table} ORDER BY id") for table in tables]


async def test_a_count_is_a_movement(store: Store) -> None:
    """More or fewer; the same number is none, and neither is a repeated request."""
    lot = await store.till.shelve(store.here, store.sku, 5)
    for on_hand, key in ((7, "count-one"), (7, "count-one"), (7, "count-two"), (3, "count-three")):
        answer = await store.clerk.do("adjustStock", f'{stock_lot(lot)}, onHand: {on_hand}, reason: "盘点"', key)
        assert answer == {
            "__typename": "StockLot",
            "id": ids.encode("StockLot", lot),
            "onHand": on_hand,
            "held": 0,
            "available": on_hand,
        }
    assert (await store.till.look(MOVES))[1:] == [("ADJUST", 2, 0, "盘点"), ("ADJUST", -4, 0, "盘点")]
    assert await store.till.look(AUDIT) == [
        ("adjust", "StockLot", '{"on_hand": 5}', '{"on_hand": 7}'),
        ("adjust", "StockLot", '{"on_hand": 7}', '{"on_hand": 3}'),
    ]
    assert await store.till.look(UNBALANCED) == []


async def test_units_are_given_up_for_a_reason(store: Store) -> None:
    """With a remark or without."""
    lot = await store.till.shelve(store.here, store.sku, 5)
    await store.clerk.do("writeOff", f"{stock_lot(lot)}, quantity: 1, reason: SAMPLE")
    answer = await store.clerk.do("writeOff", f'{stock_lot(lot)}, quantity: 2, reason: DAMAGED, remark: "压坏"')
    assert (answer["onHand"], answer["available"]) == (2, 2)
    assert (await store.till.look(MOVES))[1:] == [
        ("WRITE_OFF", -1, 0, "SAMPLE"),
        ("WRITE_OFF", -2, 0, "DAMAGED: 压坏"),
    ]
    assert await store.till.look(UNBALANCED) == []


async def test_units_are_carried_to_another_point(store: Store, office: Shop, rows: Rows) -> None:
    """Two movements, once however often it is sent; the second time into the same stock lot."""
    carrier = await clerk(office, rows, store.here, store.there)
    lot = await store.till.shelve(store.here, store.sku, 5)
    to = f'toPickupPointId: "{ids.encode("PickupPoint", store.there)}"'
    for key, units in (("carry-one", 2), ("carry-one", 2), ("carry-two", 1)):
        answer = await carrier.do("transferStock", f"{stock_lot(lot)}, {to}, quantity: {units}", key)
    assert (answer["__typename"], answer["onHand"]) == ("StockLot", 3)
    assert await store.till.look("SELECT pickup_point_id, on_hand FROM stock_lot ORDER BY id") == [
        (store.here, 2),
        (store.there, 3),
    ]
    assert [row[:2] for row in (await store.till.look(MOVES))[1:]] == [
        ("TRANSFER", -2),
        ("TRANSFER", 2),
        ("TRANSFER", -1),
        ("TRANSFER", 1),
    ]
    assert await store.till.look(UNBALANCED) == []


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("adjustStock", 'onHand: 2, reason: "盘点"'),
        ("writeOff", "quantity: 3, reason: EXPIRED"),
        ("transferStock", 'toPickupPointId: "THERE", quantity: 3'),
    ],
)
async def test_what_is_held_does_not_go_away(store: Store, office: Shop, rows: Rows, name: str, given: str) -> None:
    """Three of five units are held: nothing changes, and the refusal says how many are free."""
    carrier = await clerk(office, rows, store.here, store.there)
    lot = await store.till.shelve(store.here, store.sku, 5)
    await store.till.hold(await store.till.hold_row(), store.here, {store.sku: 3})
    before = await everything(store)
    text = given.replace("THERE", ids.encode("PickupPoint", store.there))
    answer = await carrier.do(name, f"{stock_lot(lot)}, {text}")
    assert (answer["__typename"], answer["available"], answer["held"]) == ("StockHeld", 2, 3)
    assert answer["message"] == "2 can be taken away; 3 are held for customers."
    assert await everything(store) == before


async def test_what_was_held_beyond_its_time_may_go(store: Store) -> None:
    """Whoever locks it lets it go first."""
    lot = await store.till.shelve(store.here, store.sku, 5)
    await store.till.hold(await store.till.hold_row(), store.here, {store.sku: 3})
    late = store.clerk.later(minutes=10)
    answer = await late.do("writeOff", f"{stock_lot(lot)}, quantity: 5, reason: OTHER")
    assert (answer["onHand"], answer["held"]) == (0, 0)
    assert await store.till.look(UNBALANCED) == []


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("adjustStock", 'onHand: 9, reason: "盘点"'),
        ("writeOff", "quantity: 1, reason: EXPIRED"),
        ("transferStock", 'toPickupPointId: "THERE", quantity: 1'),
    ],
)
async def test_other_points_are_not_hers(store: Store, office: Shop, rows: Rows, name: str, given: str) -> None:
    """Neither a lot that stands there, nor one that is nowhere; quality management may everywhere."""
    lot = await store.till.shelve(store.there, store.sku, 5)
    before = await everything(store)
    text = given.replace("THERE", ids.encode("PickupPoint", store.here))
    assert (await store.clerk.do(name, f"{stock_lot(lot)}, {text}"))["__typename"] == "PickupPointNotServed"
    assert (await store.clerk.do(name, f"{stock_lot(2**40)}, {text}"))["__typename"] == "StockLotNotFound"
    assert await everything(store) == before
    quality = await clerk(office, rows, role=RoleCode.QUALITY_MANAGER)
    assert (await quality.do(name, f"{stock_lot(lot)}, {text}"))["__typename"] == "StockLot"


async def test_units_are_carried_to_points_she_serves_only(store: Store) -> None:
    """Nor to a point that there is not; to the same point is no transfer."""
    lot = await store.till.shelve(store.here, store.sku, 5)
    before = await everything(store)
    told = []
    for point in (store.there, 2**40):
        to = f'toPickupPointId: "{ids.encode("PickupPoint", point)}"'
        told.append((await store.clerk.do("transferStock", f"{stock_lot(lot)}, {to}, quantity: 1"))["__typename"])
    assert told == ["PickupPointNotServed", "PickupPointNotFound"]
    given = f'{stock_lot(lot)}, toPickupPointId: "{ids.encode("PickupPoint", store.here)}", quantity: 1'
    text = f'mutation {{ transferStock(input: {{idempotencyKey: "same-point", {given}}}) {{ __typename }} }}'
    assert (await store.clerk.ask(text)).codes == ["BAD_USER_INPUT"]
    assert await everything(store) == before


@pytest.mark.parametrize(
    "given",
    [
        "writeOff(input: {KEY, LOT, quantity: 0, reason: OTHER})",
        "writeOff(input: {KEY, LOT, quantity: -1, reason: OTHER})",
        "writeOff(input: {KEY, LOT, quantity: 100001, reason: OTHER})",
        'writeOff(input: {KEY, LOT, quantity: 1, reason: OTHER, remark: ""})',
        'writeOff(input: {KEY, LOT, quantity: 1, reason: OTHER, remark: "卡号 4111 1111 1111 1111"})',
        'adjustStock(input: {KEY, LOT, onHand: -1, reason: "盘点"})',
        'adjustStock(input: {KEY, LOT, onHand: 5, reason: " "})',
        'adjustStock(input: {KEY, LOT, onHand: 5, reason: "a\\nb"})',
        f'adjustStock(input: {{KEY, LOT, onHand: 4, reason: "{"长" * 91}"}})',
        'adjustStock(input: {idempotencyKey: "short", LOT, onHand: 4, reason: "盘点"})',
    ],
)
async def test_nonsense_is_refused(store: Store, given: str) -> None:
    """As bad input, and nothing changes."""
    lot = await store.till.shelve(store.here, store.sku, 5)
    before = await everything(store)
    text = given.replace("KEY", 'idempotencyKey: "nonsense-1"').replace("LOT", stock_lot(lot))
    assert (await store.clerk.ask(f"mutation {{ {text} {{ __typename }} }}")).codes == ["BAD_USER_INPUT"]
    assert await everything(store) == before


async def test_a_key_is_for_one_input(store: Store) -> None:
    """Another input with it is refused."""
    lot = await store.till.shelve(store.here, store.sku, 5)
    await store.clerk.do("writeOff", f"{stock_lot(lot)}, quantity: 1, reason: SAMPLE", "one-input")
    again = await store.clerk.do("writeOff", f"{stock_lot(lot)}, quantity: 2, reason: SAMPLE", "one-input")
    assert again["__typename"] == "IdempotencyKeyReused"
    assert await store.till.look(COUNTERS) == [(4, 0)]


async def test_two_who_carry_the_last_units_to_and_fro_wait_in_no_circle(
    store: Store, office: Shop, rows: Rows
) -> None:
    """And none is lost: what was refused stayed where it was."""
    carrier = await clerk(office, rows, store.here, store.there)
    lot = await rows.lot(store.sku)
    lots = [await rows.stock(point, store.sku, lot, on_hand=0) for point in (store.here, store.there)]
    await store.clerk.do("adjustStock", f'{stock_lot(lots[0])}, onHand: 6, reason: "盘点"')
    ways = [(lots[0], store.there), (lots[1], store.here)] * 6
    answers = await asyncio.gather(
        *(
            carrier.do(
                "transferStock",
                f'{stock_lot(source)}, toPickupPointId: "{ids.encode("PickupPoint", to)}", quantity: 2',
            )
            for source, to in ways
        )
    )
    assert set(Counter(each["__typename"] for each in answers)) <= {"StockLot", "StockHeld"}
    assert await store.till.look("SELECT sum(on_hand) FROM stock_lot") == [(6,)]
    assert await store.till.look(UNBALANCED) == []
