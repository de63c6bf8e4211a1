"""Global ids: every refetchable object by one field."""

from collections.abc import Awaitable
from typing import Annotated, Any

import strawberry
from strawberry import ID, Parent
from strawberry.dataloader import DataLoader
from tortoise.models import Model

from app.kit import ids as global_ids
from app.kit.errors import BadInput
from app.loaders import Loaders
from resolvers.info import Info

MAX_NODES = 50

OneId = Annotated[ID, strawberry.argument(description="An id that was answered as `id` of anything.")]
Ids = Annotated[list[ID], strawberry.argument(description="Such ids, at most 50, of any types.")]

LOADERS: dict[str, str] = {
    "Category": "categories",
    "Coupon": "coupons",
    "InspectionReport": "reports",
    "Lot": "lots",
    "Order": "own_orders",
    "OrderLine": "own_order_lines",
    "PickupPoint": "points",
    "PickupSlot": "slots",
    "Producer": "producers",
    "Product": "products",
    "ProductRevision": "revisions",
    "Review": "reviews",
    "Sku": "skus",
    "TraceEvent": "events",
}


def global_id(parent: Parent[Model]) -> str:
    """The id a client refetches a row by: its type is the model's name."""
    return global_ids.encode(type(parent).__name__, int(parent.pk))


def node(info: Info, id: OneId) -> Awaitable[Model | None]:  # noqa: A002 - the argument's name in the schema
    """The row with this global id."""
    kind, key = global_ids.parse(id)
    return loader_of(info.context.loaders, kind).load(key)


def nodes(info: Info, ids: Ids) -> list[Awaitable[Model | None]]:
    """The rows with these global ids, in their order."""
    check_count(len(ids))
    return [node(info, each) for each in ids]


def check_count(count: int) -> None:
    """Raises BadInput for more ids than are answered at once."""
    if count > MAX_NODES:
        raise BadInput(f"at most {MAX_NODES} ids at once")


def loader_of(loaders: Loaders, kind: str) -> DataLoader[int, Any]:
    """The loader of a type's rows by key.

    Raises:
        BadId: for a type that is not refetchable.
    """
    if kind not in LOADERS:
        raise global_ids.BadId("not an id")
    loader: DataLoader[int, Any] = getattr(loaders, LOADERS[kind])
    return loader
