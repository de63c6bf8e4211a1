"""What a cart shows: prices, problems as data, gifts, and the same again at the checkout."""

from datetime import timedelta

import pytest

from app.carts import buying, problems, queries, service
from app.carts.errors import CartEmpty, PickupNotChosen, QuantityOutOfRange
from app.carts.queries import CartView
from app.carts.service import Owner
from app.coupons.enums import CouponReason
from app.coupons.errors import CouponNotApplicable
from app.inventory import holds as stock_holds
from app.inventory import sellable
from app.kit import clock, db
from app.kit.errors import Refused
from app.pickup.errors import PickupSlotClosed
from tests.carts.conftest import Stall, hold
from tests.rows import days, hours
from tests.shop import NOW


async def look(stall: Stall, owner: Owner) -> CartView:
    """The cart, read."""
    async with stall.shop.database.session():
        if owner.customer_id is not None:
            view = await queries.of_customer(owner.customer_id, clock.now())
        else:
            view = await queries.of_token(owner.token_hash or b"", clock.now())
    assert view is not None
    return view


async def test_a_price_that_moved_is_told_until_the_line_is_written_again(stall: Stall) -> None:
    """Trap 15 (stale prices): the cart counts with what it costs now, and says what it was."""
    owner, _ = await stall.visitor()
    apple = await stall.sku()
    await stall.add(owner, apple, 2)
    await stall.rows.offer(apple, price_fen=800)
    view = await look(stall, owner)
    assert view.problems == [problems.PriceMoved(apple, 1000, 800)]
    assert (view.total_fen, view.lines[0].parts[0].reference_fen) == (1600, None)
    async with stall.shop.database.session():
        assert (await service.set_line(owner, apple, 2)).problems == []


async def test_what_is_not_sold_any_more_counts_for_nothing(stall: Stall) -> None:
    """The line stays, and comes back with the product."""
    owner, _ = await stall.visitor()
    apple, pear = await stall.sku(), await stall.sku()
    await stall.add(owner, apple)
    await stall.add(owner, pear)
    await stall.run("UPDATE sku SET is_active = false WHERE id = $1", apple)
    view = await look(stall, owner)
    assert view.problems == [problems.ProductUnpublished(apple)]
    assert [(line.total_fen, line.parts == ()) for line in view.lines] == [(0, True), (1000, False)]
    assert view.total_fen == 1000
    await stall.run("UPDATE sku SET is_active = true WHERE id = $1", apple)
    assert (await look(stall, owner)).problems == []


async def test_a_limit_that_fell_is_a_problem(stall: Stall) -> None:
    """The quantity is the customer's to lower."""
    owner, _ = await stall.visitor()
    apple = await stall.sku()
    await stall.add(owner, apple, 5)
    await stall.run("UPDATE sku SET max_per_order = 2 WHERE id = $1", apple)
    assert (await look(stall, owner)).problems == [problems.QuantityOverLimit(apple, 2)]


async def test_stock_is_looked_at_where_and_when_it_is_collected(stall: Stall) -> None:
    """Too few anywhere on the shelf, or enough but too old by then: with the nearest day for which all is there."""
    owner, _ = await stall.visitor()
    few = await stall.sku(on_hand=2)
    old = await stall.sku(on_hand=1)
    await stall.stock(old, 5, 2)  # keeps its two promised days today only
    gone = await stall.sku(on_hand=0)
    for sku in (few, old, gone):
        await stall.add(owner, sku, 3)
    view = await look(stall, owner)
    assert view.problems == []
    assert [line.available for line in view.lines] == [None, None, None]
    view = await stall.pickup(owner)
    assert [line.available for line in view.lines] == [2, 1, 0]
    assert view.problems == [
        problems.NotEnoughAtPoint(few, 2),
        problems.LotTooOldForPickupDay(old, 1, days(0)),
        problems.NotEnoughAtPoint(gone, 0),
    ]


async def test_a_slot_fills_and_closes(stall: Stall) -> None:
    """Trap 10: it is told when the cart is read, not at the till."""
    owner, _ = await stall.visitor()
    assert (await stall.pickup(owner)).problems == []
    await stall.run("UPDATE pickup_slot SET reserved = capacity")
    assert (await look(stall, owner)).problems == [problems.SlotFull(stall.slot)]
    with clock.moved_to(NOW + timedelta(hours=12)):
        assert (await look(stall, owner)).problems == [problems.SlotGone(stall.slot)]
    await stall.run("UPDATE pickup_point SET status = 'SUSPENDED' WHERE id = $1", stall.point)
    assert (await look(stall, owner)).problems == [problems.SlotGone(stall.slot)]


async def test_a_coupon_lowers_the_cart_or_says_why_not(stall: Stall) -> None:
    """Trap 7 (silent rejection): with how much is missing."""
    owner = await stall.customer()
    assert owner.customer_id is not None
    code = await stall.code(await stall.rows.coupon(claimed_count=1), owner.customer_id)
    apple = await stall.sku(price_fen=2000)
    await stall.add(owner, apple)
    async with stall.shop.database.session():
        view = await service.choose_coupon(owner.customer_id, code)
    assert view.problems == [problems.CouponUnusable(code, CouponReason.BELOW_MINIMUM, 1900)]
    assert view.total_fen == 2000
    view = await stall.add(owner, apple)
    assert (view.problems, view.subtotal_fen, view.discount_fen, view.total_fen) == ([], 4000, 500, 3500)


async def test_the_best_coupon_comes_first(stall: Stall) -> None:
    """Least price, then the earlier end, then the id; those that do not apply stand behind with their reason."""
    owner = await stall.customer()
    assert owner.customer_id is not None
    apple = await stall.sku(price_fen=4000)
    await stall.add(owner, apple)
    five, ten = await stall.rows.coupon(), await stall.rows.coupon(amount_fen=1000)
    dear = await stall.rows.coupon(minimum_spend_fen=9900)
    later = await stall.code(five, owner.customer_id, 1, expires_at=hours(48))
    sooner = await stall.code(five, owner.customer_id, 2, expires_at=hours(24))
    best = await stall.code(ten, owner.customer_id, 1)
    below = await stall.code(dear, owner.customer_id, 1)
    view = await look(stall, owner)
    async with stall.shop.database.session():
        found = await queries.applicable(view, NOW)
    assert [(each.held.code_id, each.priced.total_fen, each.reason) for each in found] == [
        (best, 3000, None),
        (sooner, 3500, None),
        (later, 3500, None),
        (below, 4000, CouponReason.BELOW_MINIMUM),
    ]


async def test_gifts_come_by_themselves_and_go_by_themselves(stall: Stall) -> None:
    """Priced 0; two for four; fewer when they run out, which is a problem and no error; none below what they ask."""
    owner, _ = await stall.visitor()
    milk, cup = await stall.sku(), await stall.sku(on_hand=2, price_fen=500)
    await stall.gift(milk, cup, buy_quantity=2, gift_quantity=1)
    assert (await stall.add(owner, milk)).gifts == ()
    view = await stall.add(owner, milk, 3)
    assert [(gift.sku_id, gift.quantity, gift.total_fen, gift.is_gift) for gift in view.gifts] == [(cup, 2, 0, True)]
    assert view.total_fen == 4000
    assert (await stall.pickup(owner)).problems == []
    view = await stall.add(owner, milk, 2)
    assert ([gift.quantity for gift in view.gifts], view.problems) == ([2], [problems.GiftRanOut(cup, 3, 2)])
    view = await stall.add(owner, cup, 2)
    assert (view.gifts, view.problems) == ((), [problems.GiftRanOut(cup, 3, 0)])


@pytest.mark.parametrize(
    "given", [{"ends_at": NOW}, {"is_active": False}, {"starts_at": hours(1), "ends_at": hours(2)}]
)
async def test_a_rule_gives_in_its_time_only(stall: Stall, given: dict[str, object]) -> None:
    """Neither before nor after."""
    owner, _ = await stall.visitor()
    milk, cup = await stall.sku(), await stall.sku()
    await stall.gift(milk, cup, **given)
    assert (await stall.add(owner, milk, 4)).gifts == ()


async def test_a_quota_of_gifts_is_shared(stall: Stall) -> None:
    """What is left of it, and nothing when it is used up."""
    owner, _ = await stall.visitor()
    milk, cup = await stall.sku(), await stall.sku()
    await stall.gift(milk, cup, quota=5, given=4)
    view = await stall.add(owner, milk, 4)
    assert ([gift.quantity for gift in view.gifts], view.problems) == ([1], [problems.GiftRanOut(cup, 4, 1)])


async def test_what_her_own_checkout_keeps_is_hers_to_have(stall: Stall) -> None:
    """Trap 3 (display is not completion): the next checkout lets the old one go first. For others it is gone."""
    owner, other = await stall.customer(), await stall.customer()
    assert owner.customer_id is not None
    apple = await stall.sku(on_hand=3)
    offer = await stall.rows.offer(apple, quota=3, sold=3, price_fen=800)
    kept = await hold(stall, owner.customer_id)
    (lot,) = await stall.rows.connection.fetch("UPDATE stock_lot SET held = 3 RETURNING id")
    until = {"hold_id": kept, "expires_at": hours(0.5)}
    await stall.rows.insert("stock_hold", stock_lot_id=lot["id"], quantity=3, **until)
    await stall.rows.insert("offer_hold", offer_id=offer, quantity=3, **until)
    await stall.rows.insert("slot_hold", pickup_slot_id=stall.slot, **until)
    await stall.run("UPDATE pickup_slot SET reserved = capacity")
    code = await stall.code(await stall.rows.coupon(minimum_spend_fen=1000), owner.customer_id)
    await stall.rows.insert("coupon_hold", coupon_code_id=code, **until)
    await stall.add(owner, apple, 3)
    await stall.pickup(owner)
    async with stall.shop.database.session():
        view = await service.choose_coupon(owner.customer_id, code)
    assert (view.problems, view.total_fen) == ([], 1900)
    await stall.add(other, apple, 3)
    theirs = await stall.pickup(other)
    assert theirs.total_fen == 3000
    assert theirs.problems == [problems.NotEnoughAtPoint(apple, 0), problems.SlotFull(stall.slot)]
    with clock.moved_to(hours(0.5)):
        assert (await look(stall, other)).problems == [problems.PriceMoved(apple, 1000, 800)]


async def test_the_checkout_is_given_what_the_cart_showed(stall: Stall) -> None:
    """Trap 3 again: items, gifts, prices, day and coupon; and the same once more under the locks."""
    owner = await stall.customer()
    assert owner.customer_id is not None
    milk, cup = await stall.sku(price_fen=2000), await stall.sku()
    rule = await stall.gift(milk, cup)
    await stall.rows.offer(milk, price_fen=1800, quota=2)
    code = await stall.code(await stall.rows.coupon(claimed_count=1), owner.customer_id)
    await stall.add(owner, milk, 3)
    await stall.pickup(owner)
    async with stall.shop.database.session():
        view = await service.choose_coupon(owner.customer_id, code)
        purchase = await buying.of_cart(owner.customer_id, NOW)
        assert await buying.again(purchase, NOW) == purchase
    assert purchase.priced == view.assembled.priced
    assert [(x.quantity, x.unit_price_fen, x.discount_fen) for x in purchase.priced.lines if not x.is_gift] == [
        (2, 1800, 321),
        (1, 2000, 179),
    ]
    assert (purchase.pickup_on, purchase.gift_units, purchase.coupon_code_id) == (days(1), {rule: 3}, code)


async def test_what_cannot_be_bought_is_refused_at_the_checkout(stall: Stall) -> None:
    """Limits hold there too, not only when lines are written; nothing in the cart changes."""
    owner = await stall.customer()
    assert owner.customer_id is not None
    customer = owner.customer_id

    async def why() -> object:
        with pytest.raises(Refused) as refused:
            async with stall.shop.database.session():
                await buying.of_cart(customer, clock.now())
        return refused.value.reason

    assert await why() == CartEmpty()
    apple = await stall.sku()
    await stall.add(owner, apple, 3)
    assert await why() == PickupNotChosen()
    await stall.pickup(owner)
    code = await stall.code(await stall.rows.coupon(claimed_count=1), customer)
    async with stall.shop.database.session():
        await service.choose_coupon(customer, code)
    assert await why() == CouponNotApplicable(CouponReason.BELOW_MINIMUM)
    with clock.moved_to(NOW + timedelta(hours=12)):
        assert await why() == PickupSlotClosed()
    await stall.run("UPDATE sku SET max_per_order = 2")
    assert await why() == QuantityOutOfRange(2)
    await stall.run("UPDATE sku SET is_active = false")
    assert await why() == CartEmpty()
    assert await stall.lines() == [(apple, 3)]


async def test_what_was_ordered_leaves_the_cart(stall: Stall) -> None:
    """What was put in meanwhile stays; the coupon is not chosen any more."""
    owner = await stall.customer()
    assert owner.customer_id is not None
    apple, pear, plum = await stall.sku(), await stall.sku(), await stall.sku()
    for sku, quantity in ((apple, 3), (pear, 2), (plum, 1)):
        await stall.add(owner, sku, quantity)
    async with stall.shop.database.session(), db.transaction() as tx:
        await buying.bought(tx, owner.customer_id, {apple: 2, pear: 2})
    assert await stall.lines() == [(apple, 1), (plum, 1)]


async def test_the_read_and_the_lock_find_the_same_on_the_shelf(stall: Stall) -> None:
    """Trap 3: lot by lot, whatever keeps one from being sold."""
    skus = [await stall.sku(on_hand=4) for _ in range(6)]
    spoilt = (
        "UPDATE lot SET status = 'ON_HOLD' WHERE sku_id = $1",
        "UPDATE producer f SET licence_expires_on = '2020-01-01' FROM lot WHERE producer_id = f.id AND sku_id = $1",
        "UPDATE lot SET packed_on = packed_on - 40, expires_on = packed_on - 20 WHERE sku_id = $1",
        "UPDATE stock_lot SET held = on_hand WHERE sku_id = $1",
        "UPDATE stock_lot SET held = 1 WHERE sku_id = $1",
    )
    for sku, sql in zip(skus, spoilt, strict=False):
        await stall.run(sql, sku)
    async with stall.shop.database.session():
        read = await sellable.at_point(skus, stall.point, NOW, None)
        async with db.transaction() as tx:
            assert await stock_holds.on_sale(tx, skus, stall.point, clock.today()) == read
    assert [(lot.sku_id, lot.available) for lot in read] == [(skus[4], 3), (skus[5], 4)]


async def test_a_hundred_lines_take_no_more_statements_than_one(stall: Stall) -> None:
    """Trap 14 (N+1)."""
    counts = []
    for number in (1, 30):
        owner = await stall.customer()
        assert owner.customer_id is not None
        await stall.pickup(owner)
        for _ in range(number):
            await stall.add(owner, await stall.sku())
        async with stall.shop.database.session() as connection:
            assert len((await queries.of_customer(owner.customer_id, NOW)).lines) == number  # type: ignore[union-attr]  # it is there
            counts.append(connection.statements)
    assert counts == [6, 6]


async def test_a_lot_whose_day_ends_leaves_the_cart_at_midnight(stall: Stall) -> None:
    """In Shanghai, to the second, though nothing is written and it is the same day in UTC for hours."""
    owner, _ = await stall.visitor()
    apple = await stall.sku(on_hand=5, expires_in=2)  # it promises two days, so today is the last to collect it
    await stall.add(owner, apple, 1)
    await stall.run(
        "UPDATE pickup_slot SET starts_at = starts_at + interval '1 day', ends_at = ends_at"
        " + interval '1 day', cutoff_at = cutoff_at + interval '1 day' WHERE id = $1",
        stall.slot,
    )
    await stall.pickup(owner)
    midnight = NOW + timedelta(hours=14)
    told = []
    for moment in (midnight - timedelta(seconds=1), midnight):
        with clock.moved_to(moment):
            told.append((await look(stall, owner)).problems)
    assert told == [
        [problems.LotTooOldForPickupDay(apple, 0, days(0))],
        [problems.NotEnoughAtPoint(apple, 0)],
    ]
