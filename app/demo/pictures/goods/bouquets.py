"""Flowers in paper, in a vase, in a pot."""

from math import cos, pi, sin
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make, just, round_about
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import Paint, ball, leaf, tube, turned
from app.demo.pictures.goods.flowers import Bloom, petal
from app.demo.pictures.goods.fruit import veined
from app.demo.pictures.mesh import Mesh


def bouquet(
    blooms: tuple[tuple[Bloom, int], ...],
    wrap: Colour,
    ribbon: Colour,
    *,
    filler: Bloom | None = None,
    spread: float = 0.62,
    tall: float = 1.15,
) -> Make:
    """Flowers in paper, tied with a ribbon, standing."""

    def make(rng: Random) -> list[Mesh]:
        heads = [bloom for bloom, count in blooms for _ in range(count)]
        rng.shuffle(heads)
        found: list[Mesh] = []
        for number, bloom in enumerate(heads):
            away = spread * ((number + 0.3) / len(heads)) ** 0.5
            angle = number * 2.399963
            tilt = away * 52
            y = tall + 0.22 * (1 - away / spread)
            for each in bloom(rng):
                found.append(
                    each.turned("y", rng.uniform(0, 360))
                    .turned("z", 0)
                    .turned("x", tilt)
                    .turned("y", np.degrees(pi / 2 - angle))
                    .moved(away * cos(angle), y, away * sin(angle))
                )
        for number in range(8):
            angle = number * 0.785 + 0.4
            blade = leaf((0.5, 0.2), veined("#6fa04a", "#3d7433"), curl=0.5)
            found.append(
                blade.turned("x", -38)
                .turned("y", np.degrees(pi / 2 - angle))
                .moved(spread * 0.75 * cos(angle), tall - 0.08, spread * 0.75 * sin(angle))
            )
        if filler:
            for number in range(5):
                angle = number * 1.257 + 0.6
                found += [
                    each.moved(spread * 0.72 * cos(angle), tall + 0.05, spread * 0.72 * sin(angle))
                    for each in filler(rng)
                ]
        crimp = lambda a, s: 1 + s * (0.09 * np.abs(np.sin(a * 7)) + 0.04 * np.sin(a * 3))
        paper = turned(
            [(0.2, 0.0), (0.13, 0.36), (0.16, 0.44), (spread * 0.9, tall * 0.92), (spread * 1.18, tall * 1.02)],
            lambda p: mix(wrap, "#ffffff", ramp(np.sin(np.arctan2(p[..., 2], p[..., 0]) * 14), 0.2, 1) * 0.25),
            0.2,
            bulge=crimp,
            fine=(60, 150),
        )
        band = turned([(0.165, 0.32), (0.19, 0.36), (0.165, 0.42)], ribbon, 0.5, fine=(16, 50))
        bows = [
            tube(
                [(0, 0.38, 0.16), (side * 0.2, 0.48, 0.24), (side * 0.3, 0.38, 0.24), (side * 0.06, 0.36, 0.18)],
                (0.03, 0.05, 0.05, 0.03),
                ribbon,
                0.5,
                flat=0.4,
            )
            for side in (-1, 1)
        ]
        ends = [
            tube(
                [(0, 0.37, 0.17), (side * 0.12, 0.2, 0.26), (side * 0.2, 0.02, 0.3)],
                (0.03, 0.035, 0.03),
                ribbon,
                0.5,
                flat=0.3,
            )
            for side in (-1, 1)
        ]
        return [*found, paper, band, *bows, *ends]

    return make


def stems(
    bloom: Bloom,
    *,
    count: int = 3,
    tall: float = 1.2,
    leaf_size: tuple[float, float] = (0.4, 0.2),
    vase: Colour = "#e8eef0",
) -> Make:
    """A few stems in a vase."""

    def make(rng: Random) -> list[Mesh]:
        found = [
            turned(
                [(0, 0), (0.24, 0.0), (0.3, 0.12), (0.26, 0.45), (0.17, 0.62), (0.21, 0.72), (0.19, 0.72), (0.14, 0.6)],
                vase,
                0.6,
                fine=(60, 70),
            )
        ]
        for number in range(count):
            angle = 2.1 * number + 0.9
            away = 0.42 if count > 1 else 0.06
            top = (away * cos(angle), tall + (0.18 if number == 1 else 0), away * sin(angle) * 0.7)
            found.append(
                tube(
                    [(0, 0.3, 0), (top[0] * 0.3, 0.75, top[2] * 0.3), top],
                    (0.026, 0.022, 0.022),
                    "#5f8f3e",
                    fine=(24, 8),
                )
            )
            for each in bloom(rng):
                found.append(
                    each.turned("y", rng.uniform(0, 360)).turned("x", 38).turned("z", -20 * cos(angle)).moved(*top)
                )
            blade = leaf(leaf_size, veined("#6fa04a", "#3d7433"), curl=0.5)
            for side in (40, 220):
                found.append(
                    blade.turned("x", -30).turned("y", side + number * 70).moved(top[0] * 0.45, 0.85, top[2] * 0.45)
                )
        return found

    return make


def flower_pot(colour: Colour, radius: float = 0.5, high: float = 0.5) -> list[Mesh]:
    """A pot with earth."""
    body = turned(
        [
            (0, 0),
            (0.7 * radius, 0),
            (0.74 * radius, 0.02),
            (0.95 * radius, 0.8 * high),
            (1.05 * radius, 0.82 * high),
            (1.06 * radius, high),
            (0.96 * radius, high),
            (0.94 * radius, 0.86 * high),
        ],
        colour,
        0.3,
        fine=(60, 80),
    )
    earth = turned(
        [(0, high * 0.9), (0.95 * radius, high * 0.88)],
        lambda p: mix("#5c4030", "#37251a", ramp(noise(p, 12), -0.4, 0.5)),
        0.05,
        fine=(16, 60),
    )
    return [body, earth]


def succulents(rng: Random) -> list[Mesh]:
    """Rosettes of succulents in a bowl."""
    found = flower_pot("#d98f6a", 0.85, 0.42)
    tints = (
        ("#8fc49a", "#e58fa0"),
        ("#a9c7b8", "#cfa8d6"),
        ("#86b56e", "#d9e08a"),
        ("#9fb8c9", "#e9b7a0"),
        ("#77a35f", "#c95f62"),
    )
    for (inner, outer), (x, z, size) in zip(
        tints,
        ((-0.34, 0.2, 0.5), (0.36, 0.24, 0.46), (0, -0.3, 0.5), (-0.5, -0.28, 0.34), (0.52, -0.26, 0.34)),
        strict=True,
    ):
        for ring in range(4):
            one = leaf(
                (size * (0.45 + 0.2 * ring), size * 0.34),
                _towards(inner, outer),
                0.35,
                curl=-0.4,
                fold=0.55,
                tip=1.4,
                fine=(18, 13),
            )
            found += [
                each.turned("y", ring * 33).moved(x, 0.44, z)
                for each in round_about(just(one), 5 + ring, 0.02, rng, lean=-70 + ring * 18)
            ]
    return found


def orchid(rng: Random) -> list[Mesh]:
    """A moth orchid with two arching stems."""
    found = flower_pot("#f1f0ec", 0.4, 0.5)
    for turn in (20, 100, 180, 260, 330):
        found.append(
            leaf((0.75, 0.3), veined("#6c9c4c", "#35682f"), 0.45, curl=0.8, fold=0.25, tip=1.1)
            .turned("x", -32)
            .turned("y", turn)
            .moved(0, 0.46, 0)
        )
    for side in (-1, 1):
        spine = [
            (0, 0.45, 0),
            (side * 0.1, 1.1, 0),
            (side * 0.4, 1.62, 0.1),
            (side * 0.85, 1.7, 0.22),
            (side * 1.15, 1.5, 0.3),
        ]
        found.append(tube(spine, (0.03, 0.026, 0.022, 0.018, 0.012), "#7c9a4f", fine=(50, 8)))
        for number in range(5):
            share = number / 4
            at = (
                side * (0.34 + 0.72 * share),
                1.6 - 0.18 * share**2 + (0.05 if number % 2 else -0.05),
                0.14 + 0.18 * share,
            )
            size = 1 - 0.35 * share
            for lean in (0, 72, 144, 216, 288):
                one = petal((0.24 * size, 0.22 * size), "#f7d9ea", "#d877b4", curl=0.2, cup=0.1, tip=1.2)
                found.append(one.turned("y", 90).turned("z", lean + 90).turned("y", -90 + side * 8).moved(*at))
            found.append(ball(0.05 * size, "#a8326f", 0.4, fine=(12, 14)).moved(at[0], at[1], at[2] + 0.05))
    return found


def _towards(inner: Colour, outer: Colour) -> Paint:
    return lambda p: mix(inner, outer, ramp(np.linalg.norm(p, axis=-1), 0.2, 0.5))
