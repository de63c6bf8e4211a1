"""What goods lie in and on."""

from random import Random

import numpy as np

from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import Paint, Painter, box, tube, turned
from app.demo.pictures.mesh import Array, Mesh

WOOD, PALE_WOOD, CHINA, CLAY, COPPER = "#b9824f", "#dcb583", "#f4f1ea", "#8a4f36", "#c9794a"


def grain(light: Colour, dark: Colour) -> Painter:
    """Wood, its grain along x."""

    def paint(points: Array) -> Array:
        bent = points * np.array((0.6, 5, 9), np.float32)
        return mix(light, dark, ramp(np.sin(bent[..., 2] * 4 + noise(bent, 0.5, "grain") * 3), -1, 1) * 0.55)

    return paint


def board(width: float = 2.3, depth: float = 1.5) -> Mesh:
    """A wooden board, its top at y = 0.1."""
    return box((width, 0.1, depth), 0.045, grain(PALE_WOOD, WOOD), 0.15).moved(0, 0.05)


def plate(radius: float = 1.15, colour: Paint = CHINA) -> Mesh:
    """A plate, its inside at y = 0.06."""
    profile = [(0, 0), (0.62, 0), (0.66, 0.02), (0.98, 0.13), (1, 0.15), (0.97, 0.16), (0.66, 0.06), (0, 0.055)]
    return turned([(r * radius, y) for r, y in profile], colour, 0.55, fine=(48, 96))


def bowl(radius: float = 0.9, high: float = 0.62, colour: Paint = CHINA) -> Mesh:
    """A bowl; what is inside stands at about two thirds of its height."""
    profile = [
        (0, 0),
        (0.46, 0),
        (0.48, 0.06),
        (0.8, 0.42),
        (1, 1),
        (0.98, 1.02),
        (0.94, 0.98),
        (0.76, 0.45),
        (0.4, 0.14),
        (0, 0.12),
    ]
    return turned([(r * radius, y * high) for r, y in profile], colour, 0.55, fine=(56, 96))


def pot(radius: float = 0.95, high: float = 0.6, colour: Paint = CLAY, gloss: float = 0.3) -> list[Mesh]:
    """A cooking pot with two handles."""
    profile = [
        (0, 0),
        (0.8, 0),
        (0.92, 0.08),
        (1, 0.3),
        (1, 0.95),
        (1.04, 1),
        (0.97, 1.02),
        (0.93, 0.9),
        (0.92, 0.3),
        (0.7, 0.14),
        (0, 0.12),
    ]
    body = turned([(r * radius, y * high) for r, y in profile], colour, gloss, fine=(60, 96))
    spine = [(0, 0, 0), (0.16, 0.03, 0.1), (0.2, 0.04, 0.24), (0.16, 0.03, 0.38), (0, 0, 0.48)]
    handle = tube(spine, (0.05, 0.05, 0.05), colour, gloss).moved(radius * 0.97, high * 0.78, -0.24)
    return [body, handle, handle.turned("y", 180)]


def basket(radius: float = 1.05, high: float = 0.42) -> list[Mesh]:
    """A wicker basket, its floor at y = 0.05."""

    def weave(angle: Array, share: Array) -> Array:
        rows = np.floor(share * 11)
        return np.asarray(
            1 + 0.022 * np.sin(angle * 26 + rows * np.pi) * np.abs(np.sin(share * 11 * np.pi)), np.float32
        )

    def paint(points: Array) -> Array:
        return mix("#d6a766", "#a06d38", ramp(noise(points, 5, "straw"), -1, 1))

    profile = [(0, 0), (0.84, 0), (0.86, 0.02), (0.96, 0.5), (1.02, 1)]
    side = turned([(r * radius, y * high) for r, y in profile], paint, 0.1, bulge=weave, fine=(90, 240))
    inside = turned([(r * radius * 0.93, 0.05 + y * (high - 0.05)) for r, y in profile], paint, 0.1, fine=(20, 60))
    ring = [(1.0 * radius * np.cos(a), high, 1.0 * radius * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 26)]
    rim = tube(ring, (0.05, 0.05, 0.05), "#b98748", 0.15, fine=(120, 12))
    return [side, inside, rim]


def tray(width: float, depth: float, colour: Paint = "#eceff1", high: float = 0.14) -> list[Mesh]:
    """A shallow tray, its floor at y = 0.04."""
    parts = [box((width, 0.04, depth), 0.02, colour, 0.4).moved(0, 0.02)]
    for side in (-1, 1):
        parts.append(box((width, high, 0.05), 0.02, colour, 0.4).moved(0, high / 2, side * (depth / 2 - 0.025)))
        parts.append(box((0.05, high, depth), 0.02, colour, 0.4).moved(side * (width / 2 - 0.025), high / 2, 0))
    return parts


def surface(radius: float, y: float, colour: Paint, gloss: float = 0.6) -> Mesh:
    """What fills a vessel up to a height: soup, oil, rice."""
    return turned([(0.0, y), (radius * 0.5, y), (radius, y - 0.004)], colour, gloss, fine=(24, 72))


def pouch(colour: Paint, rng: Random, *, high: float = 1.3, wide: float = 0.95) -> Mesh:
    """A stand-up bag, full, sealed flat at its top."""

    def swell(angle: Array, share: Array) -> Array:
        flat = 1 - 0.86 * ramp(share, 0.55, 0.93) * np.abs(np.sin(angle)) - 0.25 * np.abs(np.sin(angle))
        wrinkle = 0.02 * np.sin(angle * 9 + share * 14 + rng.uniform(0, 6)) * (1 - share)
        return np.asarray(flat + wrinkle, np.float32)

    profile = [
        (0, 0.0),
        (0.43, 0.0),
        (0.5, 0.06),
        (0.54, 0.4),
        (0.52, 0.75),
        (0.5, 0.9),
        (0.5, 1.0),
        (0.5, 1.0),
        (0, 1.0),
    ]
    return turned([(r * wide, y * high) for r, y in profile], colour, 0.35, bulge=swell, fine=(80, 120))
