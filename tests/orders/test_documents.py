"""The documents that are registered for the clerks who pack and hand over, asked by their ids."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.accounts.places import PHONE, PHONE_TAIL
from app.documents import files
from app.kit import ids
from app.kit.caller import Caller
from schema.documents import TREE
from tests.http.toy import bearer
from tests.orders.counter import Clerk, lines_of
from tests.orders.market import Market
from tests.shop import Shop, open_shop

IDS = {each.name: each.id for each in files.read(TREE / "staff")}


@pytest.fixture
async def shop(app_url: str, market: Market) -> AsyncIterator[Shop]:
    """The application over the market's rows."""
    del market  # its rows are there before the application is
    async with open_shop(app_url) as opened:
        yield opened


async def ask(shop: Shop, caller: Caller, name: str, **variables: Any) -> Any:
    """What the one field of a document answers."""
    sent = {"documentId": IDS[name], "variables": variables}
    headers = {"accept-language": "en", **bearer(caller)}
    (answer,) = (await shop.send(json=sent, headers=headers)).data.values()
    return answer


async def test_an_evening_at_the_counter(market: Market, shop: Shop) -> None:
    """From the list of a slot to the hand-over; no answer has the pickup code."""
    clerk = await Clerk.at(market)
    whole = await market.sells(5)
    weighed = await market.sells(9, is_catch_weight=True, net_grams=500, product={"sold_by": "WEIGHT"})
    order = await market.paid(await market.customer(), {whole: 3, weighed: 2})
    first, second = (ids.encode("OrderLine", line.id) for line in await lines_of(market, order))
    point, slot = ids.encode("PickupPoint", market.point), ids.encode("PickupSlot", market.slot)
    (listed,) = (await ask(shop, clerk.caller, "PickupOrders", pickupPointId=point, slotId=slot))["nodes"]
    assert (listed["number"], listed["status"], len(listed["lines"])) == (order.number, "PAID", 2)
    listed = await ask(shop, clerk.caller, "PickList", pickupPointId=point, slotId=slot)
    assert [(line["units"], line["orders"]) for line in listed] == [(3, 1), (2, 1)]
    one = {"orderId": ids.encode("Order", order.id)}
    assert (await ask(shop, clerk.caller, "StartPicking", input=one))["status"] == "PICKING"
    late = await ask(shop, clerk.caller, "MarkReady", input=one)
    assert (late["__typename"], late["lineIds"]) == ("LinesNotReady", [second])
    weight = {"orderLineId": second, "grams": 900}
    assert (await ask(shop, clerk.caller, "RecordWeight", input=weight))["lines"][1]["weighedGrams"] == 900
    short = {"orderLineId": first, "quantity": 1, "writesOff": True, "reason": "坏了", "idempotencyKey": "document-1"}
    assert (await ask(shop, clerk.caller, "ShortPick", input=short))["lines"][0]["shortQuantity"] == 1
    cancelled = {
        **one,
        "lines": [{"orderLineId": first, "quantity": 1}],
        "reason": "SHOP",
        "idempotencyKey": "document-2",
    }
    assert (await ask(shop, clerk.caller, "CancelOrderLines", input=cancelled))["lines"][0]["shortQuantity"] == 2
    dear = {**short, "skuId": ids.encode("Sku", await market.sells(3, price_fen=2000)), "idempotencyKey": "document-3"}
    refused = await ask(shop, clerk.caller, "OfferSubstitution", input=dear)
    assert (refused["__typename"], refused["most"]["fen"]) == ("SubstituteDearer", 1000)
    ready = await ask(shop, clerk.caller, "MarkReady", input=one)
    assert (ready["status"], ready["refundGranted"]["fen"]) == ("READY", 2200)
    found = await ask(shop, clerk.caller, "StaffOrderSearch", pickupPointId=point, pickupCode=order.pickup_code)
    assert [each["number"] for each in found["nodes"]] == [order.number]
    here = {"pickupPointId": point, "pickupCode": order.pickup_code, "idempotencyKey": "document-4"}
    assert (await ask(shop, clerk.caller, "HandOver", input=here))["status"] == "COLLECTED"
    over = await ask(shop, clerk.caller, "CancelOrderForShop", input={**one, "reason": "SHOP", "note": "晚了"})
    assert (over["__typename"], over["status"]) == ("OrderNotMovable", "COLLECTED")


async def test_of_another_point_nothing_is_seen(market: Market, shop: Shop) -> None:
    """Lists are null, orders are not found; whoever may act everywhere sees them."""
    order = await market.paid(await market.customer(), {await market.sells(5): 3})
    stranger = (await Clerk.at(market, await market.rows.point())).caller
    point, slot = ids.encode("PickupPoint", market.point), ids.encode("PickupSlot", market.slot)
    assert await ask(shop, stranger, "PickupOrders", pickupPointId=point) is None
    assert await ask(shop, stranger, "PickList", pickupPointId=point, slotId=slot) is None
    assert await ask(shop, stranger, "StaffOrderSearch", pickupPointId=point, number=order.number) is None
    assert (await ask(shop, stranger, "StaffOrderSearch", number=order.number))["nodes"] == []
    everywhere = Caller(stranger.kind, stranger.id, frozenset({"pickup:serve", "points:all"}))
    assert len((await ask(shop, everywhere, "StaffOrderSearch", number=order.number))["nodes"]) == 1
    before = await market.everything()
    for name, given in (
        ("StartPicking", {}),
        ("MarkReady", {}),
        ("CancelOrderForShop", {"reason": "SHOP", "note": "x"}),
    ):
        answer = await ask(shop, stranger, name, input={"orderId": ids.encode("Order", order.id), **given})
        assert answer["__typename"] == "OrderNotFound"
    assert await market.everything() == before


async def test_more_orders_take_no_more_statements(market: Market, shop: Shop) -> None:
    """The list of a slot and the list to pick: the same texts for one order and for five."""
    clerk = await Clerk.at(market)
    sku = await market.sells(50)
    point, slot = ids.encode("PickupPoint", market.point), ids.encode("PickupSlot", market.slot)
    counts = []
    for orders in (1, 4):
        for _ in range(orders):
            await market.paid(await market.customer(), {sku: 2})
        for name in ("PickupOrders", "PickList"):
            sent = {"documentId": IDS[name], "variables": {"pickupPointId": point, "slotId": slot}}
            counts.append((await shop.send(json=sent, headers=bearer(clerk.caller))).statements)
    assert counts[:2] == counts[2:]


async def test_a_code_looked_for_counts_as_tried(market: Market, shop: Shop) -> None:
    """Else a search would be a way around the limit of the hand-over."""
    clerk = await Clerk.at(market)
    point = ids.encode("PickupPoint", market.point)
    for _ in range(5):
        assert (await ask(shop, clerk.caller, "StaffOrderSearch", pickupPointId=point, pickupCode="ABCDEFGH"))[
            "nodes"
        ] == []
    here = {"pickupPointId": point, "pickupCode": "ABCDEFGH", "idempotencyKey": "document-5"}
    assert (await ask(shop, clerk.caller, "HandOver", input=here))["__typename"] == "HandOverLocked"


async def test_the_number_of_a_phone_finds_its_orders(market: Market, shop: Shop) -> None:
    """By blind index: all of it or nothing."""
    clerk = await Clerk.at(market)
    order = await market.paid(await market.customer(), {await market.sells(5): 1})
    owner, index = market.rows.connection, market.vault.index(PHONE, "+8613800138000")
    await owner.execute(
        "UPDATE customer SET phone_sealed = $2, phone_index = $2 WHERE id = $1", order.customer_id, index
    )
    assert (await ask(shop, clerk.caller, "StaffOrderSearch", phone="13900139000"))["nodes"] == []
    (found,) = (await ask(shop, clerk.caller, "StaffOrderSearch", phone=" 13800138000"))["nodes"]
    assert found["number"] == order.number


async def test_the_last_four_digits_find_the_orders_of_her_point(market: Market, shop: Shop) -> None:
    """Those of the clerk's points, alone or with a slot and states; the search writes nothing down."""
    clerk = await Clerk.at(market)
    stranger = await Clerk.at(market, await market.rows.point(), "stranger")
    sku, numbers = await market.sells(9), {}
    for number in ("+8613800138000", "+8613900138000", "+8613800138001"):
        order = await market.paid(await market.customer(), {sku: 1})
        sql = "UPDATE customer SET phone_sealed = $2, phone_index = $2, phone_tail_index = $3 WHERE id = $1"
        blind = market.vault.index(PHONE, number), market.vault.index(PHONE_TAIL, number[-4:])
        await market.rows.connection.execute(sql, order.customer_id, *blind)
        numbers[number] = order.number
    await clerk.starts(order)
    before = await market.everything()
    slot = ids.encode("PickupSlot", market.slot)

    async def found(caller: Caller, **wanted: Any) -> list[str]:
        answer = await ask(shop, caller, "StaffOrderSearch", **wanted)
        return [each["number"] for each in answer["nodes"]]

    assert await found(clerk.caller, phoneTail=" 8000") == list(numbers.values())[:2]
    assert await found(clerk.caller, phoneTail="8001", slotId=slot, statuses=["PICKING"]) == [order.number]
    assert await found(clerk.caller, phoneTail="8001", slotId=slot, statuses=["PAID"]) == []
    assert await found(clerk.caller, phoneTail="8002") == []
    assert await found(stranger.caller, phoneTail="8000") == []
    assert await market.everything() == before


@pytest.mark.parametrize("tail", ["", "800", "38000", "80o0", "８０００", "%%%%"])
async def test_a_tail_is_four_digits(market: Market, shop: Shop, tail: str) -> None:
    """Nothing shorter, which would list half the customers, and no number at all."""
    clerk = await Clerk.at(market)
    sent = {"documentId": IDS["StaffOrderSearch"], "variables": {"phoneTail": tail}}
    answer = await shop.send(json=sent, headers=bearer(clerk.caller))
    assert answer.codes == ["BAD_USER_INPUT"]
