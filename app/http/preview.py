"""What the preview of a product page is given: all it needs to ask for the rest in one request."""

import re
from typing import TypedDict

from app.context import Context
from app.documents.files import DocumentFile
from app.kit import ids
from app.pickup import queries as pickup
from app.pickup.enums import PickupPointStatus

_SLUG = re.compile(r"[a-z0-9-]{1,80}")


class Point(TypedDict):
    """A pickup point to choose."""

    id: str
    name: str


class Preview(TypedDict):
    """`documentId` and `variables` are the request. `now` sets the page's clock: the shop's, not the phone's."""

    documentId: str
    variables: dict[str, str | None]
    now: str
    points: list[Point]


async def preview(document: DocumentFile, slug: str, asked_point: str | None, context: Context) -> Preview | None:
    """The request for the published product `slug` at the point asked for, else at the first; None: no such product."""
    product = await context.loaders.products_by_slug.load(slug) if _SLUG.fullmatch(slug) else None
    if product is None:
        return None
    points = await open_points()
    known = [each["id"] for each in points]
    point = asked_point if asked_point in known else next(iter(known), None)
    return Preview(
        documentId=document.id,
        variables={"id": ids.encode("Product", product.id), "pickupPointId": point},
        now=context.now.isoformat(),
        points=points,
    )


async def open_points() -> list[Point]:
    """The points that take orders, in the shop's order."""
    return [
        Point(id=ids.encode("PickupPoint", each.id), name=each.name)
        for each in await pickup.points()
        if each.status is PickupPointStatus.OPEN
    ]
