"""Products leave the shop when their papers lapse, and staff are told: before, then, and once."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from app.inventory import lapses
from app.inventory.papers import unvouched
from app.kit import clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.job_worker import Schedule
from app.traceability import reports
from app.worker import SCHEDULES
from tests.inventory.shelves import certify, shelve
from tests.rows import TODAY, Rows, days
from tests.shop import NOW, Shop

NOTICES = "SELECT kind, entity, entity_id, ends_on, product_ids, lot_ids FROM staff_notice ORDER BY id"
AUDIT = "SELECT caller, scope, action, entity, entity_id, before, after FROM audit_entry"
PUBLISHED = "SELECT id FROM product WHERE status = 'PUBLISHED' ORDER BY id"


@pytest.fixture(autouse=True)
def _tables(rows: Rows) -> None:
    rows.tables |= {"audit_entry", "audit_unsealed", "staff_notice", "pgqueuer", "product", "conformity_certificate"}


async def check(shop: Shop, later: int = 0) -> None:
    """The job, so many days from now."""
    with clock.moved_to(NOW + timedelta(days=later)):
        async with shop.database.session():
            await lapses.check_papers({})


async def notices(rows: Rows) -> list[tuple[Any, ...]]:
    """What staff were told."""
    return [tuple(row) for row in await rows.connection.fetch(NOTICES)]


async def published(rows: Rows) -> list[int]:
    """The products in the shop."""
    return [row["id"] for row in await rows.connection.fetch(PUBLISHED)]


async def report(rows: Rows, lot: int, verdict: str, status: str = "ACCEPTED", **values: Any) -> int:
    """A report on the lot."""
    given = {
        "lot_id": lot,
        "lab": "检测中心",
        "number": f"R-{lot}-{verdict}",
        "sample_name": "土豆",
        "sampled_on": days(-2),
        "issued_on": days(-1),
        "verdict": verdict,
        "status": status,
        "items": [{"name": "农残"}],
        "created_at": NOW,
    }
    return await rows.insert("inspection_report", **given | values)


async def test_a_product_leaves_the_day_after_its_only_papers_last(bare_shop: Shop, rows: Rows) -> None:
    """Told thirty days before, seven days before and when it lapsed, each once; then taken off, once."""
    product, other = await rows.product(), await rows.product()
    producer = await rows.producer(licence_expires_on=days(40))
    lot = await shelve(rows, product, producer_id=producer)
    await certify(rows, lot, None)
    await certify(rows, await shelve(rows, other), None)
    about = ("Producer", producer, days(40), [product], [lot])
    told: list[tuple[Any, ...]] = []
    for later, new in (
        (0, []),
        (9, []),
        (10, [("LICENCE_ENDS", *about)]),
        (20, []),
        (34, [("LICENCE_ENDS", *about)]),
        (40, []),
        (41, [("PRODUCT_UNPUBLISHED", "Product", product, None, [product], [lot]), ("LICENCE_LAPSED", *about)]),
        (42, []),
    ):
        for _ in range(2):
            await check(bare_shop, later)
        told += new
        assert await notices(rows) == told
        assert await published(rows) == ([product, other] if later <= 40 else [other])
    ((caller, scope, action, entity, key, before, after),) = [tuple(row) for row in await rows.connection.fetch(AUDIT)]
    assert (caller, scope, action, entity, key) == ("machine", None, "unpublish product", "Product", product)
    assert orjson.loads(before) == {"status": "PUBLISHED"}
    assert orjson.loads(after) == {"status": "UNPUBLISHED", "reason": "papers: LICENCE_LAPSED"}
    assert (await bare_shop.ask("{ products { totalCount } }")).data["products"]["totalCount"] == 1


async def test_one_vouched_lot_keeps_the_product(bare_shop: Shop, rows: Rows) -> None:
    """The other lot's certificate is told of; nor does a lot count that is sold out, on hold or expired."""
    product = await rows.product()
    lapsed, fine = await shelve(rows, product), await shelve(rows, product)
    await certify(rows, lapsed, -1)
    await certify(rows, lapsed, -9)
    await certify(rows, fine, 200)
    await check(bare_shop)
    assert await published(rows) == [product]
    assert await notices(rows) == [("CERTIFICATE_LAPSED", "Lot", lapsed, days(-1), [product], [lapsed])]
    await rows.connection.execute("UPDATE stock_lot SET on_hand = 0 WHERE lot_id = $1", fine)
    await check(bare_shop)
    assert await published(rows) == []


@pytest.mark.parametrize("change", ["on_hand = 0", "status", "expires_on"])
async def test_what_is_not_for_sale_takes_nothing_off(change: str, bare_shop: Shop, rows: Rows) -> None:
    """A lapsed lot that is sold out, on hold or expired: the product is sold out, not unproven."""
    product = await rows.product()
    lot = await shelve(rows, product)
    await certify(rows, lot, -1)
    await rows.connection.execute(
        {
            "on_hand = 0": "UPDATE stock_lot SET on_hand = 0 WHERE lot_id = $1",
            "status": "UPDATE lot SET status = 'ON_HOLD' WHERE id = $1",
            "expires_on": "UPDATE lot SET packed_on = NULL, expires_on = '2026-11-19' WHERE id = $1",
        }[change],
        lot,
    )
    await check(bare_shop)
    assert (await published(rows), await notices(rows)) == ([product], [])


async def test_a_factorys_report_is_its_proof(bare_shop: Shop, rows: Rows) -> None:
    """While it is accepted and passed; a lot that has neither paper is not sold."""
    proven, unproven = await rows.product(), await rows.product()
    await report(rows, await shelve(rows, proven), "PASS")
    submitted = await shelve(rows, unproven)
    await report(rows, submitted, "PASS", status="SUBMITTED")
    await check(bare_shop)
    assert await published(rows) == [proven]
    assert await notices(rows) == [("PRODUCT_UNPUBLISHED", "Product", unproven, None, [unproven], [submitted])]


async def test_a_certificate_that_outlives_its_lot_is_not_told_of(bare_shop: Shop, rows: Rows) -> None:
    """Only one that ends while the lot could still be sold."""
    product = await rows.product()
    short, long = await shelve(rows, product, expires_on=days(5)), await shelve(rows, product)
    await certify(rows, short, 6)
    await certify(rows, long, 6)
    await check(bare_shop)
    assert await notices(rows) == [("CERTIFICATE_ENDS", "Lot", long, days(6), [product], [long])]


async def test_what_was_put_back_too_early_is_taken_off_again(bare_shop: Shop, rows: Rows) -> None:
    """And told again: it is another occasion."""
    product = await rows.product()
    await certify(rows, await shelve(rows, product), -1)
    await check(bare_shop)
    await rows.connection.execute("UPDATE product SET status = 'PUBLISHED'")
    await check(bare_shop, later=1)
    assert await published(rows) == []
    assert [each[0] for each in await notices(rows)] == [
        "PRODUCT_UNPUBLISHED",
        "CERTIFICATE_LAPSED",
        "PRODUCT_UNPUBLISHED",
    ]


async def test_products_beyond_one_transaction_are_looked_at(
    bare_shop: Shop, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches by id: the last as the first."""
    monkeypatch.setattr(lapses, "AT_ONCE", 2)
    made = [await rows.product() for _ in range(5)]
    for product in (made[0], made[4]):
        await certify(rows, await shelve(rows, product), -1)
    await check(bare_shop)
    assert await published(rows) == made[1:4]


async def test_an_accepted_report_that_failed_brings_the_job(bare_shop: Shop, rows: Rows) -> None:
    """The lot is held back at once, in the same transaction; one that passed does neither."""
    queued = "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'inventory.check_papers'"
    states = []
    product = await rows.product()
    lot = await shelve(rows, product)
    await certify(rows, lot, None)
    reviewer = Caller(CallerKind.STAFF, 1, frozenset({reports.REVIEW_SCOPE}))
    for verdict, jobs in (("PASS", 0), ("FAIL", 1)):
        filed = await report(rows, lot, verdict, status="SUBMITTED", filed_by="partner:1")
        with clock.moved_to(NOW):
            async with bare_shop.database.session():
                await reports.accept(reviewer, filed)
        assert await rows.connection.fetchval(queued) == jobs
        states.append(await rows.connection.fetchval("SELECT status FROM lot WHERE id = $1", lot))
    assert states == ["SELLABLE", "ON_HOLD"]
    held = await rows.connection.fetchrow(f"{AUDIT} WHERE action = 'hold back'")
    assert tuple(held)[:5] == (str(reviewer), reports.REVIEW_SCOPE, "hold back", "Lot", lot)
    assert orjson.loads(held["after"]) == {"status": "ON_HOLD", "report": filed}
    await check(bare_shop)
    assert await published(rows) == []
    assert [each[:3] for each in await notices(rows)] == [
        ("PRODUCT_UNPUBLISHED", "Product", product),
        ("REPORT_FAILED", "Lot", lot),
    ]


async def test_everything_in_the_demo_is_vouched_for(shop: Shop) -> None:
    """On the day it begins the job would take nothing off, of what stands there."""
    async with shop.database.session():
        products = [row["id"] for row in await db.fetch("SELECT id FROM product WHERE status = 'PUBLISHED'")]
        lots = await lapses.lots_of(products, TODAY)
    assert len(lots) > len(products)
    assert unvouched(lots, TODAY) == {}


def test_it_runs_when_a_day_has_begun() -> None:
    """Daily, by the worker."""
    assert Schedule("2 0 * * *", reports.CHECK_PAPERS) in SCHEDULES
