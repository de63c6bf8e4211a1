"""Fish, whole and in pieces."""

from math import pi
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import Paint, ball, leaf, painted, smooth, tube, turned
from app.demo.pictures.mesh import Array, Mesh, sheet


def scales(back: Colour, belly: Colour, *, shine: Colour = "#ffffff", stripe: Colour | None = None) -> Paint:
    """A fish's skin: dark back, pale belly, scales."""

    def paint(points: Array) -> Array:
        colours = mix(belly, back, ramp(points[..., 1] + noise(points, 3) * 0.05, -0.1, 0.24))
        net = np.abs(
            np.sin(points[..., 0] * 42 + points[..., 1] * 20) * np.sin(points[..., 0] * 42 - points[..., 1] * 20)
        )
        colours = mix(colours, shine, ramp(net, 0.5, 1) * 0.28)
        if stripe:
            colours = mix(colours, stripe, np.exp(-(((points[..., 1] - 0.03) / 0.05) ** 2)) * 0.75)
        return colours

    return paint


def fish(
    skin: Paint,
    fin: Colour,
    *,
    long: float = 2.0,
    deep: float = 0.4,
    thin: float = 0.45,
    nose: float = 1.0,
    tail: float = 1.0,
    spots: Colour | None = None,
) -> Make:
    """A whole fish lying on its side, its head to the left."""

    def make(rng: Random) -> list[Mesh]:
        half = long / 2
        share = np.linspace(0, 1, 90, dtype=np.float32)
        outline = (
            smooth([(0.02,), (0.55 * nose,), (0.86,), (1.0,), (0.95,), (0.7,), (0.38,), (0.2,), (0.24,)], 90)[:, 0]
            * deep
        )
        angle = np.linspace(0, 2 * pi, 48, dtype=np.float32)[None, :]
        x = (share * long - half)[:, None]
        points = np.stack(
            [
                x + 0 * angle,
                outline[:, None] * np.sin(angle),
                outline[:, None] * thin * np.cos(angle) * (1 - 0.5 * ramp(share, 0.7, 1))[:, None],
            ],
            -1,
        )
        colours = painted(points, skin)
        if spots:
            colours = mix(colours, spots, ramp(noise(points, 8, "spots"), 0.4, 0.55) * (x > -half * 0.65))
        gill = np.exp(-(((points[..., 0] + half * 0.52 - 0.12 * np.cos(points[..., 1] * 4)) / 0.02) ** 2))
        colours = mix(colours, "#3a2f33", gill * 0.55)
        body = sheet(points, colours, 0.6, is_closed=True)
        parts = [body]
        ribs = lambda p: mix(fin, "#ffffff", ramp(np.sin(p[..., 2] * 8 + p[..., 0] * 60), 0.2, 1) * 0.3)
        for way in (-1, 1):
            lobe = leaf((0.5 * tail, 0.3), ribs, 0.4, curl=0.05, fold=0, tip=1.2)
            parts.append(lobe.turned("z", 90).turned("y", 90).turned("z", way * 28).moved(half * 0.94, 0, 0))
        dorsal = leaf((long * 0.5, deep * 0.9), ribs, 0.4, curl=0.05, fold=0, tip=0.8)
        parts.append(dorsal.turned("z", 90).turned("y", 90).moved(-half * 0.35, deep * 0.86, 0))
        parts.append(
            leaf((long * 0.24, deep * 0.6), ribs, 0.4, curl=0.05, fold=0)
            .turned("z", 90)
            .turned("y", 90)
            .turned("z", -12)
            .moved(half * 0.15, -deep * 0.86, 0)
        )
        parts.append(
            leaf((0.34, 0.2), ribs, 0.4, curl=0.3, fold=0.1, tip=1.2)
            .turned("z", 80)
            .turned("y", 70)
            .turned("z", -20)
            .moved(-half * 0.42, -0.06, deep * thin * 0.95)
        )
        eye = ball(
            0.075 * max(deep, 0.3) / 0.4,
            lambda p: mix("#1a1a1c", "#e9d9a0", ramp(np.hypot(p[..., 0], p[..., 1]), 0.035, 0.05)),
            0.9,
            fine=(24, 30),
        )
        parts.append(eye.scaled(1, 1, 0.5).moved(-half * 0.76, deep * 0.16, deep * thin * 0.62 * nose))
        return [
            each.turned("x", -58).moved(0, deep * thin + 0.12, 0).turned("y", 12 + rng.uniform(-5, 5)) for each in parts
        ]

    return make


def steak(skin: Colour, flesh: Colour, *, radius: float = 0.42, thick: float = 0.22, dark: Colour = "#c98f86") -> Make:
    """A cut across a fish."""

    def face(points: Array) -> Array:
        away = np.hypot(points[..., 0], points[..., 2]) / radius
        rings = ramp(np.sin(away * 20 + noise(points, 3) * 2), 0.3, 1) * 0.3
        colours = mix(flesh, dark, rings + ramp(-away, -0.2, -0.08))
        return mix(colours, skin, ramp(away, 0.93, 0.97))

    def make(rng: Random) -> list[Mesh]:
        profile = [
            (0, -thick / 2),
            (radius * 0.9, -thick / 2),
            (radius, -thick / 2),
            (radius, thick / 2),
            (radius, thick / 2),
            (radius * 0.9, thick / 2),
            (0, thick / 2),
        ]
        disc = turned(profile, face, 0.5, bulge=lambda a, s: 1 + 0.14 * np.sin(a) + 0.05 * np.cos(a * 2), fine=(60, 80))
        return [disc.scaled(1.25, 1, 0.85).turned("x", rng.uniform(0, 14)).moved(0, thick / 2 + 0.04, 0)]

    return make


def belt_piece(rng: Random) -> list[Mesh]:
    """A piece of hairtail: flat and silver."""
    paint = lambda p: mix("#dfe6ee", "#8fa0b4", ramp(np.abs(p[..., 2]) + noise(p, 5) * 0.08, 0.1, 0.34))
    body = tube(
        [(-0.55, 0.1, 0), (0, 0.12, 0), (0.55, 0.1, 0)], (0.3, 0.31, 0.29), paint, 0.85, flat=0.28, fine=(40, 50)
    )
    caps = [
        turned(
            [(0, 0), (0.15, 0), (0.29, 0.0)],
            lambda p: mix("#f3e9e2", "#d9b3a8", ramp(noise(p, 6), 0, 1)),
            0.4,
            fine=(16, 40),
        )
        .scaled(0.28, 1, 1)
        .turned("z", -90 * side)
        .moved(side * 0.55, 0.1, 0)
        for side in (-1, 1)
    ]
    return [each.turned("y", rng.uniform(-10, 10)) for each in (body, *caps)]


def fish_head(rng: Random) -> list[Mesh]:
    """A large fish head, cut behind the gills."""
    whole = fish(scales("#5f6a70", "#d5d9d6"), "#6f7a80", long=2.6, deep=0.62, thin=0.5, nose=1.3)(rng)
    body = whole[0]
    keep = (body.points[:, 0] < -0.12)[body.faces].all(axis=1)
    cut = Mesh(body.points, body.normals, body.colours, body.gloss, body.faces[keep])
    face = turned(
        [(0, 0), (0.3, 0), (0.56, 0)],
        lambda p: mix("#f3d6cc", "#c9746c", ramp(noise(p, 4), -0.2, 0.8)),
        0.5,
        fine=(20, 50),
    )
    wall = (
        face.turned("z", -90)
        .scaled(1, 1, 0.55)
        .turned("x", -58)
        .moved(0, 0.43, 0)
        .turned("y", 12)
        .moved(-0.12, 0, 0.03)
    )
    return [each.moved(0.65, 0, 0) for each in (cut, wall, whole[-1], whole[-2])]
