"""Addresses of media."""

from typing import cast

import pytest

from app.catalog.enums import MediaKind
from app.catalog.models import Media
from app.context import Context
from app.files.addresses import BadWidth
from app.reviews.rules import ReviewMedia
from resolvers import media
from resolvers.info import Info
from tests.shop import ADDRESSES


class _Info:
    context = Context(ADDRESSES)


INFO = cast("Info", _Info())


def test_a_picture() -> None:
    """At its key, whole or in a size; it has no poster and no frames."""
    row = Media(kind=MediaKind.IMAGE, storage_key="products/a/1.webp", frame_count=1)
    assert (media.url(row, INFO), media.poster_url(row, INFO), media.frames(row, INFO)) == (
        "/media/products/a/1.webp",
        None,
        [],
    )
    assert media.url(row, INFO, 320) == ADDRESSES.public("products/a/1.webp", 320)


def test_a_film() -> None:
    """The film stays as it is; its poster has sizes."""
    row = Media(kind=MediaKind.VIDEO, storage_key="a.mp4", poster_key="a.webp", frame_count=1)
    assert (media.url(row, INFO), media.url(row, INFO, 320)) == ("/media/a.mp4", "/media/a.mp4")
    assert (media.poster_url(row, INFO), media.poster_url(row, INFO, 320)) == (
        "/media/a.webp",
        ADDRESSES.public("a.webp", 320),
    )


def test_the_frames_of_a_spin() -> None:
    """Numbered from 01 in turning order; the spin's own address is the first."""
    row = Media(kind=MediaKind.SPIN, storage_key="a/spin", frame_count=36)
    frames = media.frames(row, INFO)
    assert (len(frames), frames[0], frames[-1]) == (36, "/media/a/spin/01.webp", "/media/a/spin/36.webp")
    assert media.url(row, INFO) == frames[0]
    assert media.frames(row, INFO, 160)[1] == ADDRESSES.public("a/spin/02.webp", 160)


def test_a_reviewers_picture() -> None:
    """The kind becomes a member, the key an address."""
    row = ReviewMedia("VIDEO", "reviews/1.mp4", 1, 1)
    assert (media.review_url(row, INFO), media.review_kind(row)) == ("/media/reviews/1.mp4", MediaKind.VIDEO)


@pytest.mark.parametrize("kind", MediaKind)
def test_a_width_that_is_not_offered(kind: MediaKind) -> None:
    """Is refused for every kind alike, a film too."""
    row = Media(kind=kind, storage_key="a", frame_count=36 if kind is MediaKind.SPIN else 1)
    with pytest.raises(BadWidth, match="width must be one of 160, 320, 480, 640, 960"):
        media.url(row, INFO, 321)
