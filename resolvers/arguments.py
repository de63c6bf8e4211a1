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
SearchText = Annotated[
    str | None,
    strawberry.argument(
        description=(
            "What to search for, at most 50 characters: words of Chinese, or the pinyin of a name, whole, begun or its"
            " initials. A mistyped character is forgiven when nothing is found else. Blank: no search."
        )
    ),
]


def point_key(pickup_point_id: ID | None) -> int:
    """The key of the chosen pickup point, or ANYWHERE.

    Raises:
        BadId: no id of a pickup point.
    """
    return ANYWHERE if pickup_point_id is None else ids.decode(pickup_point_id, "PickupPoint")
