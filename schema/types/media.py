"""Pictures and films."""

import strawberry

from app.catalog.enums import MediaKind
from resolvers import media as resolve
from schema.binding import field


@strawberry.type(description="A picture, film, panorama or turntable of a product.")
class Media:
    """Its source is a row."""

    kind: MediaKind = field(description="What kind of medium it is.")
    url: str = field(resolve.url, description="Where the file is; of a spin, its first frame.")
    poster_url: str | None = field(resolve.poster_url, description="The still picture of a film; null for others.")
    frames: list[str] = field(
        resolve.frames, description="The pictures of a spin in turning order; empty for other kinds."
    )
    alt: str = field(description="What there is to see, for those who cannot.")
    width: int = field(description="Width in pixels.")
    height: int = field(description="Height in pixels.")
    duration_seconds: int | None = field(description="How long a film runs; null for others.")


@strawberry.type(description="A picture a reviewer added.")
class ReviewMedia:
    """Its source is app.reviews.rules.ReviewMedia."""

    kind: MediaKind = field(resolve.review_kind, description="IMAGE or VIDEO.")
    url: str = field(resolve.review_url, description="Where the file is.")
    width: int = field(description="Width in pixels.")
    height: int = field(description="Height in pixels.")
