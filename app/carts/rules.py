"""What a cart shows of itself: a decision without I/O."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.carts import problems
from app.carts.assembling import Assembled
from app.carts.problems import Problem
from app.promotions.price import PricedLine


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a cart. `parts`: its units by price, none while it is not sold; `available`: None without a point."""

    sku_id: int
    quantity: int
    available: int | None
    parts: tuple[PricedLine, ...]

    @property
    def subtotal_fen(self) -> int:
        """Before the coupon."""
        return sum(part.subtotal_fen for part in self.parts)

    @property
    def discount_fen(self) -> int:
        """Its share of the coupon."""
        return sum(part.discount_fen for part in self.parts)

    @property
    def total_fen(self) -> int:
        """What is paid for it."""
        return sum(part.total_fen for part in self.parts)


def lines(assembled: Assembled) -> tuple[LineView, ...]:
    """The lines as wanted, without gifts."""
    has_point = assembled.wanted.pickup_point_id is not None
    return tuple(
        LineView(
            sku_id=sku_id,
            quantity=quantity,
            available=assembled.available.get(sku_id, 0) if has_point else None,
            parts=tuple(part for part in assembled.priced.lines if part.sku_id == sku_id and not part.is_gift),
        )
        for sku_id, quantity in assembled.wanted.quantities.items()
    )


def gift_lines(assembled: Assembled) -> tuple[PricedLine, ...]:
    """What comes for nothing."""
    return tuple(part for part in assembled.priced.lines if part.is_gift)


def found_problems(assembled: Assembled, shown: tuple[LineView, ...], seen: Mapping[int, int]) -> list[Problem]:
    """What stands in the way, line by line, then slot, coupon and gifts. `seen`: prices by SKU last looked at."""
    found: list[Problem] = []
    for line in shown:
        found += _of_line(assembled, line, seen[line.sku_id])
    slot_id = assembled.wanted.pickup_slot_id
    if slot_id is not None and not assembled.slot_is_open:
        found.append(problems.SlotGone(slot_id))
    elif slot_id is not None and assembled.slot_is_full:
        found.append(problems.SlotFull(slot_id))
    if assembled.wanted.coupon_code_id is not None and assembled.reason is not None:
        missing = assembled.priced.missing_fen
        found.append(problems.CouponUnusable(assembled.wanted.coupon_code_id, assembled.reason, missing))
    found += [
        problems.GiftRanOut(gift.sku_id, gift.earned, gift.quantity)
        for gift in assembled.gifts
        if gift.quantity < gift.earned
    ]
    return found


def _of_line(assembled: Assembled, line: LineView, seen_fen: int) -> list[Problem]:
    limit = assembled.limits.get(line.sku_id)
    if limit is None:
        return [problems.ProductUnpublished(line.sku_id)]
    found: list[Problem] = []
    if line.parts[0].unit_price_fen != seen_fen:
        found.append(problems.PriceMoved(line.sku_id, seen_fen, line.parts[0].unit_price_fen))
    if line.quantity > limit:
        found.append(problems.QuantityOverLimit(line.sku_id, limit))
    short = assembled.short.get(line.sku_id)
    if short is not None and short.possible_on is not None:
        found.append(problems.LotTooOldForPickupDay(line.sku_id, short.available, short.possible_on))
    elif short is not None:
        found.append(problems.NotEnoughAtPoint(line.sku_id, short.available))
    return found
