"""Fruit with a build of its own: pineapple, bananas, dragon fruit, grapes, melons and more."""

from math import cos, pi, sin
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make, round_about
from app.demo.pictures.colour import Colour, mix, noise, ramp, rgb
from app.demo.pictures.forms import ball, leaf, tube, turned
from app.demo.pictures.goods.fruit import veined
from app.demo.pictures.mesh import Array, Mesh, sheet
from app.demo.pictures.vessels import tray


def pineapple(rng: Random) -> list[Mesh]:
    """A pineapple with its crown."""

    def eyes(angle: Array, share: Array) -> Array:
        return np.asarray(
            1 + 0.035 * np.abs(np.sin(angle * 6 + share * 24) * np.sin(angle * 6 - share * 24)), np.float32
        )

    def paint(points: Array) -> Array:
        angle = np.arctan2(points[..., 2], points[..., 0])
        share = points[..., 1] / 1.05
        bump = np.abs(np.sin(angle * 6 + share * 24) * np.sin(angle * 6 - share * 24))
        return mix("#a8641c", mix("#f0b32f", "#8f9a35", ramp(share, 0.35, 1.1)), ramp(bump, 0.08, 0.5))

    body = turned(
        [(0, 0), (0.3, 0.02), (0.44, 0.25), (0.46, 0.55), (0.38, 0.9), (0.2, 1.04), (0, 1.05)],
        paint,
        0.35,
        bulge=eyes,
        fine=(110, 150),
    )
    crown = []
    for ring, (count, lean) in enumerate(((9, 42), (7, 62), (5, 78))):
        blades = round_about(
            lambda r: [leaf((0.62, 0.13), veined("#7fa650", "#41722f"), curl=0.6, tip=0.6)],
            count,
            0.08,
            rng,
            lean=-lean,
            y=1.0 + ring * 0.04,
        )
        crown += blades
    return [body, *crown]


def bananas(rng: Random) -> list[Mesh]:
    """A hand of bananas."""
    found = []
    for number in range(6):
        turn = (number - 2.5) * 0.2

        def paint(points: Array) -> Array:
            reach = np.linalg.norm(points, axis=-1)
            tips = ramp(points[..., 1], 0.72, 0.95) * 0.35 + ramp(-points[..., 1], -0.10, -0.02)
            return mix(mix("#f7cf3c", "#efdc58", ramp(noise(points, 2), -0.5, 0.5)), "#7a5a24", tips + 0 * reach)

        spine = [
            (-0.75, 0.12 + 0.02 * number, 0.05),
            (-0.5, 0.1, 0.1),
            (-0.1, 0.14, 0.3),
            (0.3, 0.4, 0.34),
            (0.52, 0.72, 0.2),
            (0.58, 0.92, 0.06),
        ]
        one = tube(spine, (0.03, 0.11, 0.15, 0.15, 0.1, 0.05), paint, 0.35, bulge=lambda a, s: 1 + 0.05 * np.cos(a * 5))
        fanned = one.moved(-0.58, -0.9, 0).turned("y", turn * 62 + rng.uniform(-3, 3)).turned("x", turn * 14)
        found.append(fanned.moved(0.58, 0.9, (number - 2.5) * 0.05))
    return found


def dragon_fruit(rng: Random) -> list[Mesh]:
    """A pitaya with its scales."""
    body = ball(0.48, lambda p: mix("#d92d6b", "#f0588c", ramp(noise(p, 3), -0.6, 0.8)), 0.45, squash=1.15).moved(
        0, 0.55
    )
    scales = []
    for ring, (y, reach, lean, count) in enumerate(
        ((0.3, 0.43, -50, 6), (0.55, 0.47, -62, 7), (0.8, 0.38, -68, 6), (1.02, 0.18, -70, 5))
    ):

        def paint(points: Array) -> Array:
            return mix("#e23f78", "#9cc254", ramp(points[..., 2], 0.12, 0.34))

        blades = round_about(
            lambda r: [leaf((0.38, 0.2), paint, 0.4, curl=-0.5, tip=0.7)], count, reach, rng, lean=lean, y=y
        )
        scales += [each.turned("y", ring * 27) for each in blades]
    return [body, *scales]


def cut_half(
    radius: float,
    skin: Colour,
    rings: tuple[tuple[float, Colour], ...],
    *,
    dots: Colour | None = None,
    squash: float = 1,
) -> Make:
    """A half of something round, cut side to the front; `rings` are (reach, colour) of the face, inside first."""

    def face(points: Array) -> Array:
        away = np.hypot(points[..., 0], points[..., 2]) / radius
        colours = mix(rings[0][1], rings[0][1], 0 * away)
        for reach, colour in rings[1:]:
            colours = mix(colours, colour, ramp(away, reach - 0.05, reach))
        if dots:
            spots = np.sin(points[..., 0] / radius * 24) * np.sin(points[..., 2] / radius * 24)
            colours = mix(colours, dots, ramp(spots, 0.75, 0.9) * (away < rings[1][0]))
        return colours

    shell = turned(
        [
            (0, -radius * squash),
            (radius * 0.62, -radius * squash * 0.8),
            (radius * 0.97, -radius * squash * 0.25),
            (radius, 0),
            (radius, 0),
        ],
        skin,
        0.4,
    )
    top = turned([(0.0, 0.0), (radius * 0.5, 0.0), (radius * 0.99, 0.0)], face, 0.55, fine=(60, 96))

    def make(rng: Random) -> list[Mesh]:
        tilt = 48 + rng.uniform(-4, 4)
        return [each.turned("x", tilt).moved(0, radius * 0.86 * squash, 0) for each in (shell, top)]

    return make


def bunch(
    berry: Colour, shade: Colour, *, size: float = 0.15, gloss: float = 0.5, frosted: bool = False, tall: float = 1
) -> Make:
    """A bunch of grapes lying on its side."""

    def paint(points: Array) -> Array:
        mixed = mix(shade, berry, ramp(points[..., 1] / size + noise(points, 6) * 0.4, -0.9, 0.7))
        return mix(mixed, "#cfd6e6", ramp(noise(points, 9, "bloom"), 0, 1) * 0.4) if frosted else mixed

    one = ball(size, paint, gloss, squash=1.12 * tall, fine=(22, 32))

    def make(rng: Random) -> list[Mesh]:
        found = []
        for row, (count, reach) in enumerate(
            ((5, 0.32), (7, 0.44), (7, 0.42), (6, 0.34), (5, 0.24), (3, 0.15), (1, 0))
        ):
            for number in range(count):
                angle = 6.283 * number / count + row
                x = -0.55 + row * size * 1.35
                spot = (x + rng.uniform(-0.03, 0.03), 0.34 + reach * 0.85 * cos(angle), reach * sin(angle))
                if spot[1] > 0.05:
                    found.append(one.turned("y", rng.uniform(0, 360)).moved(*spot))
        stem = tube(
            [(-0.4, 0.36, 0), (-0.75, 0.5, 0), (-0.95, 0.66, 0.1), (-1.0, 0.7, 0.3)],
            (0.035, 0.03, 0.03, 0.035),
            "#8a9a48",
        )
        blade = leaf((0.62, 0.6), veined("#79b04a", "#3f7d31"), curl=0.5, fold=0.15, ruffle=0.06, tip=0.7)
        return [*found, stem, blade.turned("x", -10).turned("y", 60).moved(-0.85, 0.62, 0.0)]

    return make


def berry(colour: Colour, dark: Colour, size: float = 0.17) -> Make:
    """A raspberry: many drupelets."""

    def make(_: Random) -> list[Mesh]:
        bumps = lambda p: (
            0.12
            * np.abs(
                np.sin(np.arctan2(p[..., 2], p[..., 0]) * 6 + np.floor(p[..., 1] * 4) * 1.6) * np.sin(p[..., 1] * 13)
            )
        )
        return [
            ball(
                size,
                lambda p: mix(dark, colour, ramp(np.linalg.norm(p, axis=-1) / size, 0.98, 1.1)),
                0.4,
                squash=1.15,
                rough=bumps,
                fine=(44, 66),
            )
        ]

    return make


def strawberry(rng: Random) -> list[Mesh]:
    """A strawberry, tip forward and down."""

    def paint(points: Array) -> Array:
        angle = np.arctan2(points[..., 2], points[..., 0])
        row = np.round(points[..., 1] * 15)
        seeds = np.exp(-(((points[..., 1] * 15 - row) / 0.22) ** 2)) * ramp(np.cos(angle * 9 + row * 1.6), 0.86, 0.97)
        red = mix("#d81f2e", "#f2603f", ramp(points[..., 1], 0.5, 0.85))
        return mix(red, "#f6d873", seeds)

    body = turned(
        [(0, 0), (0.1, 0.04), (0.28, 0.3), (0.38, 0.58), (0.32, 0.76), (0.12, 0.8), (0, 0.78)],
        paint,
        0.5,
        fine=(90, 130),
    )
    cap = round_about(
        lambda r: [leaf((0.3, 0.14), veined("#6fae3f", "#3f8030"), curl=0.9)], 8, 0.04, rng, lean=4, y=0.8
    )
    stem = tube([(0, 0.78, 0), (0.02, 0.9, 0), (0.08, 1.0, 0)], (0.025, 0.022, 0.028), "#6c9a40")
    lean = rng.uniform(55, 95)
    turn = rng.uniform(-40, 40)
    return [each.turned("x", lean).turned("y", turn).moved(0, 0.34, -0.35) for each in (body, *cap, stem)]


def pomegranate(_: Random) -> list[Mesh]:
    """A pomegranate with its crown."""

    def paint(points: Array) -> Array:
        return mix(
            "#e9b45c",
            "#c2283a",
            ramp(noise(points, 2.4, "p") * 0.8 + points[..., 1] * 0.6 + points[..., 0] * 0.4, -0.5, 0.7),
        )

    body = turned(
        [
            (0, 0),
            (0.28, 0.02),
            (0.5, 0.3),
            (0.49, 0.56),
            (0.3, 0.82),
            (0.12, 0.9),
            (0.13, 1.02),
            (0.2, 1.1),
            (0.17, 1.09),
            (0.08, 0.95),
            (0, 0.93),
        ],
        paint,
        0.4,
        bulge=lambda a, s: 1 + 0.02 * np.cos(a * 6) + 0.14 * np.cos(a * 6) * ramp(s, 0.72, 0.85),
    )
    return [body]


def melon(profile_x: float, paint: "object", gloss: float = 0.35) -> Make:
    """A large melon lying."""

    def make(_: Random) -> list[Mesh]:
        body = ball(0.62, paint, gloss, squash=1.0).scaled(profile_x, 1, 1)  # type: ignore[arg-type]
        stem = tube(
            [(0.6 * profile_x, 0, 0), (0.68 * profile_x, 0.06, 0), (0.74 * profile_x, 0.16, 0.05)],
            (0.035, 0.03, 0.035),
            "#7d8a45",
        )
        return [body.moved(0, 0.6), stem.moved(0, 0.6)]

    return make


def stripes(points: Array) -> Array:
    """The skin of a watermelon."""
    angle = np.arctan2(points[..., 2], points[..., 1])
    value = np.cos(angle * 9 + noise(points, 3, "w") * 2.4)
    return mix("#7fb24a", "#1f5128", ramp(value, 0.1, 0.6))


def netted(base: Colour, net: Colour) -> "object":
    """The skin of a netted melon."""

    def paint(points: Array) -> Array:
        value = np.abs(noise(points, 7, "net"))
        return mix(net, base, ramp(value, 0.02, 0.14))

    return paint


def wedge(
    flesh: Colour,
    rind: Colour,
    skin: Colour,
    *,
    seeds: Colour | None = None,
    radius: float = 0.72,
    pale: Colour = "#f3efd4",
) -> Make:
    """A slice of melon, standing on its rind."""

    def make(rng: Random) -> list[Mesh]:
        r = np.linspace(0.0, 1, 60, dtype=np.float32)[:, None]
        a = np.linspace(pi * 1.02, pi * 1.98, 110, dtype=np.float32)[None, :]

        def colours(reach: Array) -> Array:
            found = mix(flesh, pale, ramp(reach, 0.8, 0.88))
            found = mix(found, rind, ramp(reach, 0.88, 0.93))
            if seeds:
                found = mix(
                    found,
                    seeds,
                    ((np.abs(reach - 0.6) < 0.035) | (np.abs(reach - 0.42) < 0.03))
                    * ramp(np.cos(a * 19 + np.round(reach * 6)), 0.82, 0.92),
                )
            return found

        sides = []
        for z in (-0.13, 0.13):
            points = np.stack([r * np.cos(a) * radius, r * np.sin(a) * radius, z * (0.25 + 0.75 * r) + 0 * a], -1)
            sides.append(sheet(points, colours(r + 0 * a), 0.5))
        across = np.linspace(-0.13, 0.13, 12, dtype=np.float32)[:, None]
        flat = 0 * across
        back = np.stack([np.cos(a) * radius + flat, np.sin(a) * radius + flat, across + 0 * a], -1)
        sides.append(sheet(back, rgb(skin), 0.4))
        lean = rng.uniform(-6, 6)
        return [each.turned("x", -14).turned("z", lean).turned("y", 18).moved(0, radius) for each in sides]

    return make


def papaya(_: Random) -> list[Mesh]:
    """A papaya lying."""
    paint = lambda p: mix("#7d9a3a", "#f29a2c", ramp(p[..., 0] + noise(p, 2) * 0.4, -0.6, 0.5))
    return [
        turned([(0, -0.75), (0.2, -0.68), (0.4, -0.3), (0.38, 0.1), (0.22, 0.55), (0.08, 0.74), (0, 0.76)], paint, 0.4)
        .turned("z", -84)
        .moved(0, 0.38)
    ]


def coconut(_: Random) -> list[Mesh]:
    """A green coconut cut for drinking, with a straw."""
    paint = lambda p: mix("#7fae45", "#a9c765", ramp(noise(p, 2.5), -0.6, 0.6))
    body = turned(
        [(0, 0), (0.3, 0.0), (0.5, 0.3), (0.52, 0.6), (0.42, 0.9), (0.3, 0.98), (0.3, 0.98)],
        paint,
        0.4,
        bulge=lambda a, s: 1 + 0.02 * np.cos(a * 3),
    )
    top = turned(
        [(0.3, 0.98), (0.24, 1.0), (0.17, 0.99), (0.16, 0.92), (0.0, 0.91)],
        lambda p: mix("#eef4f2", "#fdfaf0", ramp(np.hypot(p[..., 0], p[..., 2]), 0.15, 0.2)),
        0.4,
    )
    straw = tube(
        [(0.05, 0.8, 0), (0.12, 1.3, 0.02), (0.16, 1.5, 0.03), (0.32, 1.62, 0.05)],
        (0.035, 0.035, 0.035, 0.035),
        "#ee6a5d",
        0.4,
    )
    return [body, top, straw]


def tamarind(rng: Random) -> list[Mesh]:
    """A pod of tamarind."""
    bend = rng.uniform(0.15, 0.35)
    spine = [(-0.6, 0.12, 0), (-0.2, 0.12, bend), (0.25, 0.12, bend), (0.62, 0.12, -0.05)]
    paint = lambda p: mix("#7a4a27", "#b67c47", ramp(noise(p, 6), -0.6, 0.8))
    return [tube(spine, (0.05, 0.13, 0.14, 0.12, 0.03), paint, 0.15, bulge=lambda a, s: 1 + 0.14 * np.cos(s * 38))]


def jackfruit(rng: Random) -> list[Mesh]:
    """Pulps of jackfruit in a box."""

    def pulp(r: Random) -> list[Mesh]:
        paint = lambda p: mix("#f5b52e", "#ffdc6e", ramp(p[..., 1] + noise(p, 4) * 0.1, -0.2, 0.2))
        return [
            turned(
                [(0.02, -0.28), (0.14, -0.2), (0.18, 0.0), (0.13, 0.22), (0.15, 0.28), (0.1, 0.2), (0, 0.1)],
                paint,
                0.55,
                bulge=lambda a, s: 1 + 0.07 * np.cos(a * 3 + 1),
                fine=(32, 40),
            )
        ]

    found = []
    for row in range(3):
        for column in range(5):
            for layer in range(2):
                one = pulp(rng)[0].turned("z", 90 + rng.uniform(-30, 30)).turned("y", rng.uniform(0, 360))
                found.append(one.moved(-0.72 + column * 0.36, 0.22 + layer * 0.2, -0.4 + row * 0.38))
    return [*tray(2.1, 1.45, "#f4f6f4", 0.3), *found]
