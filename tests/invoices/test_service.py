"""An invoice is asked for once, of what was kept, and made by staff who are told whom for."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from app.invoices import issuing, queries, service
from app.invoices.enums import InvoiceKind, InvoiceState
from app.invoices.errors import BadInvoice, InvoiceAmountChanged
from app.invoices.issuing import Buyer
from app.invoices.models import Invoice
from app.invoices.service import Wanted
from app.kit.caller import Caller
from app.kit.errors import Forbidden, Refused
from app.orders.models import Order
from app.privacy import closing
from tests.claims.desk import claims, collected, decides, service_of
from tests.invoices.test_rules import GOOD
from tests.orders.counter import Clerk
from tests.orders.market import Market, caller_of, reason

NUMBER = "26312000000012345678"


async def requests(
    market: Market, order: Order, *, customer: int | None = None, key: str = "", **given: Any
) -> Invoice:
    """Its customer, or somebody else, asks for an invoice."""
    asker = customer or order.customer_id
    facts = {"kind": InvoiceKind.PERSONAL, "title": "王芳", "tax_number": None, "email": "wang@example.cn"} | given
    async with market.database.session():
        return await service.request(
            market.vault,
            caller_of(asker),
            asker,
            idempotency_key=key or "invoice-key",
            wanted=Wanted(order.id, **facts),
        )


async def records(market: Market, caller: Caller, invoice: Invoice, amount: int, **given: Any) -> Invoice:
    """Staff say that it was made."""
    paper = given.pop("upload_id", None) or await market.rows.upload(str(caller))
    async with market.database.session():
        facts = {"number": NUMBER, "upload_id": paper, "amount_fen": amount} | given
        return await issuing.record(caller, invoice.id, **facts)


async def rejects(market: Market, caller: Caller, invoice: Invoice, why: str = "抬头有误") -> Invoice:
    """Staff say why it is not made."""
    async with market.database.session():
        return await issuing.reject(caller, invoice.id, why)


async def reads(market: Market, caller: Caller, invoice: Invoice) -> Buyer:
    """Staff look whom it is for."""
    async with market.database.session():
        return await issuing.read_buyer(market.vault, caller, invoice.id)


async def everything(market: Market) -> list[Any]:
    """What may not have changed when something was refused."""
    sql = "SELECT (SELECT json_agg(t ORDER BY id)::text FROM invoice t), (SELECT count(*) FROM audit_entry)"
    return [await market.everything(), *map(tuple, await market.rows.connection.fetch(sql))]


async def test_an_invoice_is_asked_for_and_made(market: Market) -> None:
    """The database tells nobody whom it is for; who read it is written down; the same again is the same."""
    clerk = await Clerk.at(market)
    order, _ = await collected(market, clerk, {await market.sells(5): 3})
    asked = await requests(market, order, kind=InvoiceKind.COMPANY, title="优购生鲜有限公司", tax_number=GOOD)
    assert (asked.state, asked.amount_fen, asked.order_number) == ("REQUESTED", 3000, order.number)
    text = await market.value("SELECT json_agg(t)::text FROM invoice t")
    assert "example" not in text
    assert "优购" not in text
    staff = service_of(clerk)
    buyer = await reads(market, staff, asked)
    assert (buyer.title, buyer.email, buyer.tax_number) == ("优购生鲜有限公司", "wang@example.cn", GOOD)
    paper = await market.rows.upload(str(staff))
    made = await records(market, staff, asked, 3000, upload_id=paper)
    assert (made.state, made.number, made.file_id) == ("ISSUED", NUMBER, paper)
    actions = await market.value("SELECT array_agg(action ORDER BY id) FROM audit_entry WHERE entity = 'Invoice'")
    assert actions == ["read buyer", "issue invoice"]
    before = await everything(market)
    assert (await records(market, staff, asked, 3000, upload_id=paper)).id == asked.id
    assert (
        await requests(market, order, kind=InvoiceKind.COMPANY, title="优购生鲜有限公司", tax_number=GOOD)
    ).id == asked.id
    for again in (records(market, staff, asked, 3000), rejects(market, staff, asked), reads(market, staff, asked)):
        assert await reason(again) == "InvoiceDecided"
    assert await reason(requests(market, order, key="another-key")) == "InvoiceExists"
    assert await everything(market) == before


async def test_it_is_of_what_was_kept(market: Market) -> None:
    """A claim that is paid in between changes it; nothing kept is nothing to invoice."""
    clerk = await Clerk.at(market)
    staff, sku = service_of(clerk), await market.sells(9)
    order, (line,) = await collected(market, clerk, {sku: 3})
    await decides(market, staff, await claims(market, order, line), 100)
    asked = await requests(market, order)
    assert asked.amount_fen == 2000
    await decides(market, staff, await claims(market, order, line), 50)
    before = await everything(market)
    with pytest.raises(Refused) as refused:
        await records(market, staff, asked, 2000)
    assert refused.value.reason == InvoiceAmountChanged(1500)
    assert await everything(market) == before
    assert (await records(market, staff, asked, 1500)).amount_fen == 1500
    other, (whole,) = await collected(market, clerk, {sku: 1})
    await decides(market, staff, await claims(market, other, whole), 100)
    assert await reason(requests(market, other, key="another-key")) == "NothingToInvoice"


async def test_only_her_own_collected_orders(market: Market) -> None:
    """Another's is as unknown as none; a wrong tax number is told."""
    clerk = await Clerk.at(market)
    sku, stranger = await market.sells(9), await market.customer()
    order, _ = await collected(market, clerk, {sku: 1})
    waiting = await market.paid(await market.customer(), {sku: 1})
    before = await everything(market)
    assert await reason(requests(market, order, customer=stranger)) == "OrderNotFound"
    assert await reason(requests(market, waiting)) == "OrderNotMovable"
    wrong = GOOD[:-1] + "4"
    assert await reason(requests(market, order, kind=InvoiceKind.COMPANY, tax_number=wrong)) == "TaxNumberWrong"
    order.id += 10**6
    assert await reason(requests(market, order)) == "OrderNotFound"
    assert await everything(market) == before


async def test_ten_requests_at_once_are_one(market: Market) -> None:
    """With keys of their own."""
    order, _ = await collected(market, await Clerk.at(market), {await market.sells(9): 1})
    outcomes = await asyncio.gather(*(reason(requests(market, order, key=f"key-{each:08}")) for each in range(10)))
    assert Counter(outcomes) == {"Invoice": 1, "InvoiceExists": 9}


async def test_rejected_it_may_be_asked_for_again(market: Market) -> None:
    """The reason is read by its customer."""
    clerk = await Clerk.at(market)
    staff = service_of(clerk)
    order, _ = await collected(market, clerk, {await market.sells(9): 1})
    first = await rejects(market, staff, await requests(market, order))
    assert (first.state, first.rejection_reason) == ("REJECTED", "抬头有误")
    second = await requests(market, order, key="another-key")
    async with market.database.session():
        assert [each.state for each in await queries.by_order([order.id])] == ["REJECTED", "REQUESTED"]
    await records(market, staff, second, 1000)
    third, _ = await collected(market, clerk, {market.skus[0]: 1})
    with pytest.raises(BadInvoice):
        await records(market, staff, await requests(market, third), 1000)


async def test_invoices_of_other_points_are_not_there(market: Market) -> None:
    """Neither in the queue nor by id; a customer makes none."""
    clerk = await Clerk.at(market)
    stranger = await Clerk.at(market, await market.rows.point(), "stranger")
    order, _ = await collected(market, clerk, {await market.sells(9): 1})
    asked = await requests(market, order)
    foreign = service_of(stranger)
    before = await everything(market)
    for act in (records(market, foreign, asked, 1000), rejects(market, foreign, asked), reads(market, foreign, asked)):
        assert await reason(act) == "InvoiceNotFound"
    with pytest.raises(Forbidden):
        await rejects(market, caller_of(order.customer_id), asked)
    assert await everything(market) == before
    everywhere = replace(foreign, scopes=foreign.scopes | {"points:all"})
    async with market.database.session():
        pages = [
            await queries.page(each, InvoiceState.REQUESTED, first=None, after=None)
            for each in (service_of(clerk), foreign, everywhere)
        ]
        assert [(len(page.rows), await page.total()) for page in pages] == [(1, 1), (0, 0), (1, 1)]


async def test_closing_the_account_ends_it(market: Market) -> None:
    """Whom it was for is gone, the photos of a claim are let go, the request is rejected."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(9): 2})
    asked = await requests(market, order, kind=InvoiceKind.COMPANY, tax_number=GOOD)
    claim = await claims(market, order, line)
    async with market.database.session():
        await closing.close_account(caller_of(order.customer_id), order.customer_id)
    row = await market.rows.connection.fetchrow("SELECT * FROM invoice")
    assert (row["state"], row["rejection_reason"]) == ("REJECTED", "账户已注销")
    assert [row[name] for name in ("buyer_title_sealed", "buyer_email_sealed", "buyer_tax_number")] == [None] * 3
    assert await reason(reads(market, service_of(clerk), asked)) == "InvoiceDecided"
    assert await market.value("SELECT count(*) FROM defect_claim_photo") == 0
    assert await market.value("SELECT count(*) FROM upload WHERE referenced_at IS NOT NULL") == 0
    assert (await decides(market, service_of(clerk), claim, 100)).granted_fen == 1000
    assert await market.value("SELECT text FROM defect_claim") == "已注销用户"
