"""Basic forms: turned bodies, tubes, rounded boxes, leaves."""

from collections.abc import Callable, Sequence
from math import pi

import numpy as np

from app.demo.pictures.colour import Colour, rgb
from app.demo.pictures.mesh import Array, Mesh, joined, length, sheet

Painter = Callable[[Array], Array]
"""Gives points (..., 3) their linear colours (..., 3)."""
Paint = Painter | Colour
"""A painter, or one colour for all."""
Bulge = Callable[[Array, Array], Array]
"""What a radius is multiplied with, by angle and height share (0 at the first profile point, 1 at the last)."""

_TURN = 2 * pi


def painted(points: Array, paint: Paint) -> Array:
    """The colours of points."""
    if isinstance(paint, str):
        return np.broadcast_to(rgb(paint), points.shape)
    return paint(points)


def smooth(points: Sequence[tuple[float, ...]], count: int) -> Array:
    """`count` points on a smooth curve through the given ones; a point given twice is a corner."""
    given = np.array([points[0], *points, points[-1]], np.float32)
    at = np.linspace(0, len(points) - 1, count, dtype=np.float32)
    place = np.minimum(at.astype(int), len(points) - 2)
    t = (at - place)[:, None]
    a, b, c, d = (given[place + offset] for offset in range(4))
    curve: Array = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return curve


def turned(
    profile: Sequence[tuple[float, float]],
    paint: Paint,
    gloss: float = 0.3,
    *,
    bulge: Bulge | None = None,
    fine: tuple[int, int] = (64, 96),
) -> Mesh:
    """A body turned on the lathe: `profile` is (radius, height) from bottom to top, smoothed."""
    line = smooth(profile, fine[0])
    angle = np.linspace(0, _TURN, fine[1], dtype=np.float32)[None, :]
    share = np.linspace(0, 1, fine[0], dtype=np.float32)[:, None]
    radius = np.maximum(line[:, :1], 1e-4) * (1 if bulge is None else bulge(angle, share))
    points = np.stack(
        [radius * np.cos(angle), np.broadcast_to(line[:, 1:], (fine[0], fine[1])), radius * np.sin(angle)], -1
    )
    return sheet(points, painted(points, paint), gloss, is_closed=True)


def ball(
    radius: float,
    paint: Paint,
    gloss: float = 0.3,
    *,
    squash: float = 1,
    rough: Callable[[Array], Array] | None = None,
    fine: tuple[int, int] = (48, 72),
) -> Mesh:
    """A ball about the origin, `squash` its height; `rough` moves points in and out by a share of the radius."""
    down = np.linspace(pi - 0.01, 0.01, fine[0], dtype=np.float32)[:, None]
    around = np.linspace(0, _TURN, fine[1], dtype=np.float32)[None, :]
    unit = np.stack([np.sin(down) * np.cos(around), np.cos(down) + 0 * around, np.sin(down) * np.sin(around)], -1)
    grown = unit * (1 if rough is None else (1 + rough(unit))[..., None])
    points = grown * radius * np.array((1, squash, 1), np.float32)
    return sheet(points, painted(points, paint), gloss, is_closed=True)


def tube(
    spine: Sequence[tuple[float, float, float]],
    radii: Sequence[float],
    paint: Paint,
    gloss: float = 0.3,
    *,
    flat: float = 1,
    bulge: Bulge | None = None,
    fine: tuple[int, int] = (48, 28),
) -> Mesh:
    """A tube along a smoothed spine, its radii smoothed alike; `flat` squashes its section."""
    line = smooth(spine, fine[0])
    width = smooth([(each,) for each in radii], fine[0])
    ahead = np.gradient(line, axis=0)
    ahead /= length(ahead)
    reference = np.array((0.0, 1.0, 0.03) if abs(ahead[:, 1]).mean() < 0.8 else (1.0, 0.02, 0.0), np.float32)
    side = np.cross(ahead, reference)
    side /= length(side)
    up = np.cross(side, ahead)
    angle = np.linspace(0, _TURN, fine[1], dtype=np.float32)
    share = np.linspace(0, 1, fine[0], dtype=np.float32)[:, None]
    radius = np.maximum(width, 1e-4) * (1 if bulge is None else bulge(angle[None, :], share))
    ring = (
        np.cos(angle)[None, :, None] * side[:, None, :] + flat * np.sin(angle)[None, :, None] * up[:, None, :]
    ) * np.broadcast_to(radius, (fine[0], fine[1]))[..., None]
    points = line[:, None, :] + ring
    return sheet(points, painted(points, paint), gloss, is_closed=True)


def box(size: tuple[float, float, float], rounding: float, paint: Paint, gloss: float = 0.2, *, fine: int = 40) -> Mesh:
    """A box with round edges about the origin."""
    half = np.array(size, np.float32) / 2
    at = np.linspace(-1, 1, fine, dtype=np.float32)
    at = np.sign(at) * (1 - (1 - abs(at)) ** 1.5)  # more points near the edges, where they bend
    u, v = np.meshgrid(at, at)
    faces = []
    for axis in range(3):
        for sign in (-1, 1):
            cube = np.empty((fine, fine, 3), np.float32)
            cube[..., axis], cube[..., (axis + 1) % 3], cube[..., (axis + 2) % 3] = sign, u, v
            outer = cube * half
            inner = np.clip(outer, rounding - half, half - rounding)
            away = outer - inner
            points = inner + rounding * away / length(away)
            faces.append(sheet(points, painted(points, paint), gloss))
    return joined(faces)


def leaf(
    size: tuple[float, float],
    paint: Paint,
    gloss: float = 0.25,
    *,
    curl: float = 0.3,
    fold: float = 0.25,
    ruffle: float = 0.0,
    tip: float = 1.0,
    fine: tuple[int, int] = (40, 21),
) -> Mesh:
    """A leaf from the origin along +z, `size` its length and width: bent down by `curl`, folded, ruffled at its edge.

    `tip` below 1 makes it widest near its base, above 1 near its end.
    """
    t = np.linspace(0, 1, fine[0], dtype=np.float32)[:, None]
    s = np.linspace(-1, 1, fine[1], dtype=np.float32)[None, :]
    wide = size[1] / 2 * np.clip(np.sin(pi * t**tip), 0, 1) ** 0.8 + 0.004
    bend = abs(curl) * t + np.float32(1e-4)
    along = size[0] * np.sin(bend) / bend * t
    drop = -np.sign(curl) * size[0] * (1 - np.cos(bend)) * t * 1.2
    waves = ruffle * size[1] * np.sin(t * 26 + s * 3) * s**2
    points = np.stack([s * wide, drop + fold * abs(s) * wide + waves, np.broadcast_to(along, wide.shape) + 0 * s], -1)
    return sheet(points, painted(points, paint), gloss)
