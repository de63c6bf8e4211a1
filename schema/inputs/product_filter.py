"""Which products to list."""

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
