"""Addresses of pictures and films."""

from typing import Annotated

import strawberry
from strawberry import Parent

from app.catalog.enums import MediaKind
from app.catalog.models import Media
from app.files.addresses import WIDTHS, check_width
from app.reviews.rules import ReviewMedia
from resolvers.info import Info

Width = Annotated[
    int | None,
    strawberry.argument(
        description=(
            f"How many pixels wide the picture shall be at most: {', '.join(map(str, WIDTHS))}; nothing else is"
            " offered. Without it: as it is. A film stays as it is."
        )
    ),
]


def url(parent: Parent[Media], info: Info, width: Width = None) -> str:
    """Where the file is: for a spin, its first frame."""
    addresses = info.context.addresses
    if parent.kind is MediaKind.SPIN:
        return addresses.public(_frame(parent, 1), width)
    sized = addresses.public(parent.storage_key, width)
    return addresses.public(parent.storage_key) if parent.kind is MediaKind.VIDEO else sized


def poster_url(parent: Parent[Media], info: Info, width: Width = None) -> str | None:
    """The still picture of a film."""
    check_width(width)  # whether there is a poster or not
    return None if parent.poster_key is None else info.context.addresses.public(parent.poster_key, width)


def frames(parent: Parent[Media], info: Info, width: Width = None) -> list[str]:
    """The pictures of a spin, in turning order; empty for any other kind."""
    check_width(width)  # whether there are frames or not
    count = parent.frame_count if parent.kind is MediaKind.SPIN else 0
    return [info.context.addresses.public(_frame(parent, number), width) for number in range(1, count + 1)]


def review_url(parent: Parent[ReviewMedia], info: Info, width: Width = None) -> str:
    """Where a reviewer's picture is."""
    return info.context.addresses.public(parent.key, width)


def review_kind(parent: Parent[ReviewMedia]) -> MediaKind:
    """What kind of medium it is."""
    return MediaKind(parent.kind)


def _frame(spin: Media, number: int) -> str:
    return f"{spin.storage_key}/{number:02}.webp"
