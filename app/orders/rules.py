"""Pure rules of orders: which moves are legal, and which share of what was paid goes back."""

import secrets
from dataclasses import replace
from datetime import date, datetime

from app.kit import clock
from app.orders.enums import MOVES, OrderStatus
from app.orders.quotes import Quote

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I
CODE_LENGTH = 8


def may_become(status: OrderStatus, following: OrderStatus) -> bool:
    """Whether an order may make this move."""
    return following in MOVES[status]


def customer_may_cancel(status: OrderStatus, cutoff_at: datetime, now: datetime) -> bool:
    """Whether she may cancel by herself: until she has paid, and then until the slot's cut-off, before picking."""
    return status is OrderStatus.PENDING_PAYMENT or (status is OrderStatus.PAID and now < cutoff_at)


def share_of_units(total_fen: int, quantity: int, units: int) -> int:
    """What `units` of a line's `quantity` cost together, of the `total_fen` paid for it, to the nearest fen.

    Counted from the first unit on: whoever gives back unit by unit grants the difference to what was granted before,
    and the last unit takes the rest, so that all together are exactly what was paid.
    """
    return (2 * total_fen * units + quantity) // (2 * quantity)


def price_by_weight(total_fen: int, nominal_grams: int, weighed_grams: int) -> int:
    """What a line costs that was paid as `nominal_grams` and weighs so much: in proportion, and never more.

    The fraction of a fen is the customer's: rounded down.
    """
    return min(total_fen, total_fen * weighed_grams // nominal_grams)


def share_of_next(total_fen: int, quantity: int, gone: int, units: int) -> int:
    """What the next `units` of a line cost when `gone` were taken away before, as `share_of_units` counts."""
    return share_of_units(total_fen, quantity, gone + units) - share_of_units(total_fen, quantity, gone)


def weight_refund(*, total_fen: int, quantity: int, gone: int, nominal_grams: int, weighed_grams: int) -> int:
    """What goes back of a line when the units that are left of it weigh less than was paid for; never less than 0."""
    left_fen = total_fen - share_of_units(total_fen, quantity, gone)
    return left_fen - price_by_weight(left_fen, nominal_grams * (quantity - gone) // quantity, weighed_grams)


def substitution_refund(share_fen: int, unit_price_fen: int, substitute_fen: int) -> int:
    """What goes back of `share_fen`, paid for units at a price, when others at `substitute_fen` are given for them.

    In proportion, so that a discount counts for the substitute too; the fraction of a fen is the customer's.
    """
    return -(-share_fen * (unit_price_fen - substitute_fen) // unit_price_fen)


def may_still_collect(status: OrderStatus, ends_at: datetime, now: datetime) -> bool:
    """Whether an order that was packed for a slot is handed out: until the end of the slot's business day."""
    packed = status in {OrderStatus.READY, OrderStatus.NO_SHOW}
    return packed and clock.business_day(now) <= clock.business_day(ends_at)


def costs_the_same(one: Quote, other: Quote) -> bool:
    """Whether two quotes are for the same things at the same prices, wherever the units come from."""
    return [replace(line, lots=()) for line in one.lines] == [replace(line, lots=()) for line in other.lines] and (
        one.pickup_slot_id,
        one.coupon_code_id,
        one.total_fen,
    ) == (other.pickup_slot_id, other.coupon_code_id, other.total_fen)


def pickup_code() -> str:
    """A code nobody guesses (40 bits) and everybody can read out: no characters that look alike."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def order_number(day: date) -> str:
    """A number for a person: the business day and ten random digits, so that it tells nothing of how many there are."""
    return f"{day:%y%m%d}{secrets.randbelow(10**10):010d}"
