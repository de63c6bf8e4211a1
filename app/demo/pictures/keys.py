"""Under which keys the demo's pictures are kept, and how large they are. Imported by the seed: nothing heavy here."""

VERSION = 1
"""Raised when pictures are drawn otherwise: another version has other keys, and the old ones stay cached in peace."""
_ROOT = f"pictures/{VERSION}"
STILL = (720, 720)
ORIGIN = (960, 720)
SNAPSHOT = (480, 480)
SPIN = (540, 540)
PANORAMA = (2048, 1024)
FILM = (960, 540)
FILM_SECONDS = 9
FRAMES = 36
SNAPSHOTS = 3
"""How many pictures reviewers of a product choose from."""


def still(slug: str, number: int) -> str:
    """A product's pictures: 1 the cover, 2 a close look, 3 where it comes from."""
    return f"{_ROOT}/{slug}/{number}.webp"


def snapshot(slug: str, number: int) -> str:
    """A picture a reviewer took, from 1 to SNAPSHOTS."""
    return f"{_ROOT}/{slug}/snapshot-{number}.webp"


def spin(slug: str) -> str:
    """The folder of a spin's frames."""
    return f"{_ROOT}/{slug}/spin"


def frame(slug: str, number: int) -> str:
    """A frame of a spin, from 1 to FRAMES."""
    return f"{spin(slug)}/{number:02}.webp"


def panorama(slug: str) -> str:
    """Where the product grows, all round."""
    return f"{_ROOT}/{slug}/panorama.webp"


def film(slug: str) -> str:
    """A short film."""
    return f"{_ROOT}/{slug}/film.mp4"


def poster(slug: str) -> str:
    """The film's still picture."""
    return f"{_ROOT}/{slug}/film.webp"
