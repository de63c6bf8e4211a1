"""Addresses of pictures and films."""

from app.catalog.enums import MediaKind
from app.catalog.models import Media
from app.reviews.rules import ReviewMedia
from resolvers import media


def test_a_picture() -> None:
    """Its file, no poster, no frames."""
    row = Media(kind=MediaKind.IMAGE, storage_key="products/a/1.webp", frame_count=1)
    assert (media.url(row), media.poster_url(row), media.frames(row)) == ("/media/products/a/1.webp", None, [])


def test_a_film() -> None:
    """Its file and its still picture."""
    row = Media(kind=MediaKind.VIDEO, storage_key="a.mp4", poster_key="a.webp", frame_count=1)
    assert (media.url(row), media.poster_url(row)) == ("/media/a.mp4", "/media/a.webp")


def test_the_frames_of_a_spin() -> None:
    """Numbered from 01 in turning order; the spin's own address is the first."""
    row = Media(kind=MediaKind.SPIN, storage_key="a/spin", frame_count=36)
    frames = media.frames(row)
    assert (len(frames), frames[0], frames[-1]) == (36, "/media/a/spin/01.webp", "/media/a/spin/36.webp")
    assert media.url(row) == frames[0]


def test_a_reviewers_picture() -> None:
    """The kind becomes a member, the key an address."""
    row = ReviewMedia("VIDEO", "reviews/1.mp4", 1, 1)
    assert (media.review_url(row), media.review_kind(row)) == ("/media/reviews/1.mp4", MediaKind.VIDEO)
