"""The price pipeline: exact to the fen, the same in any order, and never dearer with a coupon."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coupons.enums import CouponKind, CouponReason
from app.promotions.price import CouponTerms, Item, OfferTerms, Priced, price

FRUIT, FISH = frozenset({1, 10}), frozenset({2, 20})


def item(sku_id: int, price_fen: int, quantity: int = 1, **given: Any) -> Item:
    """A fruit of its own product."""
    values: dict[str, Any] = {"product_id": sku_id * 100, "category_ids": FRUIT} | given
    return Item(sku_id=sku_id, quantity=quantity, price_fen=price_fen, **values)


def off(amount_fen: int, minimum_fen: int = 0, **given: frozenset[int]) -> CouponTerms:
    """So much off from such a spend."""
    return CouponTerms(CouponKind.AMOUNT, amount_fen, None, None, minimum_fen, **given)


def percent(percent_off: int, cap_fen: int, minimum_fen: int = 0, **given: frozenset[int]) -> CouponTerms:
    """So many per cent off, with a cap."""
    return CouponTerms(CouponKind.PERCENT, None, percent_off, cap_fen, minimum_fen, **given)


def totals(priced: Priced) -> list[int]:
    """What is paid for each line."""
    return [line.total_fen for line in priced.lines]


def test_without_offer_and_coupon_a_line_costs_its_units() -> None:
    """The reference is the list price, as far as the law lets it be shown."""
    priced = price([item(1, 1990, 3, list_price_fen=2590, lowest_before_fen=2400)])
    (line,) = priced.lines
    assert (line.unit_price_fen, line.reference_fen, line.subtotal_fen, line.discount_fen) == (1990, 2400, 5970, 0)
    assert (priced.subtotal_fen, priced.discount_fen, priced.total_fen, priced.reason) == (5970, 0, 5970, None)


def test_an_offer_that_does_not_last_makes_two_lines() -> None:
    """Units within the offer first, the rest at the shelf price with nothing crossed out."""
    offered = item(1, 1000, 5, lowest_before_fen=1000, list_price_fen=1200, offer=OfferTerms(7, 800, 2))
    first, rest = price([offered]).lines
    assert (first.quantity, first.unit_price_fen, first.reference_fen, first.offer_id) == (2, 800, 1000, 7)
    assert (rest.quantity, rest.unit_price_fen, rest.reference_fen, rest.offer_id) == (3, 1000, None, None)


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        (OfferTerms(7, 800, None), [(5, 800, 7)]),
        (OfferTerms(7, 800, 5), [(5, 800, 7)]),
        (OfferTerms(7, 800, 9), [(5, 800, 7)]),
        (OfferTerms(7, 800, 0), [(5, 1000, None)]),
        (OfferTerms(7, 1000, 9), [(5, 1000, None)]),
    ],
)
def test_an_offer_counts_as_far_as_it_is_lower(offer: OfferTerms, expected: list[tuple[int, int, int | None]]) -> None:
    """One that has no units left, or is no lower, changes nothing."""
    lines = price([item(1, 1000, 5, offer=offer)]).lines
    assert [(line.quantity, line.unit_price_fen, line.offer_id) for line in lines] == expected


def test_a_discount_is_split_by_largest_remainder() -> None:
    """Trap 6 (refunds that ignore what a line's discount was): each line knows its own, to the fen."""
    priced = price([item(1, 3333), item(2, 3333), item(3, 3334)], off(1000, 10000))
    assert [line.discount_fen for line in priced.lines] == [333, 333, 334]
    assert (priced.total_fen, sum(totals(priced))) == (9000, 9000)


def test_equal_remainders_go_to_the_lower_sku_wherever_it_stands() -> None:
    """So the same cart splits the same however its lines are sorted."""
    one, two, three = item(1, 100), item(2, 100), item(3, 100)
    assert totals(price([one, two, three], off(100, 100))) == [66, 67, 67]
    assert totals(price([three, two, one], off(100, 100))) == [67, 67, 66]


def test_the_minimum_counts_what_matches_after_offers() -> None:
    """Trap 7 (stacking nobody planned): fish does not help a coupon for fruit, nor does the price before an offer."""
    fruit = item(1, 3000, offer=OfferTerms(7, 2500, None))
    fish = item(2, 9000, category_ids=FISH)
    coupon = off(500, 3000, category_ids=frozenset({10}))
    priced = price([fruit, fish], coupon)
    assert (priced.reason, priced.missing_fen) == (CouponReason.BELOW_MINIMUM, 500)
    assert priced.total_fen == 11500
    assert totals(price([item(1, 3000), fish], coupon)) == [2500, 9000]


def test_a_coupon_for_nothing_in_the_cart_says_so() -> None:
    """Trap 7 (silently not applied): the reason is data."""
    priced = price([item(1, 3000)], off(500, product_ids=frozenset({999})))
    assert (priced.reason, priced.total_fen) == (CouponReason.NO_MATCHING_LINE, 3000)
    assert price([], off(500)).reason is CouponReason.NO_MATCHING_LINE


def test_percent_is_capped_and_parts_of_a_fen_stay_with_the_shop() -> None:
    """15 % of 19.99 is 2.9985: 2.99; with a cap of 2 yuan it is 2."""
    assert price([item(1, 1999)], percent(15, 10000)).discount_fen == 299
    assert price([item(1, 1999)], percent(15, 200)).discount_fen == 200


def test_gifts_cost_nothing_and_take_no_share() -> None:
    """Even one of a SKU that is bought too; its units count towards no minimum."""
    gift = item(1, 1000, 2, is_gift=True)
    priced = price([item(1, 1000), gift], off(100, 1000))
    assert [(line.is_gift, line.total_fen) for line in priced.lines] == [(False, 900), (True, 0)]
    assert price([item(2, 10), gift], off(100, 1000)).missing_fen == 990


@pytest.mark.parametrize("items", [[item(1, 100), item(1, 100)], [item(1, 100, 0)], [item(1, 100, -1)]])
def test_a_cart_that_cannot_be_is_refused(items: list[Item]) -> None:
    """Trap 2 (one SKU on two lines): an offer's limit would count twice."""
    with pytest.raises(ValueError, match="stands in a cart once"):
        price(items)


@st.composite
def carts(draw: st.DrawFn) -> list[Item]:
    """Up to six SKUs, some of them fish, some with an offer, the last perhaps a gift."""
    made = []
    for sku_id in range(1, draw(st.integers(1, 6)) + 1):
        offer = OfferTerms(sku_id, draw(st.integers(1, 3000)), draw(st.none() | st.integers(0, 5)))
        made.append(
            item(
                sku_id,
                draw(st.integers(1, 3000)),
                draw(st.integers(1, 5)),
                category_ids=draw(st.sampled_from([FRUIT, FISH])),
                offer=draw(st.none() | st.just(offer)),
                is_gift=draw(st.integers(0, 4)) == 0,
            )
        )
    return made


_TARGETS = st.sampled_from(
    [{}, {"category_ids": frozenset({10})}, {"product_ids": frozenset({100, 300})}]  # everything, fruit, two products
)
COUPONS = st.one_of(
    st.builds(
        lambda amount, minimum, on: off(amount, minimum, **on), st.integers(1, 9000), st.integers(0, 9000), _TARGETS
    ),
    st.builds(
        lambda share, cap, minimum, on: percent(share, cap, minimum, **on),
        st.integers(1, 99),
        st.integers(1, 9000),
        st.integers(0, 9000),
        _TARGETS,
    ),
)


@given(carts(), COUPONS)
def test_a_coupon_never_raises_a_price_and_everything_adds_up(items: list[Item], coupon: CouponTerms) -> None:
    """Line by line and in sum; no line falls below nothing, and units are neither lost nor made."""
    bare, priced = price(items), price(items, coupon)
    assert priced.total_fen == sum(totals(priced)) == bare.total_fen - priced.discount_fen
    assert all(0 <= paid <= before for paid, before in zip(totals(priced), totals(bare), strict=True))
    assert sum(line.quantity for line in priced.lines) == sum(each.quantity for each in items)
    assert (priced.discount_fen > 0) <= (priced.reason is None)


@given(carts(), COUPONS, st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing(items: list[Item], coupon: CouponTerms, random: Random) -> None:
    """Neither the total nor any line."""
    shuffled = list(items)
    random.shuffle(shuffled)
    one, other = price(items, coupon), price(shuffled, coupon)
    assert sorted(map(repr, one.lines)) == sorted(map(repr, other.lines))
    assert (one.reason, one.missing_fen) == (other.reason, other.missing_fen)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4).filter(any), st.integers(0, 99))
def test_no_split_is_nearer_to_the_exact_one(subtotals: list[int], share: int) -> None:
    """Oracle: of all splits of the discount into whole fen, none has a lesser sum of squared distances."""
    items = [item(place + 1, max(each, 1)) for place, each in enumerate(subtotals)]
    prices = [each.price_fen for each in items]
    discount = sum(prices) * share // 100
    got = [line.discount_fen for line in price(items, off(discount) if discount else percent(1, 1)).lines]
    if discount == 0:
        assert sum(got) == min(1, sum(prices) // 100)
        return
    exact = [Fraction(discount * each, sum(prices)) for each in prices]

    def distance(parts: tuple[int, ...] | list[int]) -> Fraction:
        return sum(((part - wish) ** 2 for part, wish in zip(parts, exact, strict=True)), Fraction(0))

    every = (parts for parts in product(*(range(each + 1) for each in prices)) if sum(parts) == discount)
    assert distance(got) == min(map(distance, every))
