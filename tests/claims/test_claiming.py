"""A customer claims goods that were not good: her own, in time, once, and no more than was paid."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from app.claims.errors import BadClaim
from app.kit import clock
from app.kit.free_text import CardNumber
from tests.claims.desk import claims, collected, decides, everything, photos, service_of
from tests.orders.counter import Clerk, lines_of, ready
from tests.orders.market import Market, reason
from tests.shop import NOW


async def test_a_claim_is_promised_an_answer_within_a_day(market: Market) -> None:
    """Two of three units: two thirds of what was paid; photos are used, the history tells, the same key is the same."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(5): 3})
    uploads = await photos(market, order.customer_id, 2)
    claim = await claims(market, order, line, quantity=2, uploads=uploads)
    assert (claim.state, claim.asked_fen, claim.granted_fen) == ("OPEN", 2000, None)
    assert (claim.claimed_at, claim.due_at) == (NOW, NOW + timedelta(hours=24))
    assert await market.value("SELECT count(*) FROM upload WHERE referenced_at IS NOT NULL") == 2
    assert await market.value("SELECT note FROM order_event ORDER BY id DESC LIMIT 1") == "申请坏果包赔"
    before = await everything(market)
    assert (await claims(market, order, line, quantity=2, uploads=uploads)).id == claim.id
    assert await everything(market) == before


@pytest.mark.parametrize(("late", "outcome"), [(0, "DefectClaim"), (1, "ClaimTooLate")])
async def test_until_48_hours_after_the_hand_over(market: Market, late: int, outcome: str) -> None:
    """To the moment, whatever the hour of the day; the answer tells until when it was."""
    clerk = await Clerk.at(market)
    packed = await ready(market, clerk, {await market.sells(5): 1})
    with clock.moved_to(NOW.astimezone(clock.SHANGHAI).replace(hour=23, minute=59)):
        taken_at = clock.now()
        order = await clerk.hands_over(packed.pickup_code)
    (line,) = await lines_of(market, order)
    before = await everything(market)
    with clock.moved_to(taken_at + timedelta(hours=48, microseconds=late)):
        uploads = await photos(market, order.customer_id)
        assert await reason(claims(market, order, line, uploads=uploads)) == outcome
    assert (await everything(market) == before) == bool(late)


async def test_another_customers_line_is_as_unknown_as_none(market: Market) -> None:
    """The same answer for both, and of what was not collected yet only its own customer hears that."""
    clerk, stranger = await Clerk.at(market), await market.customer()
    order, (line,) = await collected(market, clerk, {await market.sells(5): 1})
    waiting = await market.paid(await market.customer(), {market.skus[0]: 1})
    (untaken,) = await lines_of(market, waiting)
    before = await everything(market)
    assert await reason(claims(market, order, line, customer=stranger)) == "OrderNotFound"
    assert await reason(claims(market, waiting, untaken, customer=stranger)) == "OrderNotFound"
    line.id += 10**6
    assert await reason(claims(market, order, line)) == "OrderNotFound"
    assert await reason(claims(market, waiting, untaken)) == "OrderNotMovable"
    assert await everything(market) == before


async def test_photos_are_her_own_new_pictures(market: Market) -> None:
    """Another's, a document, the same twice, used before, too many, none: the claim is not there then."""
    clerk, stranger = await Clerk.at(market), await market.customer()
    order, (line,) = await collected(market, clerk, {await market.sells(5): 3})
    mine, paper = await photos(market, order.customer_id, 7), await market.rows.upload(f"customer:{order.customer_id}")
    foreign = await photos(market, stranger)
    before = await everything(market)
    for uploads, refusal in (
        (foreign, "UploadNotFound"),
        ((10**9,), "UploadNotFound"),
        ((paper,), "UploadOfWrongKind"),
        ((mine[0], mine[0]), "UploadAlreadyUsed"),
    ):
        assert await reason(claims(market, order, line, uploads=uploads)) == refusal
    with pytest.raises(BadClaim):
        await claims(market, order, line, uploads=mine)
    with pytest.raises(CardNumber):
        await claims(market, order, line, uploads=mine[:1], text="卡号 4111111111111111")
    assert await everything(market) == before
    await claims(market, order, line, uploads=mine[:1])


async def test_one_claim_for_a_line_at_a_time(market: Market) -> None:
    """Twelve at once with keys of their own: one; after the decision the next, for units not settled before."""
    clerk = await Clerk.at(market)
    order, (line,) = await collected(market, clerk, {await market.sells(5): 2})
    uploads = [await photos(market, order.customer_id) for _ in range(12)]
    outcomes = await asyncio.gather(*(reason(claims(market, order, line, uploads=each)) for each in uploads))
    assert Counter(outcomes) == {"DefectClaim": 1, "ClaimAlreadyOpen": 11}
    assert await market.value("SELECT count(*) FROM upload WHERE referenced_at IS NOT NULL") == 1
    (first,) = await market.rows.connection.fetch("SELECT id, asked_fen FROM defect_claim")
    assert first["asked_fen"] == 1000


async def test_no_more_than_is_left_of_the_line(market: Market) -> None:
    """More units than were handed out, units settled before, all money back already, and a gift."""
    clerk = await Clerk.at(market)
    sku = await market.sells(9)
    order = await market.paid(await market.customer(), {sku: 4})
    await clerk.starts(order)
    await clerk.shorts((await lines_of(market, order))[0], 1)
    await clerk.readies(order)
    await clerk.hands_over(order.pickup_code)
    (line,) = await lines_of(market, order)
    before = await everything(market)
    assert await reason(claims(market, order, line, quantity=4)) == "LineUnitsExceeded"
    assert await everything(market) == before
    await decides(market, service_of(clerk), await claims(market, order, line, quantity=2), 100)
    assert await reason(claims(market, order, line, quantity=2)) == "LineUnitsExceeded"
    last = await claims(market, order, line, share_percent=100)
    assert last.asked_fen == 1000
    await decides(market, service_of(clerk), last, 100)
    before = await everything(market)
    assert await reason(claims(market, order, line, share_percent=1)) == "NothingLeftToClaim"
    assert await everything(market) == before
    assert await market.value("SELECT refund_granted_fen = total_fen FROM customer_order")
