"""What makers may do, and what nobody may do to somebody else's work."""

import asyncio
from typing import Any

import pytest

from app.catalog import drafting
from app.catalog.checks import BadContent, ContentProblem
from app.catalog.editing import BadEdit, Edit, MediaChoice
from app.catalog.enums import ContentRule, RevisionStatus
from app.catalog.errors import (
    CategoryNotFound,
    ContentMoved,
    ContentNotReady,
    IdentifierTaken,
    NothingChanged,
    ProductNotFound,
    RevisionByAnother,
    RevisionNotFound,
    RevisionNotThere,
)
from app.files.errors import UploadAlreadyUsed, UploadNotFound, UploadOfWrongKind
from app.kit.errors import BadInput, Refusal, Refused
from app.kit.free_text import CardNumber
from tests.catalog.editors import Editors, sku
from tests.rows import hours

NEW = {
    "slug": "melon",
    "name": "瓜",
    "sold_by": "EACH",
    "return_policy": "FRESH",
    "storage": "AMBIENT",
    "shelf_life_days": 9,
    "min_days_left": 2,
}


async def refused(editors: Editors, act: Any) -> Refusal:
    """Why `act` was refused; nothing changed."""
    before = await editors.everything()
    with pytest.raises(Refused) as refusal:
        await act
    assert await editors.everything() == before
    return refusal.value.reason


async def test_a_draft_begins_with_what_is_published(editors: Editors) -> None:
    """Whatever an edit does not name is as it was; what is public is as it was too."""
    public = await editors.public()
    draft = await editors.edit(subtitle="又甜又脆")
    assert (draft.status, draft.maker_id, draft.base_hash) == ("DRAFT", editors.maker.id, public.hash)
    assert draft.content == {**draft.base, "subtitle": "又甜又脆"}
    assert await editors.public() == public


async def test_an_edit_needs_the_hash_of_what_it_changes(editors: Editors) -> None:
    """Without it, or with an older one, nobody's edit is lost; the same edit again is the same draft."""
    first = await editors.edit(subtitle="一")
    for seen in (None, "0" * 64):
        assert await refused(editors, editors.edit(seen=seen, subtitle="二")) == ContentMoved(first.content_hash)
    second = await editors.edit(seen=first.content_hash, subtitle="二")
    again = await editors.edit(seen=first.content_hash, subtitle="二")
    assert (second.id, again.content_hash) == (first.id, second.content_hash)


async def test_what_was_published_meanwhile_is_told_before_a_draft_begins(editors: Editors) -> None:
    """A first edit may name what its maker saw in the shop."""
    assert await refused(editors, editors.edit(seen="0" * 64, subtitle="一")) == ContentMoved(
        (await editors.public()).hash
    )


async def test_one_revision_is_open_at_a_time(editors: Editors) -> None:
    """Whoever comes second is told whose turn it is; two at once make one draft."""
    mine = await editors.edit(subtitle="一")
    assert await refused(editors, editors.edit(by=editors.other_maker, subtitle="二")) == RevisionByAnother(mine.id)
    async with editors.session():
        await drafting.discard(editors.maker, mine.id)
    both = await asyncio.gather(
        editors.edit(subtitle="一"), editors.edit(by=editors.other_maker, subtitle="二"), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in both) == ["ProductRevision", "Refused"]
    count = "SELECT count(*) FROM product_revision WHERE status = 'DRAFT'"
    assert await editors.rows.connection.fetchval(count) == 1


async def test_an_edit_voids_an_approval(editors: Editors) -> None:
    """It is a draft again, without checker; the approved hash does not publish the new content."""
    approved = await editors.approve(await editors.submit(await editors.edit(subtitle="一")))
    changed = await editors.edit(seen=approved.content_hash, subtitle="二")
    told = (changed.status, changed.checker_id, changed.approved_hash, changed.decided_at, changed.submitted_at)
    assert told == (RevisionStatus.DRAFT, None, None, None, None)
    assert await refused(editors, editors.publish(changed)) == RevisionNotThere(RevisionStatus.DRAFT)
    assert await refused(editors, editors.approve(approved)) == ContentMoved(changed.content_hash)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"slug": "Ä"}, BadContent),
        ({"name": "  "}, BadContent),
        ({"name": "梨" * 61}, BadContent),
        ({"description": "\0"}, BadContent),
        ({"description": "卡号 4111-1111-1111-1111"}, CardNumber),
        ({"shelf_life_days": 0}, BadContent),
        ({"min_days_left": 31}, BadContent),
        ({"storage_min_c": 9, "storage_max_c": 8}, BadContent),
        ({"allergens": [""]}, BadContent),
        ({"skus": [sku(price_fen=0)]}, BadContent),
        ({"skus": [sku(list_price_fen=1000)]}, BadContent),
        ({"skus": [sku(gtin="123")]}, BadContent),
        ({"skus": [sku(code="")]}, BadContent),
        ({"skus": [sku(is_catch_weight=True)]}, BadContent),
        ({"skus": [sku(pieces=40_000)]}, BadContent),
        ({"skus": [sku(), sku()]}, BadEdit),
        ({"skus": [sku(f"P-{number}") for number in range(31)]}, BadContent),
        ({"media": [MediaChoice("图", key="nothing")]}, BadEdit),
        ({"media": [MediaChoice("图")]}, BadEdit),
        ({"media": [MediaChoice("图", key="x", upload_id=1)]}, BadEdit),
    ],
)
async def test_what_the_tables_would_not_take_is_no_draft(
    editors: Editors, given: dict[str, Any], error: type[BadInput]
) -> None:
    """It is told at once, and nothing is made."""
    before = await editors.everything()
    with pytest.raises(error):
        await editors.edit(**given)
    assert await editors.everything() == before


async def test_a_draft_is_of_something_that_is_there(editors: Editors) -> None:
    """A product and a category."""
    assert await refused(editors, editors.edit(category_id=2**62)) == CategoryNotFound()
    editors.product = 2**62
    assert await refused(editors, editors.edit(subtitle="一")) == ProductNotFound()


async def test_a_picture_is_used_once_by_who_sent_it(editors: Editors) -> None:
    """Somebody else's, a document, one that is in use already: refused, and none of them is used up."""
    hers = str(editors.maker)
    size = {"content_type": "image/png", "width": 10, "height": 10}
    other = await editors.rows.upload(str(editors.other_maker), **size)
    used = await editors.rows.upload(hers, **size, referenced_at=hours(-1))
    report = await editors.rows.upload(hers)
    good = await editors.rows.upload(hers, **size)
    for key, reason in (
        (other, UploadNotFound()),
        (2**62, UploadNotFound()),
        (used, UploadAlreadyUsed()),
        (report, UploadOfWrongKind()),
    ):
        media = [MediaChoice("新", upload_id=good), MediaChoice("旧", upload_id=key)]
        assert await refused(editors, editors.edit(media=media)) == reason
    in_use = "SELECT id FROM upload WHERE referenced_at IS NOT NULL ORDER BY id"
    assert [row["id"] for row in await editors.rows.connection.fetch(in_use)] == [used]
    draft = await editors.edit(media=[MediaChoice("新", upload_id=good)])
    assert [each["alt"] for each in draft.content["media"]] == ["新"]
    assert [row["id"] for row in await editors.rows.connection.fetch(in_use)] == [used, good]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"subtitle": " "}, ContentProblem("subtitle", ContentRule.MISSING)),
        ({"media": []}, ContentProblem("media", ContentRule.MISSING)),
        ({"skus": [sku(is_active=False)]}, ContentProblem("skus", ContentRule.MISSING)),
        ({"storage": "FROZEN", "storage_max_c": -12}, ContentProblem("storage", ContentRule.TEMPERATURE)),
        ({"skus": [sku(gtin="06971000000008")]}, ContentProblem("skus[PEAR-1].gtin", ContentRule.CHECK_DIGIT)),
        (
            {"skus": [sku(price_fen=900, list_price_fen=1001)]},
            ContentProblem("skus[PEAR-1].list_price_fen", ContentRule.LIST_PRICE, 1000),
        ),
        (
            {"skus": [sku("PEAR-2", gtin="06971000000014", list_price_fen=1001)]},
            ContentProblem("skus[PEAR-2].list_price_fen", ContentRule.LIST_PRICE),
        ),
        ({"skus": [sku("OTHER-1", gtin="06971000000021")]}, ContentProblem("skus[OTHER-1].code", ContentRule.TAKEN)),
        ({"slug": "apple"}, ContentProblem("slug", ContentRule.TAKEN)),
    ],
)
async def test_what_may_not_be_published_is_not_submitted(
    editors: Editors, given: dict[str, Any], problem: ContentProblem
) -> None:
    """The line and the rule are named."""
    await editors.rows.sku(await editors.rows.product(slug="apple"), code="OTHER-1")
    draft = await editors.edit(**given)
    assert await refused(editors, editors.submit(draft)) == ContentNotReady((problem,))


async def test_a_list_price_may_be_the_lowest_of_the_last_seven_days(editors: Editors) -> None:
    """And not a fen more: an offer of yesterday counts, the price before it does not."""
    await editors.rows.offer(editors.sku, price_fen=850, starts_at=hours(-30), ends_at=hours(-20))
    draft = await editors.edit(skus=[sku(price_fen=800, list_price_fen=851)])
    problem = ContentProblem("skus[PEAR-1].list_price_fen", ContentRule.LIST_PRICE, 850)
    assert await refused(editors, editors.submit(draft)) == ContentNotReady((problem,))
    draft = await editors.edit(seen=draft.content_hash, skus=[sku(price_fen=800, list_price_fen=850)])
    assert (await editors.submit(draft)).status is RevisionStatus.SUBMITTED


async def test_raising_a_price_grounds_no_list_price(editors: Editors) -> None:
    """先涨后降: raised today and lowered tomorrow, the list price may still not exceed what was asked before."""
    await editors.published(skus=[sku(price_fen=2000)])
    office = editors.later(days=1)
    draft = await office.edit(skus=[sku(price_fen=1500, list_price_fen=2000)])
    problem = ContentProblem("skus[PEAR-1].list_price_fen", ContentRule.LIST_PRICE, 1000)
    assert await refused(office, office.submit(draft)) == ContentNotReady((problem,))


async def test_what_is_published_already_is_not_submitted(editors: Editors) -> None:
    """A draft that says the same as the shop."""
    assert await refused(editors, editors.submit(await editors.edit(name="梨"))) == NothingChanged()


async def test_moves_are_the_makers(editors: Editors) -> None:
    """Nobody else submits, withdraws or drops a draft; a rejected one any editor may drop."""
    draft = await editors.edit(subtitle="一")
    submitted = editors.submit(draft, by=editors.other_maker)
    assert await refused(editors, submitted) == RevisionByAnother(draft.id)
    async with editors.session():
        for move in (drafting.withdraw, drafting.discard):
            assert await refused(editors, move(editors.other_maker, draft.id)) == RevisionByAnother(draft.id)
            assert await refused(editors, move(editors.maker, 2**62)) == RevisionNotFound()


async def test_a_new_product_has_a_slug_of_its_own(editors: Editors) -> None:
    """Another one's, a missing field, a shelf that is not there: no product. Once is enough."""
    shelf = (await editors.public()).category_id
    async with editors.session():
        taken = Edit({**NEW, "category_id": shelf, "slug": "pear"})
        act = drafting.create_product(editors.maker, idempotency_key="create-1", edit=taken)
        assert await refused(editors, act) == IdentifierTaken("slug")
        lost = Edit({**NEW, "category_id": 2**62})
        act = drafting.create_product(editors.maker, idempotency_key="create-1", edit=lost)
        assert await refused(editors, act) == CategoryNotFound()
        before = await editors.everything()
        with pytest.raises(BadEdit):
            await drafting.create_product(editors.maker, idempotency_key="create-1", edit=Edit(NEW))
        assert await editors.everything() == before
        good = Edit({**NEW, "category_id": shelf})
        made = [await drafting.create_product(editors.maker, idempotency_key="create-1", edit=good) for _ in range(2)]
    assert made[0].id == made[1].id
    status = "SELECT status FROM product WHERE slug = 'melon'"
    assert await editors.rows.connection.fetchval(status) == "DRAFT"
