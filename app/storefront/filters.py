"""Conditions on the products of a list. Texts depend on which conditions are given, never on their values."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.catalog.enums import SoldBy, Storage
from app.kit.clock import business_day
from app.kit.errors import BadInput

MAX_ORIGINS = 50
LEAST_RATING, MOST_RATING = Decimal(1), Decimal(5)

REVIEWS = "(p.star_counts[1] + p.star_counts[2] + p.star_counts[3] + p.star_counts[4] + p.star_counts[5])"

# {0}, {1}: the parameters of a condition
CONDITIONS = {
    # an array made once, and not IN: the index of categories can begin with it
    "category_id": """p.category_id = ANY(ARRAY(
  WITH RECURSIVE below AS (
    SELECT id FROM category WHERE id = {0}
    UNION SELECT c.id FROM category c JOIN below ON c.parent_id = below.id
  ) SELECT id FROM below))""",
    "storage": "p.storage = {0}",
    "sold_by": "p.sold_by = {0}",
    "origins": "p.origin = ANY({0})",
    "min_price": "p.price_from_fen >= {0}",
    "price_below": "p.price_from_fen < {0}",
    "min_rating": f"{REVIEWS} > 0 AND p.rating_sum >= {{0}}::numeric * {REVIEWS}",
    "on_offer": """EXISTS (SELECT FROM sku k JOIN offer o ON o.sku_id = k.id AND o.is_active
  AND o.starts_at <= {0} AND o.ends_at > {0} AND (o.quota IS NULL OR o.sold < o.quota) AND o.price_fen < k.price_fen
  WHERE k.product_id = p.id AND k.is_active)""",
    # kept by triggers from what stands there, so that it is true of every lot the shelf shows
    "in_stock_at": """EXISTS (SELECT FROM product_availability a
  JOIN pickup_point x ON x.id = a.pickup_point_id AND x.status = 'OPEN'
  WHERE a.product_id = p.id AND a.pickup_point_id = {0} AND a.sellable_until >= {1}::date)""",
}


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products are listed; None: whatever it is.

    `min_price` and `price_below` are fen of the lowest regular price; `in_stock_at` is a pickup point.
    """

    category_id: int | None = None
    storage: Storage | None = None
    sold_by: SoldBy | None = None
    origins: tuple[str, ...] | None = None
    min_price: int | None = None
    price_below: int | None = None
    min_rating: Decimal | None = None
    on_offer: bool = False
    in_stock_at: int | None = None


def checked(chosen: ProductFilter) -> ProductFilter:
    """The filter, if it can mean something.

    Raises:
        BadInput: a rating outside 1 to 5, or more than MAX_ORIGINS origins.
    """
    rating = chosen.min_rating
    if rating is not None and not (rating.is_finite() and LEAST_RATING <= rating <= MOST_RATING):
        raise BadInput("minRating must be from 1 to 5")
    if chosen.origins is not None and len(chosen.origins) > MAX_ORIGINS:
        raise BadInput(f"at most {MAX_ORIGINS} origins at once")
    return chosen


def given(chosen: ProductFilter, now: datetime) -> dict[str, tuple[Any, ...]]:
    """The values of each condition that is given, by its name, in the order of CONDITIONS."""
    found: dict[str, tuple[Any, ...]] = {}
    for name in CONDITIONS:
        value = getattr(chosen, name)
        if name == "on_offer":
            found |= {name: (now,)} if value else {}
        elif value is not None:
            found[name] = (value, business_day(now)) if name == "in_stock_at" else (value,)
    return found


def condition(name: str, first_parameter: int) -> tuple[str, int]:
    """The SQL of a condition over `product p` whose parameters begin at a number, and the next free number."""
    text = CONDITIONS[name]
    taken = 2 if "{1}" in text else 1
    parameters = [f"${first_parameter + place}" for place in range(taken)]
    return text.format(*parameters), first_parameter + taken
