"""The documents that are registered for whoever looks after stock, asked by their ids."""

from typing import Any

from app.documents import files
from app.kit import ids
from schema.documents import TREE
from tests.inventory.conftest import Store
from tests.rows import Rows, days

IDS = {each.name: each.id for each in files.read(TREE / "staff")}


async def ask(store: Store, name: str, **variables: Any) -> Any:
    """What the one field of a document answers the clerk."""
    sent = {"documentId": IDS[name], "variables": variables}
    (answer,) = (await store.clerk.shop.send(json=sent, headers=store.clerk.headers)).data.values()
    return answer


async def test_a_day_at_the_counter(store: Store, rows: Rows) -> None:
    """Units come, are counted, tasted and looked at; a lot that is over is found and given up."""
    await rows.insert("staff_pickup_point", staff_id=store.clerk.caller.id, pickup_point_id=store.there)
    here, there = ids.encode("PickupPoint", store.here), ids.encode("PickupPoint", store.there)
    lot = ids.encode("Lot", await rows.lot(store.sku))
    came = {"idempotencyKey": "document-1", "pickupPointId": here, "lotId": lot, "quantity": 9}
    stock_lot = (await ask(store, "StockReceive", input=came))["id"]
    counted = {"idempotencyKey": "document-2", "stockLotId": stock_lot, "onHand": 8, "reason": "盘点"}
    assert (await ask(store, "StockAdjust", input=counted))["onHand"] == 8
    tasted = {"idempotencyKey": "document-3", "stockLotId": stock_lot, "quantity": 1, "reason": "SAMPLE"}
    assert (await ask(store, "StockWriteOff", input=tasted))["onHand"] == 7
    carried = {"idempotencyKey": "document-4", "stockLotId": stock_lot, "toPickupPointId": there, "quantity": 3}
    assert (await ask(store, "StockTransfer", input=carried))["onHand"] == 3
    (stands,) = (await ask(store, "StockLots", pickupPointId=here))["nodes"]
    assert (stands["id"], stands["onHand"], stands["held"], stands["available"]) == (stock_lot, 4, 0, 4)
    moves = (await ask(store, "StockMovements", stockLotId=stock_lot))["nodes"]
    assert [(each["kind"], each["onHandDelta"]) for each in moves] == [
        ("TRANSFER", -3),
        ("WRITE_OFF", -1),
        ("ADJUST", -1),
        ("RECEIVE", 9),
    ]
    assert (await ask(store, "ExpiredStock", pickupPointId=here))["nodes"] == []
    await store.till.shelve(store.here, store.sku, 2, expires_on=days(-1), packed_on=None)
    (over,) = (await ask(store, "ExpiredStock", pickupPointId=here))["nodes"]
    assert (over["onHand"], over["lot"]["daysLeft"]) == (2, 0)
