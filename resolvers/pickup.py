"""Fields of pickup points and slots."""

from collections.abc import AsyncGenerator, Awaitable
from operator import attrgetter
from typing import Annotated

import strawberry
from strawberry import ID, Parent

from app.kit import ids
from app.pickup import live
from app.pickup.live import SlotNews
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


def is_open(parent: Parent[PickupSlot], info: Info) -> bool:
    """Whether the slot takes one more order."""
    return parent.is_open(info.context.now)


def slot_news(
    info: Info, pickup_point_id: Annotated[ID, strawberry.argument(description="The pickup point's id.")]
) -> AsyncGenerator[SlotNews, None]:
    """All open slots of the point, then those that change."""
    fanout, session = info.context.subscribing()
    return live.news(fanout, session, ids.decode(pickup_point_id, "PickupPoint"))


def news_point(parent: Parent[SlotNews], info: Info) -> Awaitable[PickupPoint | None]:
    """The point whose slots they are."""
    return info.context.loaders.points.load(parent.point_id)


async def news_slots(parent: Parent[SlotNews], info: Info) -> list[PickupSlot]:
    """The slots as they are now."""
    if parent.slot_ids is None:
        return await info.context.loaders.open_slots_by_point.load(parent.point_id)
    found = await info.context.loaders.slots.load_many(list(parent.slot_ids))
    return sorted((slot for slot in found if slot is not None), key=attrgetter("starts_at"))
