"""The mini-program's and the staff's documents about placed orders, asked by their ids."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.documents import files
from app.kit import ids
from app.kit.caller import Caller
from app.orders.models import Order
from schema.documents import MINIPROGRAM, TREE
from tests.claims.desk import collected, photos, service_of
from tests.http.toy import bearer
from tests.orders.counter import Clerk, lines_of, offer_of
from tests.orders.market import Market, caller_of
from tests.shop import Shop, open_shop

IDS = {each.name: each.id for folder in (TREE / "staff", MINIPROGRAM) for each in files.read(folder)}


@pytest.fixture
async def shop(app_url: str, market: Market) -> AsyncIterator[Shop]:
    """The application over the market's rows."""
    del market  # its rows are there before the application is
    async with open_shop(app_url) as opened:
        yield opened


async def sent(shop: Shop, caller: Caller, name: str, **variables: Any) -> Any:
    """The whole answer."""
    asked = {"documentId": IDS[name], "variables": variables}
    return await shop.send(json=asked, headers={"accept-language": "en", **bearer(caller)})


async def ask(shop: Shop, caller: Caller, name: str, **variables: Any) -> Any:
    """What the one field of a document answers."""
    (answer,) = (await sent(shop, caller, name, **variables)).data.values()
    return answer


def hers(order: Order) -> Caller:
    """Its customer."""
    return caller_of(order.customer_id)


async def test_a_paid_order_is_changed_read_and_cancelled(market: Market, shop: Shop) -> None:
    """By its customer; a stranger reads null and is told there is no such order."""
    order = await market.paid(await market.customer(), {await market.sells(9): 2})
    stranger, one = caller_of(await market.customer()), ids.encode("Order", order.id)
    slot = ids.encode("PickupSlot", await market.opens(54))
    changed = await ask(shop, hers(order), "ChangeSlot", orderId=one, pickupSlotId=slot)
    assert (changed["__typename"], changed["pickupSlot"]["id"]) == ("Order", slot)
    full = ids.encode("PickupSlot", await market.opens(58, capacity=0))
    refused = await ask(shop, hers(order), "ChangeSlot", orderId=one, pickupSlotId=full)
    assert refused == {"__typename": "PickupSlotFull", "message": "This pickup slot is full: choose another."}
    assert (await ask(shop, stranger, "ChangeSlot", orderId=one, pickupSlotId=slot))["__typename"] == "OrderNotFound"
    detail = await ask(shop, hers(order), "OrderDetail", orderId=one)
    assert (detail["number"], detail["pickupSlot"]["id"], len(detail["events"])) == (order.number, slot, 3)
    assert await ask(shop, stranger, "OrderDetail", orderId=one) is None
    again = await ask(shop, hers(order), "BuyAgain", orderId=one, idempotencyKey="documents-1")
    assert ([line["quantity"] for line in again["cart"]["lines"]], again["leftOut"]) == ([2], [])
    assert (await ask(shop, stranger, "CancelOrder", orderId=one))["__typename"] == "OrderNotFound"
    cancelled = await ask(shop, hers(order), "CancelOrder", orderId=one)
    assert (cancelled["status"], cancelled["refundGranted"]["fen"]) == ("CANCELLED", 2000)
    (listed,) = (await ask(shop, hers(order), "OrderList", statuses=["CANCELLED"], first=5))["orders"]["nodes"]
    assert listed["number"] == order.number
    assert (await ask(shop, stranger, "OrderList", first=5))["orders"]["nodes"] == []


async def test_a_substitute_is_answered(market: Market, shop: Shop) -> None:
    """By its customer, once; a stranger is told there is none, and the statements do not grow with the lines."""
    clerk, counts = await Clerk.at(market), []
    for accepts, more in ((True, 0), (False, 2)):
        skus = [await market.sells(9) for _ in range(1 + more)]
        order = await market.paid(await market.customer(), dict.fromkeys(skus, 2))
        await clerk.starts(order)
        for line in await lines_of(market, order):
            await clerk.offers(line, await market.sells(9, price_fen=750), 1)
        offered = ids.encode("Substitution", (await offer_of(market, order)).id)
        stranger, before = caller_of(await market.customer()), await market.everything()
        refused = await ask(shop, stranger, "AnswerSubstitution", substitutionId=offered, accepts=accepts)
        assert refused["__typename"] == "SubstitutionNotFound"
        assert await market.everything() == before
        answered = await sent(shop, hers(order), "AnswerSubstitution", substitutionId=offered, accepts=accepts)
        counts.append(answered.statements)
        after = answered.data["answerSubstitution"]
        assert after["refundGranted"]["fen"] == (250 if accepts else 1000)
        (told,) = after["lines"][-1]["substitutions"]
        assert (told["id"], told["state"]) == (offered, "ACCEPTED" if accepts else "DECLINED")
        before = await market.everything()
        over = await ask(shop, hers(order), "AnswerSubstitution", substitutionId=offered, accepts=not accepts)
        assert (over["__typename"], over["state"]) == ("SubstitutionOver", told["state"])
        assert await market.everything() == before
    assert (len(counts[0]), len(counts[1])) == (29, 29)


async def test_a_claim_is_made_read_and_decided(market: Market, shop: Shop) -> None:
    """Units or a share; the queue has it until it is decided, and its customer reads what was written."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(9): 2})
    (picture,) = await photos(market, order.customer_id)
    given = {
        "orderLineId": ids.encode("OrderLine", line.id),
        "sharePercent": 50,
        "defectReason": "ROTTEN",
        "text": "一半坏了",
        "photoUploadIds": [ids.encode("Upload", picture)],
        "idempotencyKey": "documents-1",
    }
    claim = await ask(shop, hers(order), "ClaimDefect", **given)
    assert (claim["__typename"], claim["state"], claim["asked"]["fen"]) == ("DefectClaim", "OPEN", 1000)
    other = caller_of(await market.customer())
    assert (await ask(shop, other, "ClaimDefect", **given))["__typename"] == "OrderNotFound"
    queue = await ask(shop, service_of(clerk), "DefectClaims", state="OPEN", overdueOnly=False, first=5)
    (waiting,) = queue["nodes"]
    assert (waiting["id"], waiting["orderLine"]["name"], queue["totalCount"]) == (claim["id"], line.name, 1)
    assert waiting["photos"][0]["url"].startswith("/media/")
    decision = {"claimId": claim["id"], "acceptPercent": 100, "reason": "照片属实"}
    decided = await ask(shop, service_of(clerk), "DecideDefectClaim", input=decision)
    assert (decided["state"], decided["granted"]["fen"]) == ("ACCEPTED", 1000)
    late = await ask(shop, service_of(clerk), "DecideDefectClaim", input={**decision, "acceptPercent": 1})
    assert (late["__typename"], late["state"]) == ("DefectClaimDecided", "ACCEPTED")
    detail = await ask(shop, hers(order), "OrderDetail", orderId=ids.encode("Order", order.id))
    (told,) = detail["lines"][0]["claims"]
    assert (told["decisionReason"], told["text"]) == ("照片属实", "一半坏了")


async def test_an_invoice_is_asked_for_and_made(market: Market, shop: Shop) -> None:
    """Whom it is for only the clerk reads, and only until it is made."""
    clerk = await Clerk.at(market)
    order, _ = await collected(market, clerk, {await market.sells(9): 2})
    wanted = {
        "orderId": ids.encode("Order", order.id),
        "invoiceKind": "COMPANY",
        "invoiceTitle": "优购生鲜有限公司",
        "taxNumber": "91350100M000100Y43",
        "email": "wang@example.cn",
        "idempotencyKey": "documents-1",
    }
    wrong = await ask(shop, hers(order), "RequestInvoice", **wanted | {"taxNumber": "91350100M000100Y44"})
    assert wrong["__typename"] == "TaxNumberWrong"
    asked = await ask(shop, hers(order), "RequestInvoice", **wanted)
    assert (asked["state"], asked["amount"]["fen"]) == ("REQUESTED", 2000)
    staff = service_of(clerk)
    (listed,) = (await ask(shop, staff, "InvoiceQueue", state="REQUESTED", first=5))["nodes"]
    assert (listed["id"], listed["orderNumber"]) == (asked["id"], order.number)
    buyer = await ask(shop, staff, "ReadInvoiceBuyer", input={"invoiceId": asked["id"]})
    assert (buyer["title"], buyer["taxNumber"]) == ("优购生鲜有限公司", "91350100M000100Y43")
    paper = ids.encode("Upload", await market.rows.upload(str(staff)))
    made = {"invoiceId": asked["id"], "number": "26312000000012345678", "uploadId": paper, "amountFen": 1999}
    other = await ask(shop, staff, "RecordInvoice", input=made)
    assert (other["__typename"], other["amount"]["fen"]) == ("InvoiceAmountChanged", 2000)
    assert (await ask(shop, staff, "RecordInvoice", input=made | {"amountFen": 2000}))["state"] == "ISSUED"
    rejected = await ask(shop, staff, "RejectInvoice", input={"invoiceId": asked["id"], "reason": "晚了"})
    assert rejected["__typename"] == "InvoiceDecided"
    (told,) = (await ask(shop, hers(order), "OrderDetail", orderId=wanted["orderId"]))["invoices"]
    assert (told["number"], told["fileUrl"].startswith("/media/")) == (made["number"], True)


async def test_grants_are_told(market: Market, shop: Shop) -> None:
    """Counted for her who allowed it."""
    caller = caller_of(await market.customer())
    given = {"templates": ["ORDER_READY", "REFUND_DONE"], "idempotencyKey": "documents-1"}
    for _ in range(2):
        told = await ask(shop, caller, "RecordMessageGrant", **given)
    assert told["messageGrants"] == [
        {"template": "ORDER_READY", "remaining": 1},
        {"template": "REFUND_DONE", "remaining": 1},
    ]


async def test_more_lines_and_orders_take_no_more_statements(market: Market, shop: Shop) -> None:
    """One order of one line, and orders of three with claims: the same texts."""
    clerk, skus = await Clerk.at(market), [await market.sells(50) for _ in range(3)]
    small, (only,) = await collected(market, clerk, {skus[0]: 1})
    large, lines = await collected(market, clerk, dict.fromkeys(skus, 2))
    for order, line in ((small, only), *((large, line) for line in lines)):
        (picture,) = await photos(market, order.customer_id)
        given = {
            "orderLineId": ids.encode("OrderLine", line.id),
            "quantity": 1,
            "defectReason": "OTHER",
            "text": "坏了",
            "photoUploadIds": [ids.encode("Upload", picture)],
            "idempotencyKey": f"documents-{line.id}",
        }
        assert (await ask(shop, hers(order), "ClaimDefect", **given))["__typename"] == "DefectClaim"
    answers = [
        await sent(shop, hers(order), "OrderDetail", orderId=ids.encode("Order", order.id)) for order in (small, large)
    ]
    assert answers[0].statements == answers[1].statements
    counts = [
        len((await sent(shop, service_of(clerk), "DefectClaims", overdueOnly=False, first=first)).statements)
        for first in (1, 4)
    ]
    assert counts[0] == counts[1]
