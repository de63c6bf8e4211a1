"""What arguments mean that several fields take, described once."""

from typing import Annotated

import strawberry
from strawberry import ID

from app.kit import ids
from app.storefront.shelf import ANYWHERE

PickupPointId = Annotated[
    ID | None,
    strawberry.argument(
        description="The pickup point the customer chose. Without it: all points together.",
    ),
]
After = Annotated[str | None, strawberry.argument(description="The cursor behind which the page begins.")]


def point_key(pickup_point_id: ID | None) -> int:
    """The key of the chosen pickup point, or ANYWHERE.

    Raises:
        BadId: no id of a pickup point.
    """
    return ANYWHERE if pickup_point_id is None else ids.decode(pickup_point_id, "PickupPoint")
