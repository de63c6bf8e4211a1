"""From the cart to the order by the mini-program's registered documents, over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.kit import ids
from tests.http.toy import bearer
from tests.orders.market import Market, caller_of
from tests.shop import Shop, open_shop


@pytest.fixture
async def shop(app_url: str, market: Market) -> AsyncIterator[Shop]:
    """The application over the market's rows; WeChat Pay is away."""
    del market  # its rows are there before the application is
    async with open_shop(app_url) as opened:
        yield opened


async def ask(shop: Shop, customer: int, name: str, **variables: Any) -> dict[str, Any]:
    """What the one field of a document answers a customer."""
    headers = {"accept-language": "en", **bearer(caller_of(customer))}
    (answer,) = (await shop.registered(name, variables, headers)).data.values()
    found: dict[str, Any] = answer
    return found


async def test_a_cart_becomes_an_order(market: Market, shop: Shop) -> None:
    """Held, lengthened and placed once; a stranger does nothing with it, and WeChat's absence changes nothing."""
    sku = await market.sells(5)
    customer, stranger = await market.customer(), await market.customer()
    await market.fills(customer, {sku: 2})
    checkout = await ask(shop, customer, "StartCheckout", expectedTotalFen=2000)
    assert (checkout["__typename"], checkout["total"]["fen"]) == ("Checkout", 2000)
    (line,) = checkout["lines"]
    assert (line["quantity"], line["sku"]["id"], len(line["lots"])) == (2, ids.encode("Sku", sku), 1)
    longer = await ask(shop, customer, "ExtendCheckout", quote=checkout["quote"])
    placing = {"quote": longer["quote"], "confirmsReturnExceptions": False, "idempotencyKey": "documents-1"}
    assert (await ask(shop, stranger, "PlaceOrder", **placing))["__typename"] == "QuoteInvalid"
    order = await ask(shop, customer, "PlaceOrder", **placing)
    assert (order["status"], order["payBy"]) == ("PENDING_PAYMENT", longer["endsAt"])
    assert (await ask(shop, customer, "PlaceOrder", **placing))["id"] == order["id"]
    before = await market.everything()
    for name in ("PayOrder", "CheckPayment"):
        assert (await ask(shop, stranger, name, orderId=order["id"]))["__typename"] == "OrderNotFound"
        assert await ask(shop, customer, name, orderId=order["id"]) == {
            "__typename": "PaymentUnavailable",
            "message": "The payment service does not answer just now: try again.",
        }
    foreign = await shop.send(
        json={
            "query": "query ($id: ID!) { order(id: $id) { id } node(id: $id) { id } }",
            "variables": {"id": order["id"]},
        },
        headers=bearer(caller_of(stranger)),
    )
    assert foreign.data == {"order": None, "node": None}
    after = await market.everything()
    assert after[0][:5] == before[0][:5]


async def test_a_shortage_is_told_line_by_line(market: Market, shop: Shop) -> None:
    """With what there is; a checkout that is given up leaves nothing held."""
    sku = await market.sells(1)
    customer = await market.customer()
    await market.fills(customer, {sku: 2})
    before = await market.everything()
    refused = await ask(shop, customer, "StartCheckout")
    (line,) = refused["lines"]
    assert (refused["__typename"], line["wanted"], line["available"], line["possibleOn"]) == (
        "InsufficientStock",
        2,
        1,
        None,
    )
    assert await market.everything() == before
    await market.fills(customer, {sku: 1})
    checkout = await ask(shop, customer, "StartCheckout")
    assert (await ask(shop, customer, "ReleaseCheckout", quote=checkout["quote"]))["__typename"] == "Customer"
    assert await market.value("SELECT held FROM stock_lot") == 0
