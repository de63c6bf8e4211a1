"""Fields of pickup points and slots."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.kit import ids
from app.pickup.models import PickupPoint, PickupSlot
from resolvers.info import Info

PointId = Annotated[
    ID | None,
    strawberry.argument(description="The pickup point's id; null while the customer has chosen none."),
]


def pickup_point(info: Info, id: PointId = None) -> Awaitable[PickupPoint | None] | None:  # noqa: A002 - schema name
    """The pickup point with this id."""
    return None if id is None else info.context.loaders.points.load(ids.decode(id, "PickupPoint"))


def open_slots(parent: Parent[PickupPoint], info: Info) -> Awaitable[list[PickupSlot]]:
    """Slots still before their cut-off."""
    return info.context.loaders.open_slots_by_point.load(parent.id)


def point_of(parent: Parent[PickupSlot], info: Info) -> Awaitable[PickupPoint | None]:
    """Where the slot is."""
    return info.context.loaders.points.load(parent.pickup_point_id)
