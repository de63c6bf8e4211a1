"""What the public sees changes by publication alone, once, and with everything that hangs on it."""

import asyncio
from datetime import timedelta

import pytest

from app.catalog import publishing
from app.catalog.editing import MediaChoice
from app.catalog.enums import RevisionStatus
from app.catalog.errors import (
    ContentNotReady,
    OwnRevision,
    ProductNotFound,
    ProductNotPublished,
    RevisionNotThere,
    RevisionOutdated,
)
from app.kit import db
from app.kit.errors import BadInput, Refused
from tests.catalog.editors import Editors, sku

SECOND = "06971000000014"
HISTORY = "SELECT price_fen, effective_at FROM price_history WHERE sku_id = $1 ORDER BY effective_at"


async def test_a_publication_writes_all_tables(editors: Editors) -> None:
    """Fields, SKUs, media, price history and search at once; a medium that is left out goes, a SKU only stops."""
    before = await editors.public()
    keep = before.media[1].key
    revision = await editors.edit(
        origin="新疆",
        skus=[sku(price_fen=1200), sku("PEAR-2", gtin=SECOND, price_fen=900, spec="两份")],
        media=[MediaChoice("侧面", key=keep)],
    )
    approved = await editors.approve(await editors.submit(revision))
    assert await editors.public() == before
    published = await editors.publish(approved)
    assert (published.status, published.published_at) == (RevisionStatus.PUBLISHED, editors.now)
    public = await editors.public()
    assert public.hash == published.content_hash == published.approved_hash
    assert public.origin == "新疆"
    assert [(each.code, each.price_fen) for each in public.skus] == [("PEAR-1", 1200), ("PEAR-2", 900)]
    assert [each.alt for each in public.media] == ["侧面"]
    assert [row["price_fen"] for row in await editors.rows.connection.fetch(HISTORY, editors.sku)] == [1000, 1200]
    row = await editors.rows.connection.fetchrow("SELECT price_from_fen, published_at, updated_at FROM product")
    assert tuple(row) == (900, editors.now, editors.now)
    found = await editors.rows.connection.fetchrow("SELECT name, topic_keys FROM product_search")
    assert found["name"] == "梨"
    assert "新疆" in found["topic_keys"]
    stopped = await editors.later(hours=1).published(skus=[sku("PEAR-2", gtin=SECOND, price_fen=900, is_active=False)])
    assert stopped.status is RevisionStatus.PUBLISHED
    assert [(each.code, each.is_active) for each in (await editors.public()).skus] == [
        ("PEAR-1", True),
        ("PEAR-2", False),
    ]


async def test_other_names_of_the_food_stay_in_its_search_entry(editors: Editors) -> None:
    """What the entry holds beyond the product's own words is kept, its old words are not."""
    await editors.rows.insert(
        "product_search",
        product_id=editors.product,
        name="梨",
        name_keys=["li", "梨", "快果"],
        topic_keys=["云南"],
        keys=["li", "云南", "快果", "梨"],
    )
    await editors.published(name="苹果", origin="新疆")
    found = await editors.rows.connection.fetchrow("SELECT * FROM product_search")
    assert "快果" in found["name_keys"]
    assert "快果" in found["keys"]
    assert "梨" not in found["name_keys"]
    assert "云南" not in found["keys"]


async def test_publishing_twice_is_publishing_once(editors: Editors) -> None:
    """At the same time and one after the other: one publication, one entry in the audit log, one new price."""
    approved = await editors.approve(await editors.submit(await editors.edit(skus=[sku(price_fen=1100)])))
    first, second = await asyncio.gather(editors.publish(approved), editors.later(hours=1).publish(approved))
    again = await editors.later(hours=2).publish(approved)
    assert first.published_at == second.published_at == again.published_at
    count = "SELECT count(*) FROM audit_entry WHERE action = 'publish revision'"
    assert await editors.rows.connection.fetchval(count) == 1
    assert len(await editors.rows.connection.fetch(HISTORY, editors.sku)) == 2


async def test_two_publications_at_one_moment_are_two_prices(editors: Editors) -> None:
    """The later one begins a microsecond later, or the ledger would refuse it."""
    await editors.published(skus=[sku(price_fen=1100)])
    await editors.published(skus=[sku(price_fen=1200)])
    told = await editors.rows.connection.fetch(HISTORY, editors.sku)
    assert [tuple(row) for row in told[1:]] == [
        (1100, editors.now),
        (1200, editors.now + timedelta(microseconds=1)),
    ]


async def test_only_the_approved_is_published(editors: Editors) -> None:
    """A draft and what waits are not; nothing changes."""
    draft = await editors.edit(origin="新疆")
    before = await editors.everything()
    with pytest.raises(Refused) as refused:
        await editors.publish(draft)
    assert refused.value.reason == RevisionNotThere(RevisionStatus.DRAFT)
    assert await editors.everything() == before


async def test_a_roll_back_is_a_publication_of_its_own(editors: Editors) -> None:
    """The maker stays the maker; the price goes back with an entry; once is enough; its maker may not."""
    first = await editors.published(skus=[sku(price_fen=1100)])
    await editors.later(days=1).published(skus=[sku(price_fen=1200)], origin="新疆")
    office = editors.later(days=2)
    before = await office.everything()
    async with office.session():
        with pytest.raises(Refused) as refused:
            await publishing.roll_back(editors.maker, first.id, "价格有误")
        assert refused.value.reason == OwnRevision()
        assert await office.everything() == before
        restored = await publishing.roll_back(editors.checker, first.id, "价格有误")
        again = await publishing.roll_back(editors.checker, first.id, "价格有误")
    assert again.id == restored.id
    assert (restored.status, restored.restores_id) == (RevisionStatus.PUBLISHED, first.id)
    assert (restored.maker_id, restored.checker_id) == (editors.maker.id, editors.checker.id)
    assert (await office.public()).hash == first.content_hash == restored.content_hash
    told = await editors.rows.connection.fetch(HISTORY, editors.sku)
    assert [row["price_fen"] for row in told] == [1000, 1100, 1200, 1100]


async def test_a_roll_back_past_a_new_sku_publishes_what_it_approves(editors: Editors) -> None:
    """The SKU stays, not on sale; forward again it is. What is public has the hash that was approved each time."""
    first = await editors.published(origin="新疆")
    both = await editors.later(days=1).published(skus=[sku("PEAR-2", gtin=SECOND, price_fen=900)])
    for hours, wanted, on_sale in ((1, first, False), (2, both, True)):
        office = editors.later(days=2, hours=hours)
        async with office.session():
            restored = await publishing.roll_back(editors.checker, wanted.id, "规格有误")
            again = await publishing.roll_back(editors.checker, wanted.id, "规格有误")
        public = await office.public()
        assert public.hash == restored.content_hash == restored.approved_hash
        assert [(each.code, each.is_active) for each in public.skus] == [("PEAR-1", True), ("PEAR-2", on_sale)]
        assert again.id == restored.id


async def test_an_approval_does_not_publish_over_a_roll_back(editors: Editors) -> None:
    """What was approved began with what was rolled back: it is outdated, and says so, until its maker rebases."""
    first = await editors.published(origin="新疆")
    await editors.later(days=1).published(origin="甘肃")
    office = editors.later(days=2)
    approved = await office.approve(await office.submit(await office.edit(subtitle="又甜又脆")))
    async with office.session():
        await publishing.roll_back(editors.checker, first.id, "产地有误")
    before = await office.everything()
    with pytest.raises(Refused) as refused:
        await office.publish(approved)
    assert refused.value.reason == RevisionOutdated(first.content_hash)
    with pytest.raises(Refused) as refused:
        await office.edit(seen=approved.content_hash, subtitle="脆")
    assert refused.value.reason == RevisionOutdated(first.content_hash)
    assert await office.everything() == before
    merged = await office.edit(seen=approved.content_hash, rebases=True)
    assert (merged.status, merged.base_hash) == (RevisionStatus.DRAFT, first.content_hash)
    assert (merged.content["origin"], merged.content["subtitle"]) == ("新疆", "又甜又脆")
    await office.publish(await office.approve(await office.submit(merged)))
    assert (await office.public()).origin == "新疆"


async def test_what_is_taken_off_does_not_come_back_by_an_old_approval(editors: Editors) -> None:
    """An approval that waits for its time is void; the product can be published anew as it was."""
    approved = await editors.approve(
        await editors.submit(await editors.edit(origin="新疆")), publish_at=editors.now + timedelta(hours=1)
    )
    async with editors.session():
        product = await publishing.unpublish_now(editors.checker, editors.product, "许可证过期")
        await publishing.unpublish_now(editors.checker, editors.product, "许可证过期")
    assert product == (editors.product, "pear", "梨")
    assert await editors.rows.connection.fetchval("SELECT status FROM product") == "UNPUBLISHED"
    row = await editors.rows.connection.fetchrow("SELECT status, checker_id, publish_at FROM product_revision")
    assert tuple(row) == ("SUBMITTED", None, None)
    assert await editors.rows.connection.fetchval("SELECT count(*) FROM audit_entry WHERE entity = 'Product'") == 1
    await editors.publish(await editors.approve(approved))
    assert await editors.rows.connection.fetchval("SELECT status FROM product") == "PUBLISHED"


async def test_taking_off_needs_a_product_and_a_reason(editors: Editors) -> None:
    """No such product, one that was never published, no reason: nothing changes."""
    draft = await editors.rows.product(status="DRAFT", published_at=None, price_from_fen=None)
    before = await editors.everything()
    async with editors.session():
        for product, reason in ((0, ProductNotFound()), (draft, ProductNotPublished())):
            with pytest.raises(Refused) as refused:
                await publishing.unpublish_now(editors.checker, product, "许可证过期")
            assert refused.value.reason == reason
        for text in ("", " ", "长" * 401, "卡号 4111 1111 1111 1111"):
            with pytest.raises(BadInput):
                await publishing.unpublish_now(editors.checker, editors.product, text)
    assert await editors.everything() == before


async def test_a_job_takes_products_off_in_its_own_transaction(editors: Editors) -> None:
    """`unpublish` leaves the end of the transaction to the caller."""

    async def fail() -> None:
        async with db.transaction() as tx:
            assert await publishing.unpublish(tx, editors.checker, editors.product, "许可证过期")
            raise RuntimeError("something else failed")

    async with editors.session():
        with pytest.raises(RuntimeError):
            await fail()
    assert await editors.rows.connection.fetchval("SELECT status FROM product") == "PUBLISHED"


async def test_a_code_taken_meanwhile_is_told_at_publication(editors: Editors) -> None:
    """Two products may propose one code; the second to be published is refused and changes nothing."""
    approved = await editors.approve(await editors.submit(await editors.edit(skus=[sku("PEAR-2", gtin=SECOND)])))
    await editors.rows.sku(await editors.rows.product(), code="PEAR-2")
    before = await editors.everything()
    with pytest.raises(Refused) as refused:
        await editors.publish(approved)
    assert isinstance(refused.value.reason, ContentNotReady)
    assert [each.field for each in refused.value.reason.problems] == ["skus[PEAR-2].code"]
    assert await editors.everything() == before
