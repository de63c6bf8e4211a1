"""Carts as a client asks for them: the registered documents, from a visitor's first look to the customer's cart."""

from typing import Any

import pytest

from app.accounts.rules import CUSTOMER_SCOPES
from app.kit import ids
from app.kit.caller import Caller, CallerKind
from tests.carts.conftest import Stall
from tests.http.test_bad_input import BAD_IDS
from tests.http.toy import bearer
from tests.rows import days
from tests.shop import Answer

KEY = "a-key-of-the-client"
LOOK = """query ($token: String!) { cart(cartToken: $token) { token total { fen } lines { skuId quantity } problems {
  __typename message ... on LotTooOldForPickupDay { skuId available possibleOn } } } }"""


def customer(number: int) -> dict[str, str]:
    """What speaks for a customer."""
    return bearer(Caller(CallerKind.CUSTOMER, number, CUSTOMER_SCOPES))


async def write(stall: Stall, name: str, headers: dict[str, str] | None = None, **given: Any) -> dict[str, Any]:
    """A registered mutation; its answer."""
    answer: Answer = await stall.shop.registered(name, given, headers)
    (found,) = answer.data.values()
    return dict(found)


async def test_from_the_first_look_to_the_customers_cart(stall: Stall) -> None:
    """The whole way, each step by its document."""
    apple, pear = await stall.sku(), await stall.sku(on_hand=2)
    a, p = ids.encode("Sku", apple), ids.encode("Sku", pear)
    point, slot = ids.encode("PickupPoint", stall.point), ids.encode("PickupSlot", stall.slot)
    token = (await write(stall, "CreateCart", pickupPointId=point))["token"]
    hers = {"cartToken": token}
    made = await write(stall, "AddToCart", skuId=a, quantity=2, idempotencyKey=KEY, **hers)
    assert made == {
        "__typename": "Cart",
        "lines": [{"skuId": a, "quantity": 2, "available": 20, "total": {"fen": 2000, "amount": "20.00"}}],
        "total": {"fen": 2000, "amount": "20.00"},
        "problems": [],
    }
    assert await write(stall, "AddToCart", skuId=a, quantity=2, idempotencyKey=KEY, **hers) == made
    short = await write(stall, "SetCartLine", skuId=p, quantity=3, **hers)
    assert short["problems"] == [{"__typename": "NotEnoughAtPoint", "message": "所选自提点仅剩 2 件。"}]
    assert (await write(stall, "RemoveFromCart", skuId=p, **hers))["problems"] == []
    chosen = await write(stall, "ChoosePickup", pickupPointId=point, pickupSlotId=slot, **hers)
    assert chosen["__typename"] == "Cart"
    number = await stall.rows.customer()
    coupon = await stall.rows.coupon(minimum_spend_fen=1000)
    claimed = await write(
        stall, "ClaimCoupon", customer(number), couponId=ids.encode("Coupon", coupon), idempotencyKey=KEY
    )
    assert claimed["state"] == "USABLE"
    assert (await write(stall, "MergeCart", customer(number), **hers))["total"]["fen"] == 2000
    lowered = await write(stall, "ChooseCoupon", customer(number), couponCodeId=claimed["id"])
    assert (lowered["total"]["fen"], lowered["problems"]) == (1500, [])
    mine = (await stall.shop.registered("MyCart", {}, customer(number))).data["me"]["cart"]
    assert [mine[each]["fen"] for each in ("subtotal", "discount", "total")] == [2000, 500, 1500]
    assert (mine["pickupPoint"]["id"], mine["pickupSlot"]["id"], mine["coupon"]["id"]) == (point, slot, claimed["id"])
    assert [each["total"]["fen"] for each in mine["applicableCoupons"]] == [1500]
    wallet = (await stall.shop.registered("MyCoupons", {}, customer(number))).data["me"]["coupons"]["nodes"]
    assert [each["id"] for each in wallet] == [claimed["id"]]
    assert (await stall.shop.registered("Cart", hers)).data == {"cart": None}
    assert (await write(stall, "AddToCart", skuId=a, idempotencyKey="another-key", **hers))[
        "__typename"
    ] == "CartNotFound"
    assert (await write(stall, "ClearCart", customer(number)))["lines"] == []


async def test_a_problem_names_its_facts_in_the_callers_language(stall: Stall) -> None:
    """And a read tells no token again."""
    old = await stall.sku(on_hand=1)
    await stall.stock(old, 5, 2)
    owner, token = await stall.visitor()
    await stall.add(owner, old, 3)
    await stall.pickup(owner)
    request = {"query": LOOK, "variables": {"token": token}}
    answer = await stall.shop.send(json=request, headers={"accept-language": "en"})
    assert answer.data["cart"] == {
        "token": None,
        "total": {"fen": 3000},
        "lines": [{"skuId": ids.encode("Sku", old), "quantity": 3}],
        "problems": [
            {
                "__typename": "LotTooOldForPickupDay",
                "message": f"Only 1 keep long enough for that day; all can be had until {days(0)}.",
                "skuId": ids.encode("Sku", old),
                "available": 1,
                "possibleOn": str(days(0)),
            }
        ],
    }


async def test_what_is_weighed_shows_its_ceiling(stall: Stall) -> None:
    """Never a surcharge: the total is the most it costs."""
    fish = await stall.sku(is_catch_weight=True, net_grams=500, price_fen=2990)
    owner, token = await stall.visitor()
    await stall.add(owner, fish, 2)
    (line,) = (await stall.shop.registered("Cart", {"cartToken": token})).data["cart"]["lines"]
    assert (line["isCeiling"], line["total"]["fen"], line["sku"]["netGrams"]) == (True, 5980, 500)


async def test_nobody_sees_or_writes_another_cart(stall: Stall) -> None:
    """A token that opens none answers null to reads and CartNotFound to writes, whoever asks; nothing changes."""
    apple = await stall.sku()
    owner, token = await stall.visitor()
    await stall.add(owner, apple)
    other = customer(await stall.rows.customer())
    for text in ("", "x", "ygc_" + "a" * 22, token.upper()):
        assert (await stall.shop.registered("Cart", {"cartToken": text})).data == {"cart": None}
        assert (await write(stall, "ClearCart", cartToken=text))["__typename"] == "CartNotFound"
        assert (await write(stall, "MergeCart", other, cartToken=text))["__typename"] == "CartNotFound"
    assert (await write(stall, "ClearCart"))["__typename"] == "CartNotFound"
    assert (await write(stall, "ClearCart", other, cartToken=token))["lines"] == []  # hers, which is another
    assert await stall.lines() == [(apple, 1)]


@pytest.mark.parametrize("bad", BAD_IDS.values(), ids=BAD_IDS)
async def test_a_bad_id_is_refused(stall: Stall, bad: object) -> None:
    """Malformed or of another type, in each write that takes one."""
    _, token = await stall.visitor()
    her = customer(await stall.rows.customer())
    for name, given in (
        ("AddToCart", {"skuId": bad, "idempotencyKey": KEY, "cartToken": token}),
        ("SetCartLine", {"skuId": bad, "cartToken": token}),
        ("RemoveFromCart", {"skuId": bad, "cartToken": token}),
        ("ChoosePickup", {"pickupPointId": bad, "cartToken": token}),
        ("ClaimCoupon", {"couponId": bad, "idempotencyKey": KEY}),
    ):
        assert (await stall.shop.registered(name, given, her)).codes == ["BAD_USER_INPUT"]
    assert await stall.lines() == []
