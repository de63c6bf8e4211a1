"""Meals in pots and bowls, and what comes from the oven."""

from collections.abc import Callable
from math import cos, pi, sin
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make, strewn
from app.demo.pictures.colour import Colour, mix, noise, ramp, specks
from app.demo.pictures.forms import Paint, ball, box, leaf, tube, turned
from app.demo.pictures.goods.fruit import veined
from app.demo.pictures.mesh import Array, Mesh, sheet
from app.demo.pictures.vessels import surface

Topping = tuple[Make, int]
"""What lies on a meal, and how many of it."""


def chunk(colour: Colour, dark: Colour, size: float = 0.17) -> Make:
    """A piece of meat, fish or potato."""

    def make(rng: Random) -> list[Mesh]:
        seed = str(rng.random())
        paint = lambda p: mix(colour, dark, ramp(noise(p, 5, seed) + p[..., 1], -0.1, 0.5) * 0.8)
        return [
            ball(size, paint, 0.45, squash=0.7, rough=lambda p: 0.22 * noise(p, 1.6, seed), fine=(20, 28)).scaled(
                1.25, 1, 1
            )
        ]

    return make


def slice_of(colour: Colour, edge: Colour, *, radius: float = 0.17, thick: float = 0.035) -> Make:
    """A round slice: tofu, mushroom, egg, radish."""
    body = turned(
        [(0, 0), (radius * 0.9, 0), (radius, thick * 0.3), (radius, thick * 0.7), (radius * 0.9, thick), (0, thick)],
        lambda p: mix(colour, edge, ramp(np.hypot(p[..., 0], p[..., 2]) / radius, 0.78, 0.95)),
        0.45,
        fine=(20, 36),
    )
    return lambda rng: [body.turned("x", rng.uniform(-22, 22))]


def sliver(colour: Paint, *, long: float = 0.5, thick: float = 0.05, flat: float = 0.5) -> Make:
    """A strip: pepper, bamboo, meat."""

    def make(rng: Random) -> list[Mesh]:
        bend = rng.uniform(-0.12, 0.12)
        return [
            tube(
                [(-long / 2, 0.03, 0), (0, 0.06, bend), (long / 2, 0.03, 0)],
                (thick * 0.7, thick, thick * 0.7),
                colour,
                0.45,
                flat=flat,
                fine=(18, 12),
            )
        ]

    return make


def herb_bit(light: Colour = "#7cb648", dark: Colour = "#3f8030", size: float = 0.2) -> Make:
    """A small leaf."""
    body = leaf((size, size * 0.6), veined(light, dark), curl=0.5, ruffle=0.06, fine=(16, 11))
    return lambda rng: [body.turned("x", rng.uniform(-40, 0)).moved(0, 0.03, -size / 2)]


def ring_bit(colour: Colour = "#8fc15a", size: float = 0.055) -> Make:
    """A ring of spring onion or chilli."""
    spine = [(size * cos(a), 0.02, size * sin(a)) for a in np.linspace(0, 2 * pi, 14)]
    body = tube(spine, (size * 0.33, size * 0.33), colour, 0.4, fine=(28, 8))
    return lambda _: [body]


def meal(
    vessel: list[Mesh], reach: float, level: float, broth: Paint, toppings: tuple[Topping, ...], *, gloss: float = 0.75
) -> Make:
    """A vessel filled up to `level` within `reach`, and what lies in it."""

    def make(rng: Random) -> list[Mesh]:
        found = [*vessel, surface(reach, level, broth, gloss)]
        for order, (topping, count) in enumerate(toppings):
            found += strewn(topping, count, reach * (0.88 - 0.05 * order), rng, y=level + 0.02 + 0.035 * order)
        return found

    return make


def oily(broth: Colour, oil: Colour) -> Paint:
    """A broth with drops of oil."""
    return lambda p: mix(mix(broth, oil, ramp(noise(p, 2.5), -0.3, 0.9) * 0.5), oil, specks(p, 9, 0.1, "oil") * 0.8)


def bun(
    crust: Colour,
    pale: Colour,
    *,
    radius: float = 0.5,
    high: float = 0.32,
    stamp: Colour | None = None,
    layers: bool = False,
) -> Make:
    """A round pastry, browned on top, a red stamp on it if told."""

    def paint(points: Array) -> Array:
        y, away = points[..., 1] / high, np.hypot(points[..., 0], points[..., 2]) / radius
        colours = mix(pale, crust, ramp(y + noise(points, 5) * 0.25, 0.45, 0.95))
        if layers:
            colours = mix(
                colours, crust, ramp(np.sin(points[..., 1] * 70 + noise(points, 3) * 2), 0.4, 1) * 0.35 * (away > 0.7)
            )
        if stamp:
            angle = np.arctan2(points[..., 2], points[..., 0])
            blossom = ramp(0.24 + 0.1 * np.cos(angle * 5) - away, 0, 0.04) * (y > 0.7) * (away > 0.07)
            colours = mix(colours, stamp, blossom * 0.85)
        return colours

    body = turned(
        [
            (0, 0),
            (radius * 0.86, 0),
            (radius, high * 0.3),
            (radius * 0.98, high * 0.65),
            (radius * 0.7, high * 0.97),
            (0, high),
        ],
        paint,
        0.3,
        bulge=lambda a, s: 1 + 0.012 * np.sin(a * 9 + s * 5),
        fine=(70, 110),
    )
    return lambda _: [body]


def bitten(outside: Make, filling: Colour, radius: float, high: float) -> Make:
    """A pastry broken open: a half with its filling towards the viewer."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for whole in outside(rng):
            points = whole.points.copy()
            points[:, 2] = np.minimum(points[:, 2], 0.03 * np.sin(points[:, 0] * 21))
            found.append(Mesh(points, whole.normals, whole.colours, whole.gloss, whole.faces))
        core = ball(
            1,
            lambda p: mix(filling, "#3a0f16", ramp(noise(p, 6), 0.1, 1) * 0.6),
            0.5,
            rough=lambda p: 0.05 * noise(p, 5),
        )
        found.append(core.scaled(radius * 0.82, high * 0.32, 0.06).moved(0, high * 0.48, 0.03))
        return [each.turned("x", -16) for each in found]

    return make


def loaf(crust: Colour, crumb: Colour, *, seeds: Colour | None = None, slices: int = 3) -> Make:
    """A tin loaf with slices."""

    def outline(long: float, paint: Paint, gloss: float) -> Mesh:
        body = box((long, 0.8, 0.78), 0.12, paint, gloss, fine=50)
        points = body.points.copy()
        high = points[:, 1] > 0.05
        points[high, 2] *= 1 + 0.14 * (points[high, 1] / 0.4)
        points[high, 1] *= 1 + 0.12 * np.cos(points[high, 2] * 3)
        return Mesh(points, body.normals, body.colours, body.gloss, body.faces)

    def crumb_paint(points: Array) -> Array:
        edge = np.maximum(np.abs(points[..., 1]) / 0.4, np.abs(points[..., 2]) / 0.39)
        soft = mix(crumb, "#d9bf92", ramp(noise(points, 10), 0.2, 1) * 0.5)
        soft = soft if seeds is None else mix(soft, seeds, specks(points, 12, 0.05, "seed"))
        return mix(soft, crust, ramp(edge, 0.9, 0.98))

    def make(rng: Random) -> list[Mesh]:
        shell = lambda p: mix(crust, "#e9b673", ramp(-p[..., 1] + noise(p, 4) * 0.2, 0.1, 0.5) * 0.7)
        found = [outline(1.1, shell, 0.35).moved(-0.45, 0.42)]
        for number in range(slices):
            one = outline(0.13, crumb_paint, 0.15)
            found.append(one.turned("z", -14 - number * 13).moved(0.3 + number * 0.26, 0.42 - number * 0.03, 0.0))
        return [each.turned("y", -38) for each in found]

    return make


def twist(crust: Colour, pale: Colour, *, salt: Colour | None = None) -> Make:
    """A butter roll: a crescent of wound dough."""

    def make(rng: Random) -> list[Mesh]:
        def paint(points: Array) -> Array:
            band = ramp(np.sin(points[..., 0] * 15 + points[..., 1] * 3), -0.2, 0.8)
            colours = mix(pale, crust, 0.35 + 0.65 * band * ramp(points[..., 1], 0.05, 0.3))
            return (
                colours
                if salt is None
                else mix(colours, salt, specks(points, 22, 0.03, "salt") * (points[..., 1] > 0.3))
            )

        spine = [(-0.7, 0.16, 0.12), (-0.4, 0.22, 0), (0, 0.26, -0.06), (0.4, 0.22, 0), (0.7, 0.16, 0.12)]
        return [
            tube(
                spine,
                (0.05, 0.2, 0.29, 0.2, 0.05),
                paint,
                0.4,
                bulge=lambda a, s: 1 + 0.05 * np.abs(np.sin(s * 16)),
                fine=(120, 40),
            )
        ]

    return make


def bagel(crust: Colour, pale: Colour, *, spot: Colour | None = None) -> Make:
    """A ring of bread."""
    spine = [(0.42 * cos(a), 0.24, 0.42 * sin(a)) for a in np.linspace(0, 2 * pi, 26)]

    def paint(points: Array) -> Array:
        colours = mix(pale, crust, ramp(points[..., 1] + noise(points, 3) * 0.08, 0.08, 0.34))
        return colours if spot is None else mix(colours, spot, specks(points, 20, 0.04, "sp") * (points[..., 1] > 0.3))

    body = tube(spine, (0.24, 0.24), paint, 0.45, flat=0.92, fine=(120, 44))
    return lambda rng: [body]


def cake_slice(layers: tuple[Colour, ...], top: Colour, *, berries: Make | None = None) -> Make:
    """A wedge of layered cake."""

    def make(rng: Random) -> list[Mesh]:
        angle, radius, high = 0.62, 1.35, 0.7

        def paint(points: Array) -> Array:
            share = np.clip(points[..., 1] / high * len(layers), 0, len(layers) - 1e-3)
            index = np.floor(share).astype(int)
            table = np.stack([mix(each, each, 0) for each in layers])
            colours = table[index]
            colours = mix(colours, "#ffffff", ramp(noise(points, 16), 0.1, 1) * 0.14)
            return mix(colours, top, ramp(points[..., 1], high - 0.05, high - 0.02))

        t = np.linspace(0, 1, 50, dtype=np.float32)[:, None]
        y = np.linspace(0, high, 50, dtype=np.float32)[None, :]

        found = []
        for side in (-1, 1):
            points = np.stack(
                [t * radius * sin(side * angle / 2) + 0 * y, y + 0 * t, t * radius * cos(angle / 2) + 0 * y], -1
            )
            found.append(sheet(points, paint(points), 0.2))
        a = np.linspace(-angle / 2, angle / 2, 40, dtype=np.float32)[:, None]
        back = np.stack([radius * np.sin(a) + 0 * y, y + 0 * a, radius * np.cos(a) + 0 * y], -1)
        found.append(sheet(back, mix(top, top, 0 * back[..., 0]), 0.3))
        lid = np.stack(
            [t * radius * np.sin(a.T), high + 0.012 * np.sin(t * 40) + 0 * a.T, t * radius * np.cos(a.T)], -1
        )
        found.append(sheet(lid, mix(top, top, 0 * lid[..., 0]), 0.35))
        if berries:
            for share, turn in ((0.5, 0.0), (0.72, -0.14), (0.74, 0.16), (0.9, 0.0)):
                found += [
                    each.moved(share * radius * sin(turn), high + 0.02, share * radius * cos(turn))
                    for each in berries(rng)
                ]
        return [each.moved(0, 0, -0.75).turned("y", -128) for each in found]

    return make


def pillow(skin: Paint, *, radius: float = 0.42, high: float = 0.34) -> Make:
    """A soft folded parcel: a pancake filled with cream."""

    def make(rng: Random) -> list[Mesh]:
        body = box((radius * 2, high, radius * 1.5), high * 0.46, skin, 0.3, fine=44)
        points = body.points.copy()
        points[:, 1] += 0.03 * np.sin(points[:, 0] * 9) * (points[:, 1] > 0)
        return [
            Mesh(points, body.normals, body.colours, body.gloss, body.faces)
            .moved(0, high / 2)
            .turned("y", rng.uniform(-12, 12))
        ]

    return make


Dish = Callable[[Random], list[Mesh]]
