"""What there is to draw, piece by piece, in the order in which it is missed; each piece is drawn in a process."""

from enum import StrEnum
from typing import NamedTuple

from app.demo.pictures import keys
from app.demo.pictures.film import film, poster
from app.demo.pictures.landscape import panorama
from app.demo.pictures.studio import Studio, webp
from app.demo.products import facts
from app.demo.sample import FLAGSHIPS, SAMPLE

Files = list[tuple[str, bytes]]
"""Keys with what belongs there."""


class Part(StrEnum):
    """What is drawn at one go."""

    COVER = "covers"
    MOVING = "films"
    OTHERS = "pictures"


class Piece(NamedTuple):
    """A part of a product's pictures; `shelf` is the product's child category."""

    part: Part
    slug: str
    shelf: str

    def fills(self) -> tuple[str, ...]:
        """The keys that the piece fills, the last one last."""
        if self.part is Part.COVER:
            return (keys.still(self.slug, 1),)
        if self.part is Part.MOVING:
            frames = (keys.frame(self.slug, number) for number in range(1, keys.FRAMES + 1))
            return (*frames, keys.panorama(self.slug), keys.poster(self.slug), keys.film(self.slug))
        snapshots = (keys.snapshot(self.slug, number) for number in range(1, keys.SNAPSHOTS + 1))
        return (keys.still(self.slug, 2), keys.still(self.slug, 3), *snapshots)


def pieces() -> list[Piece]:
    """Everything: the covers, what moves, the other pictures; each time the flagships first, of them the sample's."""
    products = [(slug, shelf) for shelf, (slug, *_) in facts()]
    products.sort(key=lambda each: (each[0] != SAMPLE.product_slug, each[0] not in FLAGSHIPS))
    covers = [Piece(Part.COVER, *each) for each in products]
    others = [Piece(Part.OTHERS, *each) for each in products]
    return [*covers, *(Piece(Part.MOVING, *each) for each in products if each[0] in FLAGSHIPS), *others]


def missing(there: set[str]) -> list[Piece]:
    """The pieces of which a file is not there."""
    return [piece for piece in pieces() if not set(piece.fills()) <= there]


def draw(piece: Piece) -> Files:
    """The files of a piece: the same piece, the same bytes."""
    studio = Studio(piece.slug, piece.shelf)
    if piece.part is Part.COVER:
        return list(zip(piece.fills(), [webp(studio.cover())], strict=True))
    if piece.part is Part.OTHERS:
        shots = (studio.snapshot(number) for number in range(1, keys.SNAPSHOTS + 1))
        return [
            (key, webp(picture))
            for key, picture in zip(piece.fills(), (studio.close(), studio.origin(), *shots), strict=True)
        ]
    frames, around = studio.turntable(), panorama(piece.shelf, keys.PANORAMA, piece.slug)
    drawn = [webp(each) for each in (*frames, around, poster(around, frames))]
    return list(zip(piece.fills(), [*drawn, film(around, frames)], strict=True))
