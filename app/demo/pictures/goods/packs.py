"""Bottles, jars, cartons, cups and bags, with motifs instead of words."""

from collections.abc import Callable
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import Paint, Painter, box, turned
from app.demo.pictures.mesh import Array, Mesh, sheet
from app.demo.pictures.scene import Look, Scene
from app.demo.pictures.vessels import pouch


def label(ground: Paint, paper: Colour, mark: Colour, low: float, high: float, *, motif: str = "leaf") -> Paint:
    """A body with a paper label between two heights, on it a motif: leaf, drop, sun, flower or wave."""

    def paint(points: Array) -> Array:
        base = np.broadcast_to(mix(ground, ground, 0), points.shape) if isinstance(ground, str) else ground(points)
        angle, y = np.arctan2(points[..., 0], points[..., 2]), points[..., 1]
        on = ((y > low) & (y < high)).astype(np.float32)
        middle, half = (low + high) / 2, (high - low) / 2
        u, v = angle * 0.55 / max(half, 0.1) * 0.6, (y - middle) / half
        shape = MOTIFS[motif](u, v)
        edge = ((np.abs(v) > 0.82) & (np.abs(v) < 0.9)).astype(np.float32)
        printed = mix(mix(paper, mark, edge), mark, shape)
        return np.asarray(base + (printed - base) * on[..., None], np.float32)

    return paint


def _blob(x: Array, y: Array, size: float) -> Array:
    return ramp(size - np.hypot(x, y), 0, 0.06)


MOTIFS: dict[str, Callable[[Array, Array], Array]] = {
    "leaf": lambda u, v: ramp(0.5 - np.hypot(u * 1.5 - 0.5 * v * 0, v) - 0.9 * np.abs(u - 0.25 * v), 0, 0.06) + 0 * u,
    "drop": lambda u, v: _blob(u, v + 0.15, 0.36) + ramp(0.62 - v - np.abs(u) * 2.4, 0, 0.08) * (v > 0),
    "sun": lambda u, v: (
        _blob(u, v, 0.34)
        + ramp(np.cos(np.arctan2(v, u) * 10), 0.3, 0.6) * (np.hypot(u, v) < 0.62) * (np.hypot(u, v) > 0.42)
    ),
    "flower": lambda u, v: (
        ramp(0.34 + 0.2 * np.cos(np.arctan2(v, u) * 5) - np.hypot(u, v), 0, 0.06) * (np.hypot(u, v) > 0.13)
    ),
    "wave": lambda u, v: (
        ramp(0.16 - np.abs(v + 0.25 * np.sin(u * 6)), 0, 0.06)
        + ramp(0.1 - np.abs(v - 0.45 + 0.2 * np.sin(u * 6)), 0, 0.06)
    ),
    "hill": lambda u, v: (
        ramp(0.2 - v - np.abs(u - 0.2) * 1.1, 0, 0.06) * (v > -0.6)
        + ramp(0.45 - v - np.abs(u + 0.35) * 1.4, 0, 0.06) * (v > -0.6)
    ),
    "cow": lambda u, v: ramp(np.sin(u * 7 + 2 * v) + np.cos(v * 6 - u * 3), 0.45, 0.65) * (np.abs(v) < 0.75),
}


def milk_bottle(
    paper: Colour, mark: Colour, *, milk: Colour = "#fdfaf2", cap: Colour = "#4d9bd3", motif: str = "cow"
) -> Make:
    """A bottle of milk, white through its glass."""
    profile = [
        (0, 0),
        (0.3, 0.0),
        (0.34, 0.05),
        (0.34, 0.8),
        (0.3, 0.96),
        (0.18, 1.12),
        (0.17, 1.28),
        (0.19, 1.3),
        (0.19, 1.34),
    ]
    body = turned(profile, label(milk, paper, mark, 0.22, 0.74, motif=motif), 0.75, fine=(110, 120))
    lid = turned([(0.2, 1.3), (0.215, 1.3), (0.215, 1.42), (0.2, 1.45), (0, 1.45)], cap, 0.4, fine=(30, 60))
    return lambda _: [body, lid]


def carton(face: Colour, mark: Colour, *, motif: str = "hill", tall: float = 1.25, wide: float = 0.62) -> Make:
    """A milk carton with a gable, or a small brick of it."""

    def paint(points: Array) -> Array:
        x = np.where(np.abs(points[..., 2]) > np.abs(points[..., 0]), points[..., 0], points[..., 2])
        y = points[..., 1] / tall
        shape = MOTIFS[motif](x / wide * 2.4, y * 3.2 + 0.15)
        band = ramp(0.03 - np.abs(y + 0.36), 0, 0.01) + ramp(-y - 0.4, 0, 0.01)
        return mix(mix(face, mark, shape), mark, band)

    body = box((wide, tall, wide), 0.03, paint, 0.35, fine=70).moved(0, tall / 2)
    roof_points = np.array(
        [
            [[-wide / 2, tall, wide / 2], [wide / 2, tall, wide / 2]],
            [[-wide / 2, tall + 0.26, 0], [wide / 2, tall + 0.26, 0]],
            [[-wide / 2, tall, -wide / 2], [wide / 2, tall, -wide / 2]],
        ],
        np.float32,
    )
    rows = np.repeat(roof_points, 2, axis=0)
    from_rows = [rows[index : index + 2] for index in (1, 3)]

    roof = [sheet(each, mix(mark, mark, np.zeros((2, 2), np.float32)), 0.3) for each in from_rows]
    fin = box((wide, 0.16, 0.04), 0.015, mark, 0.3).moved(0, tall + 0.3)
    gable = [
        sheet(
            np.array(
                [
                    [[side * wide / 2, tall, -wide / 2], [side * wide / 2, tall, wide / 2]],
                    [[side * (wide / 2 - 0.02), tall + 0.25, -0.01], [side * (wide / 2 - 0.02), tall + 0.25, 0.01]],
                ],
                np.float32,
            ),
            mix(face, face, np.zeros((2, 2), np.float32)),
            0.3,
        )
        for side in (-1, 1)
    ]
    return lambda _: [each.turned("y", -24) for each in (body, *roof, *gable, fin)]


def cup(
    paper: Colour,
    mark: Colour,
    *,
    lid: Colour | None = "#f3f5f7",
    fill: Paint = "#fdfbf4",
    motif: str = "flower",
    tall: float = 0.72,
) -> Make:
    """A cup of yoghurt, closed, or open on its fill."""
    profile = [(0, 0), (0.3, 0.0), (0.32, 0.03), (0.4, tall), (0.43, tall + 0.02), (0.41, tall + 0.03)]
    body = turned(profile, label("#ffffff", paper, mark, 0.08, tall - 0.06, motif=motif), 0.4, fine=(90, 120))
    if lid:
        top = turned(
            [(0.43, tall + 0.01), (0.44, tall + 0.04), (0.2, tall + 0.045), (0, tall + 0.04)], lid, 0.6, fine=(20, 70)
        )
    else:
        top = turned(
            [(0.39, tall - 0.03), (0.25, tall + 0.0), (0.1, tall + 0.05), (0, tall + 0.03)],
            fill,
            0.7,
            bulge=lambda a, s: 1 + 0.05 * np.sin(a * 3 + s * 6),
            fine=(30, 70),
        )
    return lambda _: [body, top]


def oil_bottle(oil: Colour, paper: Colour, mark: Colour, *, motif: str = "flower", cap: Colour = "#d9a52f") -> Look:
    """A tall bottle of oil, seen through."""
    inner = [(0, 0.04), (0.27, 0.04), (0.29, 0.08), (0.29, 0.82), (0.24, 1.0), (0.1, 1.16), (0, 1.16)]
    outer = [
        (0, 0),
        (0.3, 0.0),
        (0.33, 0.05),
        (0.33, 0.84),
        (0.27, 1.04),
        (0.12, 1.24),
        (0.11, 1.5),
        (0.13, 1.52),
        (0.13, 1.56),
    ]
    glow = lambda p: mix(oil, "#fff2c0", ramp(p[..., 0] + 0.5 * p[..., 1], 0.1, 0.9) * 0.4)

    def look(rng: Random) -> Scene:
        body = turned(inner, glow, 0.5, fine=(60, 80))
        sign = turned(
            [(0.334, 0.2), (0.334, 0.2), (0.334, 0.78), (0.334, 0.78)],
            label(paper, paper, mark, 0.2, 0.78, motif=motif),
            0.3,
            fine=(90, 160),
        )
        front = sign.points[:, 2] > -0.1
        keep = front[sign.faces].all(axis=1)
        sign = Mesh(sign.points, sign.normals, sign.colours, sign.gloss, sign.faces[keep])
        lid = turned([(0.13, 1.46), (0.145, 1.46), (0.145, 1.68), (0.12, 1.7), (0, 1.7)], cap, 0.5, fine=(30, 50))
        glass = turned(outer, "#fbfdf6", 0.9, fine=(80, 100))
        return Scene([body, sign, lid], [glass])

    return look


def jar(
    content: Paint,
    paper: Colour,
    mark: Colour,
    *,
    lid: Colour = "#b8322f",
    motif: str = "leaf",
    tall: float = 0.95,
    extra: Make | None = None,
) -> Look:
    """A glass jar with something in it, and some of it beside the jar if told."""
    wide = 0.44
    inner = [
        (0, 0.04),
        (wide * 0.92, 0.04),
        (wide * 0.95, 0.1),
        (wide * 0.95, tall * 0.82),
        (wide * 0.7, tall * 0.88),
        (0, tall * 0.88),
    ]
    outer = [
        (0, 0),
        (wide * 0.95, 0.0),
        (wide, 0.06),
        (wide, tall * 0.84),
        (wide * 0.84, tall * 0.95),
        (wide * 0.84, tall),
    ]

    def look(rng: Random) -> Scene:
        body = turned(inner, content, 0.4, fine=(80, 100))
        sign = turned(
            [
                (wide + 0.004, tall * 0.2),
                (wide + 0.004, tall * 0.2),
                (wide + 0.004, tall * 0.7),
                (wide + 0.004, tall * 0.7),
            ],
            label(paper, paper, mark, tall * 0.2, tall * 0.7, motif=motif),
            0.3,
            fine=(90, 180),
        )
        keep = (sign.points[:, 2] > wide * 0.42)[sign.faces].all(axis=1)
        sign = Mesh(sign.points, sign.normals, sign.colours, sign.gloss, sign.faces[keep])
        cap = turned(
            [
                (wide * 0.86, tall * 0.95),
                (wide * 0.9, tall * 0.96),
                (wide * 0.9, tall * 1.12),
                (wide * 0.85, tall * 1.15),
                (0, tall * 1.15),
            ],
            lid,
            0.55,
            fine=(30, 70),
        )
        meshes = [body, sign, cap]
        if extra:
            meshes += [each.moved(0.95, 0, 0.3) for each in extra(rng)]
        return Scene(meshes, [turned(outer, "#fbfdfb", 0.85, fine=(70, 90))])

    return look


def bag(
    paper: Colour,
    mark: Colour,
    *,
    motif: str = "hill",
    wide: float = 0.95,
    high: float = 1.3,
    extra: Make | None = None,
) -> Make:
    """A bag of rice, flour or something dried; some of its content before it if told."""

    def make(rng: Random) -> list[Mesh]:
        ground: Painter = lambda p: mix(paper, "#ffffff", ramp(p[..., 1] / high, 0.75, 0.9) * 0.35)

        def paint(points: Array) -> Array:
            u, v = points[..., 0] / wide * 2.6, (points[..., 1] / high - 0.42) * 3.4
            front = (points[..., 2] > 0).astype(np.float32)
            shape = MOTIFS[motif](u, v) * front
            band = ramp(0.02 - np.abs(points[..., 1] / high - 0.1), 0, 0.01) + ramp(
                0.02 - np.abs(points[..., 1] / high - 0.75), 0, 0.01
            )
            return mix(ground(points), mark, shape + band)

        found = [pouch(paint, rng, wide=wide, high=high)]
        if extra:
            found += [each.moved(0.1, 0, 0.75) for each in extra(rng)]
        return found

    return make


def pile(one: Make, *, reach: float = 0.5, high: float = 0.3, count: int = 60) -> Make:
    """A small heap of pieces."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            share = number / count
            away, angle = reach * share**0.6, number * 2.399963
            y = 0.05 + high * (1 - share) * rng.uniform(0.7, 1)
            for each in one(rng):
                found.append(
                    each.turned("x", rng.uniform(0, 360))
                    .turned("y", rng.uniform(0, 360))
                    .moved(away * np.cos(angle), y, away * np.sin(angle))
                )
        return found

    return make


def grainy(light: Colour, dark: Colour, scale: float = 14) -> Paint:
    """What a jar holds: mottled."""
    return lambda p: mix(light, dark, ramp(noise(p, scale, "grain"), -0.4, 0.5))
