"""What staff see of stock, at their points only, a page at a time."""

from typing import Any

from app.kit import ids
from tests.inventory.conftest import Store
from tests.inventory.counter import clerk, point_id, stock_lot
from tests.inventory.till import keeps
from tests.rows import Rows, days
from tests.shop import Shop

NODES = "nodes { onHand held available lot { lotCode } sku { code } pickupPoint { code } } totalCount"
MOVES = "nodes { kind onHandDelta heldDelta reason caller } totalCount pageInfo { hasNextPage endCursor }"


async def read(store: Store, field: str, arguments: str, what: str = NODES) -> Any:
    """A list as the clerk sees it."""
    return (await store.clerk.ask(f"{{ {field}({arguments}) {{ {what} }} }}")).data[field]


async def test_what_stands_at_a_point(store: Store, rows: Rows) -> None:
    """Newest first, of all SKUs or one, as it is at this moment: what is held beyond its time is nobody's."""
    other = await rows.sku(await rows.product(), code="OTHER")
    await store.till.shelve(store.here, store.sku, 5, **keeps(5), lot_code="A")
    await store.till.shelve(store.here, other, 3, lot_code="B")
    await store.till.shelve(store.there, store.sku, 9)
    await store.till.hold(await store.till.hold_row(), store.here, {store.sku: 2})
    found = await read(store, "stockLots", point_id(store.here))
    assert [(each["lot"]["lotCode"], each["onHand"], each["held"], each["available"]) for each in found["nodes"]] == [
        ("B", 3, 0, 3),
        ("A", 5, 2, 3),
    ]
    assert found["totalCount"] == 2
    late = store.clerk.later(minutes=10)
    answer = await late.ask(f"{{ stockLots({point_id(store.here)}) {{ {NODES} }} }}")
    assert [each["held"] for each in answer.data["stockLots"]["nodes"]] == [0, 0]
    one = await read(store, "stockLots", f'{point_id(store.here)}, skuId: "{ids.encode("Sku", other)}"')
    assert [(each["lot"]["lotCode"], each["sku"]["code"]) for each in one["nodes"]] == [("B", "OTHER")]


async def test_the_list_takes_as_many_statements_however_long(store: Store) -> None:
    """Lots, SKUs and points of a page are read together."""
    counts = []
    for _ in range(2):
        for _ in range(3):
            await store.till.shelve(store.here, store.sku, 1)
        answer = await store.clerk.ask(f"{{ stockLots({point_id(store.here)}) {{ {NODES} }} }}")
        counts.append(len(answer.statements))
    assert counts[0] == counts[1]


async def test_expired_stock_is_what_is_to_be_written_off(store: Store) -> None:
    """From Shanghai's midnight on, until nothing of it stands there."""
    await store.till.shelve(store.here, store.sku, 5)
    today = await store.till.shelve(store.here, store.sku, 4, expires_on=days(0), lot_code="TODAY")
    await store.till.shelve(store.here, store.sku, 3, expires_on=days(-1), packed_on=None, lot_code="OVER")
    lot = await store.rows.lot(store.sku, expires_on=days(-1), packed_on=None)
    await store.rows.stock(store.here, store.sku, lot, on_hand=0)
    found = await read(store, "expiredStock", point_id(store.here))
    assert ([each["lot"]["lotCode"] for each in found["nodes"]], found["totalCount"]) == (["OVER"], 1)
    midnight = store.clerk.later(hours=14)
    query = f"{{ expiredStock({point_id(store.here)}) {{ {NODES} }} }}"
    nodes = (await midnight.ask(query)).data["expiredStock"]["nodes"]
    assert [each["lot"]["lotCode"] for each in nodes] == ["OVER", "TODAY"]
    await midnight.do("writeOff", f"{stock_lot(today)}, quantity: 4, reason: EXPIRED")
    nodes = (await midnight.ask(query)).data["expiredStock"]["nodes"]
    assert [each["lot"]["lotCode"] for each in nodes] == ["OVER"]


async def test_movements_of_a_lot_in_pages(store: Store) -> None:
    """Newest first; nobody is named but by kind and number."""
    lot = await store.till.shelve(store.here, store.sku, 9)
    for units in (1, 2, 3):
        await store.clerk.do("writeOff", f"{stock_lot(lot)}, quantity: {units}, reason: SAMPLE")
    first = await read(store, "stockMovements", f"{stock_lot(lot)}, first: 3", MOVES)
    assert [each["onHandDelta"] for each in first["nodes"]] == [-3, -2, -1]
    assert {each["caller"] for each in first["nodes"]} == {str(store.clerk.caller)}
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (4, True)
    behind = f'{stock_lot(lot)}, first: 3, after: "{first["pageInfo"]["endCursor"]}"'
    assert [each["kind"] for each in (await read(store, "stockMovements", behind, MOVES))["nodes"]] == ["RECEIVE"]


async def test_other_points_are_not_shown(store: Store, office: Shop, rows: Rows) -> None:
    """Null, as for what there is not; whoever serves them sees them."""
    lot = await store.till.shelve(store.there, store.sku, 9)
    fields = [
        ("stockLots", point_id(store.there)),
        ("expiredStock", point_id(store.there)),
        ("stockMovements", stock_lot(lot)),
        ("stockMovements", stock_lot(2**40)),
    ]
    for field, arguments in fields:
        assert await read(store, field, arguments, "nodes { __typename }") is None
    there = await clerk(office, rows, store.there)
    for field, arguments in fields[:3]:
        answer = await there.ask(f"{{ {field}({arguments}) {{ nodes {{ __typename }} }} }}")
        assert answer.data[field] is not None
