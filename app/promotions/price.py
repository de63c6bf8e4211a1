"""The price of a cart: one pipeline for the cart, the quote and the order, without I/O.

Stages, each on what the one before left: item (shelf price), offer, at most one coupon, split to the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.coupons.enums import CouponKind, CouponReason
from app.kit.money import share
from app.promotions.rules import shelf_price


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """An offer live for one customer: in fen, and for how many units she can still have it (None: any number)."""

    id: int
    price_fen: int
    units: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """So many units of a SKU: what they cost without any offer, and what may be crossed out beside it."""

    sku_id: int
    product_id: int
    category_ids: frozenset[int]  # the product's, and every one above it
    quantity: int
    price_fen: int
    list_price_fen: int | None = None
    lowest_before_fen: int | None = None
    offer: OfferTerms | None = None
    is_gift: bool = False


@dataclass(frozen=True, slots=True)
class CouponTerms:
    """What a coupon gives, from which spend, on what: without products and categories (None) on everything."""

    kind: CouponKind
    amount_fen: int | None
    percent_off: int | None
    cap_fen: int | None
    minimum_spend_fen: int
    product_ids: frozenset[int] | None = None
    category_ids: frozenset[int] | None = None

    def matches(self, item: Item) -> bool:
        """Whether it lowers the price of this item; never that of a gift."""
        if item.is_gift:
            return False
        if self.product_ids is None and self.category_ids is None:
            return True
        return item.product_id in (self.product_ids or ()) or bool(
            item.category_ids & (self.category_ids or frozenset())
        )

    def discount_fen(self, spend_fen: int) -> int:
        """What it takes off such a spend, in whole fen: parts of a fen stay with the shop, and no more than all."""
        if self.kind is CouponKind.AMOUNT:
            return min(self.amount_fen or 0, spend_fen)
        return min(spend_fen * (self.percent_off or 0) // 100, self.cap_fen or 0, spend_fen)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """Units of one SKU at one price: total = quantity x unit price - discount, in fen, never below 0."""

    sku_id: int
    quantity: int
    unit_price_fen: int
    reference_fen: int | None  # crossed out beside the unit price
    discount_fen: int
    offer_id: int | None
    is_gift: bool

    @property
    def subtotal_fen(self) -> int:
        """Before the coupon."""
        return self.quantity * self.unit_price_fen

    @property
    def total_fen(self) -> int:
        """What is paid for the line."""
        return self.subtotal_fen - self.discount_fen


@dataclass(frozen=True, slots=True)
class Priced:
    """The lines in the order of the items, and why the coupon lowered nothing (None: it did, or there was none)."""

    lines: tuple[PricedLine, ...]
    reason: CouponReason | None = None
    missing_fen: int = 0  # with BELOW_MINIMUM: so much more of what matches, and the coupon works

    @property
    def subtotal_fen(self) -> int:
        """Before the coupon."""
        return sum(line.subtotal_fen for line in self.lines)

    @property
    def discount_fen(self) -> int:
        """What the coupon takes off."""
        return sum(line.discount_fen for line in self.lines)

    @property
    def total_fen(self) -> int:
        """What is paid: exactly the sum of the lines."""
        return sum(line.total_fen for line in self.lines)


def price(items: Sequence[Item], coupon: CouponTerms | None = None) -> Priced:
    """Prices a whole cart; the answer does not depend on the order of its items.

    An offer that does not last for all units of an item makes two lines of it: first the units at the offer's price,
    then the rest at the shelf price. The coupon's minimum is counted over the lines it matches, after offers; its
    discount is split over them in proportion by largest remainder, equal remainders going to the lower SKU.

    Raises:
        ValueError: a quantity that is not positive, or a SKU twice (a gift is not counted): nobody may be told two
            prices, or get an offer's limit twice.
    """
    bought = [item.sku_id for item in items if not item.is_gift]
    if len(set(bought)) < len(bought) or any(item.quantity <= 0 for item in items):
        raise ValueError("each SKU stands in a cart once, with a positive quantity")
    lines = [line for item in items for line in _at_shelf(item)]
    if coupon is None:
        return Priced(tuple(lines))
    matching = {item.sku_id for item in items if coupon.matches(item)}
    places = sorted(
        (place for place, line in enumerate(lines) if line.sku_id in matching and not line.is_gift),
        key=lambda place: (lines[place].sku_id, place),
    )
    if not places:
        return Priced(tuple(lines), CouponReason.NO_MATCHING_LINE)
    spend = sum(lines[place].subtotal_fen for place in places)
    if spend < coupon.minimum_spend_fen:
        return Priced(tuple(lines), CouponReason.BELOW_MINIMUM, coupon.minimum_spend_fen - spend)
    parts = share(coupon.discount_fen(spend), [lines[place].subtotal_fen for place in places])
    for place, part in zip(places, parts, strict=True):
        lines[place] = replace(lines[place], discount_fen=part)
    return Priced(tuple(lines))


def _at_shelf(item: Item) -> list[PricedLine]:
    """An item at its shelf price or its offer's, in one line or two."""
    if item.is_gift:
        return [PricedLine(item.sku_id, item.quantity, 0, None, 0, None, is_gift=True)]
    offer = item.offer
    if offer is None or offer.price_fen >= item.price_fen:
        return [_line(item, item.quantity, None)]
    units = item.quantity if offer.units is None else max(0, min(item.quantity, offer.units))
    parts = [_line(item, units, offer)] if units else []
    return [*parts, _line(item, item.quantity - units, None)] if units < item.quantity else parts


def _line(item: Item, quantity: int, offer: OfferTerms | None) -> PricedLine:
    # what may be crossed out was found for the price that is live, so beside an offer the shelf price shows nothing
    lowest = item.lowest_before_fen if offer is not None or item.offer is None else None
    shelf = shelf_price(item.price_fen, item.list_price_fen, offer.price_fen if offer else None, lowest)
    offer_id = offer.id if offer else None
    return PricedLine(item.sku_id, quantity, shelf.price_fen, shelf.reference_fen, 0, offer_id, is_gift=False)
