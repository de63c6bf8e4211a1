"""What was approved for a time is published when it has come, once."""

import asyncio
from datetime import timedelta

from app import worker
from app.catalog.enums import RevisionStatus
from tests.catalog.editors import Editors, sku

NAME = "catalog.publish_due"
STATES = "SELECT id, status, published_at, reason FROM product_revision ORDER BY id"


async def run(editors: Editors) -> None:
    """The job, as the worker knows it."""
    async with editors.session():
        await worker._HANDLERS[NAME]({})


async def test_it_comes_round_every_minute() -> None:
    """The worker has it."""
    assert [each.cron for each in worker.SCHEDULES if each.name == NAME] == ["* * * * *"]


async def test_what_is_due_is_published_once(editors: Editors) -> None:
    """Not before its time; by two workers at once and again later, there is one publication and one price."""
    at = editors.now + timedelta(hours=1)
    approved = await editors.approve(
        await editors.submit(await editors.edit(skus=[sku(price_fen=1100)])), publish_at=at
    )
    await run(editors)
    assert (await editors.public()).hash == approved.base_hash
    office = editors.later(hours=1, minutes=1)
    await asyncio.gather(run(office), run(office))
    await run(office.later(hours=1))
    assert (await editors.public()).hash == approved.content_hash
    (row,) = await editors.rows.connection.fetch(STATES)
    assert tuple(row) == (approved.id, "PUBLISHED", office.now, None)
    assert await editors.rows.connection.fetchval("SELECT count(*) FROM price_history") == 2
    told = await editors.rows.connection.fetch("SELECT caller FROM audit_entry WHERE action = 'publish revision'")
    assert [row["caller"] for row in told] == ["machine"]


async def test_what_cannot_be_published_goes_back_and_holds_up_nobody(editors: Editors) -> None:
    """Its slug is another product's by now: it waits for people, who read why; the next one is published."""
    at = editors.now + timedelta(hours=1)
    stuck = await editors.approve(await editors.submit(await editors.edit(slug="apple")), publish_at=at)
    await editors.rows.product(slug="apple")
    fine_product = await editors.rows.product(slug="fine")
    await editors.rows.sku(fine_product, code="FINE-1", gtin="06971000000014")
    await editors.rows.insert(
        "media",
        product_id=fine_product,
        kind="IMAGE",
        position=0,
        alt="图",
        storage_key="products/fine.webp",
        width=8,
        height=6,
        frame_count=1,
    )
    fine_office = editors.of(fine_product)
    fine = await fine_office.approve(await fine_office.submit(await fine_office.edit(origin="新疆")), publish_at=at)
    await run(editors.later(hours=2))
    first, second = await editors.rows.connection.fetch(STATES)
    assert (first["id"], first["status"]) == (stuck.id, RevisionStatus.SUBMITTED)
    assert first["reason"].startswith("内容还不能发布")
    assert (second["id"], second["status"]) == (fine.id, RevisionStatus.PUBLISHED)
