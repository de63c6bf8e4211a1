"""Meat: slabs, ribs, bones, rolls, sausages, birds, eggs."""

import itertools
from math import pi
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import Paint, Painter, ball, box, tube, turned
from app.demo.pictures.mesh import Array, Mesh, sheet


def layered(layers: tuple[tuple[float, Colour], ...], *, wave: float = 0.05) -> Painter:
    """Meat and fat in layers: (up to which height from -0.5 to 0.5, colour), from below."""

    def paint(points: Array) -> Array:
        high = points[..., 1] + wave * noise(points * np.array((1, 0.3, 1), np.float32), 1.6, "layer")
        colours = mix(layers[0][1], layers[0][1], 0 * high)
        for (until, _), (_, colour) in itertools.pairwise(layers):
            colours = mix(colours, colour, ramp(high, until - 0.015, until + 0.015))
        return mix(colours, "#ffffff", ramp(noise(points, 9, "fibre"), 0.1, 1) * 0.12)

    return paint


def marbled(lean: Colour, fat: Colour, *, much: float = 0.5, scale: float = 3.5) -> Painter:
    """Lean meat run through with fat."""

    def paint(points: Array) -> Array:
        vein = np.abs(noise(points * np.array((1, 1.6, 1), np.float32), scale, "vein"))
        shade = mix(lean, "#5a0f14", ramp(noise(points, 2), 0, 1) * 0.35)
        return mix(shade, fat, ramp(-vein, -0.11 * much, -0.02 * much) * 0.85)

    return paint


def slab(size: tuple[float, float, float], paint: Paint, *, rounding: float = 0.12, gloss: float = 0.45) -> Make:
    """A cut of meat with soft edges, lying."""

    def make(rng: Random) -> list[Mesh]:
        body = box(size, rounding, paint, gloss, fine=56)
        bent = body.points.copy()
        bent[:, 1] += 0.05 * np.sin(bent[:, 0] * 3 + rng.uniform(0, 6))
        bent[:, 2] *= 1 + 0.12 * np.sin(bent[:, 0] * 2.2 + rng.uniform(0, 6))
        return [Mesh(bent, body.normals, body.colours, body.gloss, body.faces).moved(0, size[1] / 2)]

    return make


def fillet(
    spine: list[tuple[float, float, float]],
    radii: tuple[float, ...],
    paint: Paint,
    *,
    flat: float = 0.7,
    gloss: float = 0.45,
) -> Make:
    """A long muscle: tenderloin, shin, breast."""
    return lambda rng: [
        tube(
            spine, radii, paint, gloss, flat=flat, bulge=lambda a, s: 1 + 0.06 * np.sin(a * 2 + s * 5), fine=(90, 56)
        ).turned("y", rng.uniform(-8, 8))
    ]


def ribs(meat: Colour, fat: Colour, *, count: int = 6) -> Make:
    """A rack of ribs, bones showing at the front."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            x = (number - (count - 1) / 2) * 0.3
            paint = layered(((-0.03, fat), (0.06, meat), (0.14, fat), (0.5, meat)), wave=0.09)
            body = box((0.31, 0.3, 1.1), 0.1, paint, 0.45, fine=34).moved(x, 0.24, -0.1)
            bone = tube(
                [(x, 0.24, 0.3), (x, 0.26, 0.6), (x + rng.uniform(-0.02, 0.02), 0.28, 0.72)],
                (0.07, 0.065, 0.085),
                "#f3e6d2",
                0.35,
                flat=0.8,
                fine=(24, 20),
            )
            found += [body, bone]
        return [each.turned("y", -16) for each in found]

    return make


def marrow_bone(long: float = 1.0, meat: Colour = "#b43a3c") -> Make:
    """A length of leg bone, cut to show its marrow."""

    def make(rng: Random) -> list[Mesh]:
        spine = [(-long / 2, 0.3, 0), (-long / 5, 0.3, 0), (long / 5, 0.3, 0), (long / 2, 0.3, 0)]
        paint = lambda p: mix("#f1e2cc", meat, ramp(noise(p, 2.6) + 0.2 * p[..., 1], 0.05, 0.4))
        shaft = tube(spine, (0.3, 0.24, 0.22, 0.28), paint, 0.4, fine=(50, 40))
        ring = lambda p: mix("#f0b9a0", "#f6ecdc", ramp(np.hypot(p[..., 0], p[..., 2]), 0.12, 0.16))
        ends = [
            turned([(0, 0), (0.15, 0.0), (0.285, 0.0), (0.29, -0.02)], ring, 0.4, fine=(40, 50))
            .turned("z", -90 * side)
            .moved(side * long / 2, 0.3, 0)
            for side in (-1, 1)
        ]
        return [each.turned("y", 50 + rng.uniform(-12, 12)) for each in (shaft, *ends)]

    return make


def mince(red: Colour, fat: Colour) -> Make:
    """A heap of minced meat, in strands."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(130):
            share = number / 130
            high = 0.62 * (1 - share) ** 0.7
            away, at = 0.75 * share**0.6, rng.uniform(0, 6.283)
            colour = mix(red, fat, rng.random() ** 3 * 0.8)
            paint = lambda p, colour=colour: np.broadcast_to(colour, p.shape)
            bend = rng.uniform(-0.12, 0.12)
            one = tube(
                [(-0.2, 0, 0), (-0.06, 0.03, bend), (0.08, 0, bend), (0.2, -0.04, 0)],
                (0.05, 0.055, 0.055, 0.045),
                paint,
                0.4,
                fine=(14, 10),
            )
            found.append(
                one.turned("z", rng.uniform(-25, 25))
                .turned("y", rng.uniform(0, 360))
                .moved(away * np.cos(at), 0.06 + high * rng.uniform(0.75, 1), away * np.sin(at))
            )
        return [*found, ball(0.6, red, 0.4, squash=0.7).moved(0, 0.1)]

    return make


def roll(lean: Colour, fat: Colour) -> Make:
    """A thin slice rolled up, as for hot pot."""

    def make(rng: Random) -> list[Mesh]:
        turn = np.linspace(0, 2 * pi * 2.1, 80, dtype=np.float32)[None, :]
        along = np.linspace(-0.5, 0.5, 24, dtype=np.float32)[:, None]
        radius = 0.06 + turn * 0.0115 + 0.012 * np.sin(turn * 3 + along * 6)
        points = np.stack([along + 0 * turn, radius * np.sin(turn), radius * np.cos(turn)], -1)
        share = np.stack([np.broadcast_to(turn, points.shape[:2]) * 0.16, along + 0 * turn, 0 * turn + 0 * along], -1)
        colours = mix(lean, fat, ramp(np.abs(noise(share, 2.6, str(rng.random()))), 0.08, 0.3) * 0.9)
        return [sheet(points, colours, 0.35).moved(0, 0.2).turned("y", rng.uniform(-18, 18))]

    return make


def sausage(skin: Paint, *, long: float = 1.5, thick: float = 0.15) -> Make:
    """A sausage with tied ends."""

    def make(rng: Random) -> list[Mesh]:
        bend = rng.uniform(0.05, 0.22)
        spine = [
            (-long / 2 - 0.08, thick, 0),
            (-long / 2 + 0.06, thick, 0.02),
            (0, thick, bend),
            (long / 2 - 0.06, thick, 0.02),
            (long / 2 + 0.08, thick, 0),
        ]
        return [
            tube(
                spine,
                (0.02, thick, thick * 1.05, thick, 0.02),
                skin,
                0.5,
                bulge=lambda a, s: 1 + 0.025 * np.sin(s * 60 + a * 3),
                fine=(80, 28),
            )
        ]

    return make


def bird(skin: Colour, shade: Colour, *, long: float = 1.0, slim: float = 1.0, gloss: float = 0.4) -> Make:
    """A dressed bird on its back: chicken, duck, pigeon."""

    def make(rng: Random) -> list[Mesh]:
        seed = str(rng.random())
        paint = lambda p: mix(
            skin, shade, ramp(noise(p, 2.6, seed), -0.2, 1) * 0.55 + ramp(noise(p, 16, seed), 0.3, 0.8) * 0.25
        )
        body = turned(
            [(0, -0.62), (0.2, -0.58), (0.42, -0.3), (0.5, 0.08), (0.4, 0.42), (0.2, 0.62), (0, 0.66)],
            paint,
            gloss,
            fine=(70, 80),
        ).turned("z", 90)
        body = body.scaled(long, 0.92, slim).moved(0, 0.46)
        parts = [body]
        for side in (-1, 1):
            z = side * 0.42 * slim
            parts.append(
                tube(
                    [
                        (-0.2 * long, 0.5, z),
                        (-0.05, 0.62, z * 1.18),
                        (0.35 * long, 0.62, z * 1.1),
                        (0.62 * long, 0.5, z * 0.72),
                    ],
                    (0.2, 0.27, 0.19, 0.07),
                    paint,
                    gloss,
                    fine=(44, 36),
                )
            )
            parts.append(
                tube(
                    [(0.6 * long, 0.5, z * 0.74), (0.86 * long, 0.45, z * 0.5)],
                    (0.06, 0.075),
                    mix_paint(skin, "#f3dfa8"),
                    gloss,
                    fine=(16, 18),
                )
            )
            parts.append(
                tube(
                    [
                        (-0.42 * long, 0.5, z * 0.9),
                        (-0.3, 0.34, z * 1.4),
                        (-0.02, 0.3, z * 1.35),
                        (-0.25 * long, 0.24, z * 1.5),
                    ],
                    (0.13, 0.12, 0.1, 0.04),
                    paint,
                    gloss,
                    fine=(40, 26),
                )
            )
        parts.append(
            tube(
                [(-0.55 * long, 0.5, 0), (-0.82 * long, 0.56, 0.05), (-1.0 * long, 0.5, 0.12)],
                (0.16, 0.12, 0.1),
                paint,
                gloss,
                fine=(30, 26),
            )
        )
        return [each.turned("y", 28) for each in parts]

    return make


def mix_paint(first: Colour, second: Colour, share: float = 0.5) -> Paint:
    """A plain colour between two."""
    return lambda p: np.broadcast_to(mix(first, second, share), p.shape)


def drumstick(skin: Colour, shade: Colour) -> Make:
    """A leg with its bone."""

    def make(rng: Random) -> list[Mesh]:
        paint = lambda p: mix(skin, shade, ramp(noise(p, 3.2), -0.2, 1) * 0.6)
        meat = tube(
            [(-0.62, 0.27, 0), (-0.3, 0.32, 0.04), (0.1, 0.26, 0), (0.42, 0.16, -0.04)],
            (0.1, 0.34, 0.26, 0.1),
            paint,
            0.45,
            fine=(60, 44),
        )
        bone = tube([(0.38, 0.16, -0.03), (0.68, 0.13, -0.08), (0.76, 0.13, -0.08)], (0.08, 0.07, 0.1), "#f2e4c8", 0.35)
        return [each.turned("y", rng.uniform(-25, 25)) for each in (meat, bone)]

    return make


def wing(skin: Colour, shade: Colour) -> Make:
    """A middle wing."""
    paint = lambda p: mix(skin, shade, ramp(noise(p, 4), -0.2, 1) * 0.6)
    return lambda rng: [
        tube(
            [(-0.48, 0.13, 0), (-0.2, 0.15, 0.06), (0.2, 0.15, 0.05), (0.5, 0.12, -0.06)],
            (0.08, 0.17, 0.16, 0.07),
            paint,
            0.45,
            flat=0.75,
            fine=(44, 30),
        )
    ]


def claw(skin: Colour) -> Make:
    """A chicken's foot."""

    def make(rng: Random) -> list[Mesh]:
        parts = [tube([(-0.6, 0.12, 0), (-0.2, 0.12, 0), (0.1, 0.13, 0)], (0.11, 0.085, 0.12), skin, 0.4)]
        for turn in (-38, 0, 38):
            toe = tube(
                [(0, 0.12, 0), (0.3, 0.14, 0), (0.5, 0.09, 0), (0.58, 0.05, 0)],
                (0.075, 0.06, 0.05, 0.02),
                skin,
                0.4,
                bulge=lambda a, s: 1 + 0.1 * np.cos(s * 20),
            )
            parts.append(toe.turned("y", turn).moved(0.05, 0, 0))
        return parts

    return make


def eggs(
    shell: Colour,
    speck: Colour | None = None,
    *,
    rows: int = 2,
    columns: int = 5,
    size: float = 0.25,
    box_colour: Colour = "#b9a58a",
) -> Make:
    """Eggs in their tray of pulp."""

    def make(rng: Random) -> list[Mesh]:
        step = size * 2.12
        found: list[Mesh] = []
        base = box(
            (columns * step + 0.14, size * 0.6, rows * step + 0.14),
            0.08,
            lambda p: mix(box_colour, "#8d7a60", ramp(noise(p, 9), 0, 1) * 0.5),
            0.05,
        ).moved(0, size * 0.3)
        for row in range(rows):
            for column in range(columns):
                seed = str(rng.random())

                def paint(points: Array, seed: str = seed) -> Array:
                    found = mix(shell, "#ffffff", ramp(noise(points, 2, seed), -0.5, 1.5) * 0.25)
                    return (
                        found if speck is None else mix(found, speck, ramp(noise(points / size, 3.4, seed), 0.32, 0.5))
                    )

                egg = turned(
                    [
                        (0, -size * 1.1),
                        (size * 0.6, -size * 0.92),
                        (size, -size * 0.15),
                        (size * 0.8, size * 0.72),
                        (size * 0.36, size * 1.22),
                        (0, size * 1.34),
                    ],
                    paint,
                    0.3,
                    fine=(40, 52),
                )
                x, z = (column - (columns - 1) / 2) * step, (row - (rows - 1) / 2) * step
                cup = turned(
                    [(size * 1.12, size * 0.4), (size * 1.02, size * 0.86), (size * 1.06, size * 0.92)],
                    box_colour,
                    0.05,
                    fine=(14, 36),
                ).moved(x, 0, z)
                found += [
                    egg.turned("z", rng.uniform(-8, 8)).turned("x", rng.uniform(-8, 8)).moved(x, size * 1.25, z),
                    cup,
                ]
        return [each.turned("y", -14) for each in (base, *found)]

    return make
