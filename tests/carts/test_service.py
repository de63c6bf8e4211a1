"""Writing carts: lines, limits, pickup, coupons, and a visitor's cart that becomes a customer's."""

import asyncio
from datetime import timedelta

import pytest

from app.carts import service
from app.carts.errors import CartFull, CartNotFound, QuantityOutOfRange, TooManyCarts
from app.carts.service import Adding, Owner
from app.catalog.errors import ProductNotFound
from app.coupons.enums import CouponReason
from app.coupons.errors import CouponNotApplicable
from app.kit import clock, db
from app.kit.errors import Refusal, Refused
from app.kit.idempotency import IdempotencyKeyReused
from app.pickup.errors import PickupPointNotFound, PickupSlotClosed
from tests.carts.conftest import ADDRESS, Stall
from tests.shop import NOW


async def refusal(stall: Stall, writing: object) -> Refusal:
    """Why a write is refused, in a session of its own."""
    with pytest.raises(Refused) as refused:
        async with stall.shop.database.session():
            await writing  # type: ignore[misc]  # a coroutine that was not begun
    return refused.value.reason


async def test_units_add_up_in_one_line(stall: Stall) -> None:
    """Trap 2 (one SKU on two lines): a SKU stands in a cart once."""
    owner, _ = await stall.visitor()
    apple, pear = await stall.sku(), await stall.sku(price_fen=300)
    await stall.add(owner, apple, 2)
    await stall.add(owner, pear)
    view = await stall.add(owner, apple, 3)
    assert [(line.sku_id, line.quantity, line.total_fen) for line in view.lines] == [(apple, 5, 5000), (pear, 1, 300)]
    assert (view.subtotal_fen, view.discount_fen, view.total_fen, view.problems) == (5300, 0, 5300, [])
    assert view.token is None


async def test_a_key_adds_once(stall: Stall) -> None:
    """Also with eight at once; another input with it is refused. Visitors' keys do not meet."""
    apple = await stall.sku()
    owner, _ = await stall.visitor()
    other, _ = await stall.visitor()
    await asyncio.gather(*(stall.add(owner, apple, 2, "the-same-key") for _ in range(8)))
    assert await stall.lines() == [(apple, 2)]
    with pytest.raises(Refused) as refused:
        await stall.add(owner, apple, 3, "the-same-key")
    assert refused.value.reason == IdempotencyKeyReused()
    await stall.add(other, apple, 1, "the-same-key")
    assert await stall.lines() == [(apple, 2), (apple, 1)]


@pytest.mark.parametrize("quantity", [0, -1, -(2**31), 4, 2**31 - 1])
async def test_quantities_out_of_range_are_refused(stall: Stall, quantity: int) -> None:
    """Less than one, or more than one customer may have in an order, alone or with what is there."""
    apple = await stall.sku(max_per_order=3)
    owner = await stall.customer()
    view = await stall.add(owner, apple)
    for write in (
        service.set_line(owner, apple, quantity),
        stall.add(owner, apple, quantity),
    ):
        assert await refusal(stall, write) == QuantityOutOfRange(3)
    assert await refusal(stall, stall.add(owner, apple, 3)) == QuantityOutOfRange(3)
    assert await stall.lines() == [(apple, 1)]
    assert view.total_fen == 1000


async def test_no_race_passes_the_limit(stall: Stall) -> None:
    """Trap 1: of eight at once who add two, with a limit of five, two are taken."""
    apple = await stall.sku(max_per_order=5)
    owner = await stall.customer()
    done = await asyncio.gather(*(stall.add(owner, apple, 2) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(each, Refused) for each in done) == 6
    assert await stall.lines() == [(apple, 4)]


async def test_only_what_is_sold_goes_in(stall: Stall) -> None:
    """Not a draft, not a SKU taken out, not one that never was."""
    owner = await stall.customer()
    draft = await stall.rows.sku(await stall.rows.product(status="DRAFT", published_at=None))
    gone = await stall.sku(is_active=False)
    for sku in (draft, gone, 2**62):
        assert await refusal(stall, stall.add(owner, sku)) == ProductNotFound()
        assert await refusal(stall, service.set_line(owner, sku, 1)) == ProductNotFound()
    assert await stall.lines() == []


async def test_a_cart_has_an_end(stall: Stall, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line more than it holds is refused, more of one that is there is not."""
    monkeypatch.setattr(service, "MOST_LINES", 2)
    owner = await stall.customer()
    skus = [await stall.sku() for _ in range(3)]
    for sku in skus[:2]:
        await stall.add(owner, sku)
    assert await refusal(stall, stall.add(owner, skus[2])) == CartFull(2)
    await stall.add(owner, skus[0])
    assert await stall.lines() == [(skus[0], 2), (skus[1], 1)]


async def test_lines_are_set_and_removed_as_often_as_one_likes(stall: Stall) -> None:
    """The second time changes nothing."""
    owner, _ = await stall.visitor()
    apple, pear = await stall.sku(), await stall.sku()
    async with stall.shop.database.session():
        for _ in range(2):
            await service.set_line(owner, apple, 4)
            await service.set_line(owner, pear, 1)
        assert await stall.lines() == [(apple, 4), (pear, 1)]
        for _ in range(2):
            assert [line.sku_id for line in (await service.remove(owner, apple)).lines] == [pear]
        for _ in range(2):
            assert (await service.remove(owner, None)).lines == ()


async def test_an_address_begins_only_so_many_carts(stall: Stall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap 3 (no cap): also with eight at once; an hour later it may again, and others were never concerned."""
    monkeypatch.setattr(service, "PER_ADDRESS", 3)
    done = await asyncio.gather(*(stall.visitor() for _ in range(8)), return_exceptions=True)
    reasons = [each.reason for each in done if isinstance(each, Refused)]
    assert reasons == [TooManyCarts(NOW + timedelta(hours=1))] * 5
    assert await stall.rows.connection.fetchval("SELECT count(*) FROM cart") == 3
    async with stall.shop.database.session():
        await service.create(None, b"b" * 32)
        with clock.moved_to(NOW + timedelta(hours=1)):
            await service.create(None, ADDRESS)


async def test_a_token_opens_its_cart_and_no_other(stall: Stall) -> None:
    """It is stored as a hash only; what is none, or nobody's, is refused alike."""
    _, token = await stall.visitor()
    kept = await stall.rows.connection.fetchrow("SELECT cart::text, octet_length(token_hash) FROM cart")
    assert token[4:] not in kept[0]
    assert kept[1] == 32
    with pytest.raises(Refused) as refused:
        Owner.of(None, None)
    assert refused.value.reason == CartNotFound()
    for text in ("", "x", token[:-1], token + "x", "ygc_\N{SNOWMAN}" + "a" * 21):
        with pytest.raises(Refused) as refused:
            Owner.of(None, text)
        assert refused.value.reason == CartNotFound()
    stranger = Owner.of(None, "ygc_" + "a" * 22)
    assert await refusal(stall, service.remove(stranger, None)) == CartNotFound()


async def test_pickup_is_chosen_at_a_point_and_in_one_of_its_slots(stall: Stall) -> None:
    """Trap 10 (stale slot at submit): past its cut-off, or of another point, it cannot be chosen."""
    owner, _ = await stall.visitor()
    view = await stall.pickup(owner)
    wanted = view.assembled.wanted
    assert (wanted.pickup_point_id, wanted.pickup_slot_id) == (stall.point, stall.slot)
    other = await stall.rows.point()
    closed = await stall.rows.point(status="CLOSED")
    for point, slot, expected in (
        (other, stall.slot, PickupSlotClosed()),
        (stall.point, 2**62, PickupSlotClosed()),
        (closed, None, PickupPointNotFound()),
        (2**62, None, PickupPointNotFound()),
    ):
        assert await refusal(stall, service.choose_pickup(owner, point, slot)) == expected
    with clock.moved_to(NOW + timedelta(hours=12)):
        assert await refusal(stall, service.choose_pickup(owner, stall.point, stall.slot)) == PickupSlotClosed()
    kept = await stall.rows.connection.fetchrow("SELECT pickup_point_id, pickup_slot_id FROM cart")
    assert tuple(kept) == (stall.point, stall.slot)
    async with stall.shop.database.session():
        view = await service.choose_pickup(owner, other, None)
    assert view.assembled.wanted.pickup_slot_id is None


async def test_only_a_coupon_of_ones_own_is_chosen(stall: Stall) -> None:
    """Another's is as unknown as none; one that is over is refused; one below its minimum is a problem of the cart."""
    owner, other = await stall.customer(), await stall.customer()
    assert owner.customer_id is not None
    assert other.customer_id is not None
    coupon = await stall.rows.coupon(claimed_count=3)
    mine = await stall.code(coupon, owner.customer_id, 1)
    over = await stall.code(coupon, owner.customer_id, 2, expires_at=NOW)
    theirs = await stall.code(coupon, other.customer_id, 1)
    for code, reason in ((theirs, "UNKNOWN"), (2**62, "UNKNOWN"), (over, "EXPIRED")):
        expected = CouponNotApplicable(CouponReason(reason))
        assert await refusal(stall, service.choose_coupon(owner.customer_id, code)) == expected
    assert await stall.rows.connection.fetchval("SELECT count(coupon_code_id) FROM cart") == 0
    async with stall.shop.database.session():
        view = await service.choose_coupon(owner.customer_id, mine)
        assert view.assembled.reason is CouponReason.NO_MATCHING_LINE
        assert (await service.choose_coupon(owner.customer_id, None)).assembled.wanted.coupon_code_id is None


async def test_a_visitors_cart_becomes_the_customers(stall: Stall) -> None:
    """Quantities add up to the limit, the token is dead, and a repeat changes nothing more."""
    apple, pear, plum = await stall.sku(max_per_order=5), await stall.sku(), await stall.sku()
    visitor, token = await stall.visitor()
    owner = await stall.customer()
    assert owner.customer_id is not None
    for sku, quantity in ((apple, 4), (pear, 2), (plum, 1)):
        await stall.add(visitor, sku, quantity)
    await stall.pickup(visitor)
    await stall.add(owner, apple, 3)
    await stall.run("UPDATE sku SET is_active = false WHERE id = $1", plum)
    for _ in range(2):
        async with stall.shop.database.session():
            view = await service.merge(owner.customer_id, token)
        assert [(line.sku_id, line.quantity) for line in view.lines] == [(apple, 5), (pear, 2)]
        assert view.assembled.wanted.pickup_slot_id == stall.slot
        assert await stall.lines() == [(apple, 5), (pear, 2)]
    assert await refusal(stall, stall.add(visitor, pear)) == CartNotFound()
    other = await stall.customer()
    assert other.customer_id is not None
    assert await refusal(stall, service.merge(other.customer_id, token)) == CartNotFound()
    assert await stall.lines() == [(apple, 5), (pear, 2)]


async def test_many_merges_at_once_are_one(stall: Stall) -> None:
    """By the same customer, from eight devices."""
    apple = await stall.sku()
    visitor, token = await stall.visitor()
    owner = await stall.customer()
    await stall.add(visitor, apple, 2)

    async def merge() -> None:
        async with stall.shop.database.session():
            await service.merge(owner.customer_id or 0, token)

    await asyncio.gather(*(merge() for _ in range(8)))
    assert await stall.lines() == [(apple, 2)]


async def test_many_lines_go_in_as_far_as_they_fit(stall: Stall, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not sold, over a limit or beyond the cart's end is left out, and the answer says what went in."""
    monkeypatch.setattr(service, "MOST_LINES", 2)
    apple, pear, plum = await stall.sku(max_per_order=2), await stall.sku(), await stall.sku()
    gone = await stall.sku(is_active=False)
    owner = await stall.customer()
    assert owner.customer_id is not None
    async with stall.shop.database.session(), db.transaction() as tx:
        cart = await service.cart_of(tx, owner.customer_id)
        wanted = [Adding(apple, 5), Adding(gone, 1), Adding(pear, 1), Adding(plum, 1)]
        assert await service.add_many(tx, owner.customer_id, cart, wanted) == {apple: 2, pear: 1}
    assert await stall.lines() == [(apple, 2), (pear, 1)]
