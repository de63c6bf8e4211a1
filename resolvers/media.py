"""Addresses of pictures and films."""

from strawberry import Parent

from app.catalog.enums import MediaKind
from app.catalog.models import Media
from app.reviews.rules import ReviewMedia

ROOT = "/media/"


def url(parent: Parent[Media]) -> str:
    """Where the file is: for a spin, its first frame."""
    return frames(parent)[0] if parent.kind is MediaKind.SPIN else ROOT + parent.storage_key


def poster_url(parent: Parent[Media]) -> str | None:
    """The still picture of a film."""
    return None if parent.poster_key is None else ROOT + parent.poster_key


def frames(parent: Parent[Media]) -> list[str]:
    """The pictures of a spin, in turning order; empty for any other kind."""
    if parent.kind is not MediaKind.SPIN:
        return []
    return [f"{ROOT}{parent.storage_key}/{number:02}.webp" for number in range(1, parent.frame_count + 1)]


def review_url(parent: Parent[ReviewMedia]) -> str:
    """Where a reviewer's picture is."""
    return ROOT + parent.key


def review_kind(parent: Parent[ReviewMedia]) -> MediaKind:
    """What kind of medium it is."""
    return MediaKind(parent.kind)
