"""Pure rules of reviews."""

from dataclasses import dataclass
from typing import Any

from app.kit.personal import Mask, masked


@dataclass(frozen=True, slots=True)
class ReviewMedia:
    """A picture a reviewer added: IMAGE or VIDEO, its file and its size in pixels."""

    kind: str
    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReviewAuthor:
    """Who wrote a review, as others see it."""

    name: str


def review_media(stored: list[dict[str, Any]]) -> list[ReviewMedia]:
    """The pictures of a review as stored, in the author's order."""
    return [ReviewMedia(**item) for item in stored]


def author(display_name: str) -> ReviewAuthor:
    """The author with a masked name: a stranger recognises nobody, a friend does."""
    return ReviewAuthor(masked(display_name, Mask.NAME))
