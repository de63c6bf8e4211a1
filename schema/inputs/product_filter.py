"""Which products to list."""

from decimal import Decimal

import strawberry

from app.catalog.enums import SoldBy, Storage


@strawberry.input(description="Which products to list: all that fit every given condition.")
class ProductFilter:
    """Unpacked into the resolver's arguments of the same names."""

    category_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only those of this category and of the categories below it."
    )
    storage: Storage | None = strawberry.field(default=None, description="Only those kept like this.")
    sold_by: SoldBy | None = strawberry.field(default=None, description="Only those counted, or only those weighed.")
    origins: list[str] | None = strawberry.field(
        default=None, description="Only those from one of these places, at most 50, as `origin` names them."
    )
    min_price: int | None = strawberry.field(
        default=None, description="Only those whose lowest regular price is at least this, in fen."
    )
    price_below: int | None = strawberry.field(
        default=None, description="Only those whose lowest regular price is below this, in fen."
    )
    min_rating: Decimal | None = strawberry.field(
        default=None, description="Only those whose mean rating, unrounded, is at least this, from 1 to 5."
    )
    on_offer: bool = strawberry.field(default=False, description="Only those with an offer now; false: whatever it is.")
    in_stock_at: strawberry.ID | None = strawberry.field(
        default=None, description="Only those of which something can be sold now at this pickup point."
    )
