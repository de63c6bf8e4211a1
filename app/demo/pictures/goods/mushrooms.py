"""Mushrooms: caps and stems, and the odd ones."""

from collections.abc import Callable
from math import pi
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make, tumbled
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import Paint, ball, leaf, tube, turned
from app.demo.pictures.mesh import Array, Mesh, sheet

CAPS = {
    "closed": [(0.0, -0.02), (0.2, -0.03), (0.3, 0.0), (0.36, 0.12), (0.32, 0.32), (0.16, 0.45), (0, 0.47)],
    "dome": [(0.0, 0.0), (0.3, -0.04), (0.52, -0.03), (0.56, 0.04), (0.46, 0.22), (0.24, 0.33), (0, 0.36)],
    "wide": [(0.0, 0.04), (0.4, -0.02), (0.66, -0.02), (0.68, 0.03), (0.5, 0.14), (0.22, 0.22), (0, 0.24)],
    "point": [(0.0, 0.0), (0.3, -0.05), (0.5, -0.05), (0.52, 0.0), (0.3, 0.15), (0.1, 0.36), (0, 0.42)],
    "funnel": [
        (0, -0.3),
        (0.12, -0.2),
        (0.36, 0.08),
        (0.62, 0.16),
        (0.64, 0.18),
        (0.4, 0.12),
        (0.1, -0.02),
        (0, -0.06),
    ],
}


def mushroom(
    cap: str,
    top: Paint,
    stem: Paint,
    *,
    tall: float = 0.75,
    thick: float = 0.18,
    foot: float = 1.2,
    gloss: float = 0.25,
    wavy: float = 0.03,
    lying: bool = True,
) -> Make:
    """A mushroom of a known cap on a stem `thick` at its middle and `foot` times that at its foot."""
    profile = CAPS[cap]

    def make(rng: Random) -> list[Mesh]:
        phase = rng.uniform(0, 6)
        waves = lambda a, s: 1 + wavy * np.sin(a * 3 + phase) + wavy * 0.6 * np.sin(a * 5 - phase)
        hat = turned(profile, top, gloss, bulge=waves, fine=(60, 80)).moved(0, tall)
        neck = tall + (0.06 if cap != "funnel" else -0.1)
        leg = turned(
            [
                (0, 0),
                (thick * foot * 0.8, 0.02),
                (thick * foot, 0.14),
                (thick, tall * 0.5),
                (thick * 0.92, neck),
                (0, neck),
            ],
            stem,
            0.2,
            bulge=lambda a, s: 1 + 0.03 * np.sin(a * 4 + phase),
            fine=(50, 48),
        )
        parts = [leg, hat.turned("z", rng.uniform(-6, 6))]
        if not lying or rng.random() < 0.55:
            return [each.turned("z", rng.uniform(-7, 7)) for each in parts]
        turn = rng.uniform(-50, 50)
        return [each.turned("x", 96).moved(0, thick * foot + 0.12, -tall * 0.55).turned("y", turn) for each in parts]

    return make


def scaly(light: Colour, dark: Colour, scale: float = 7) -> Paint:
    """A cap with scales."""
    return lambda p: mix(
        light, dark, ramp(noise(p * np.array((1, 0.6, 1), np.float32), scale, "scale"), -0.1, 0.5) * 0.85
    )


def shaded(middle: Colour, edge: Colour, reach: float = 0.55) -> Paint:
    """A cap darker or lighter at its middle."""
    return lambda p: mix(middle, edge, ramp(np.hypot(p[..., 0], p[..., 2]) + noise(p, 4) * 0.08, 0.1, reach))


def morel(rng: Random) -> list[Mesh]:
    """A morel: pits in a honeycomb."""

    def pits(points: Array) -> Array:
        angle, y = np.arctan2(points[..., 2], points[..., 0]), points[..., 1]
        row = np.floor(y * 4.2)
        return np.asarray(
            -0.22 * np.abs(np.sin(angle * 4 + row * 0.9 + y)) ** 0.7 * np.abs(np.sin(y * 4.2 * pi)) ** 0.7
        )

    paint = lambda p: mix("#5a3d24", "#c29a63", ramp(np.hypot(p[..., 0], p[..., 2]) + noise(p, 6) * 0.02, 0.16, 0.36))
    cap = ball(0.36, paint, 0.15, squash=1.6, rough=pits, fine=(110, 120)).moved(0, 0.86)
    stem = turned(
        [(0, 0), (0.19, 0.02), (0.2, 0.1), (0.16, 0.4), (0, 0.42)],
        "#ead9b8",
        0.2,
        bulge=lambda a, s: 1 + 0.05 * np.cos(a * 6),
    )
    lean = rng.uniform(-16, 16)
    return [each.turned("z", lean) for each in (cap, stem)]


def frill(colour: Colour, dark: Colour, *, blades: int = 26, size: float = 0.7) -> Make:
    """A tuft of frills, as of a cauliflower fungus or a wood ear."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(blades):
            paint = lambda p: mix(dark, colour, ramp(p[..., 2] + noise(p, 5) * 0.1, 0.05, size * 0.9))
            one = leaf(
                (size * rng.uniform(0.6, 1), 0.55),
                paint,
                0.3,
                curl=-0.8,
                fold=-0.15,
                ruffle=0.22,
                tip=1.6,
                fine=(30, 27),
            )
            found.append(
                one.turned("x", rng.uniform(-85, -8)).turned("y", number * 137 + rng.uniform(-20, 20)).moved(0, 0.05, 0)
            )
        return found

    return make


def ear(colour: Colour, inside: Colour) -> Make:
    """A cup of wood ear."""

    def make(rng: Random) -> list[Mesh]:
        phase = rng.uniform(0, 6)
        waves = lambda a, s: 1 + s * (0.16 * np.sin(a * 3 + phase) + 0.09 * np.sin(a * 7 - phase))
        cup = turned(
            [(0, 0), (0.14, 0.02), (0.32, 0.14), (0.42, 0.36), (0.41, 0.37), (0.3, 0.18), (0.1, 0.06), (0, 0.05)],
            lambda p: mix(inside, colour, ramp(np.hypot(p[..., 0], p[..., 2]), 0.1, 0.45)),
            0.6,
            bulge=waves,
            fine=(50, 70),
        )
        return [cup.turned("x", rng.uniform(-5, 60)).turned("y", rng.uniform(0, 360)).moved(0, 0.12, 0)]

    return make


def cluster(cap: Callable[[Random], list[Mesh]], count: int, reach: float) -> Make:
    """Mushrooms grown together from one foot."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            away = reach * ((number + 0.5) / count) ** 0.5
            angle = number * 137.5
            size = rng.uniform(0.7, 1.05)
            found += [
                each.scaled(size)
                .turned("x", away * 38)
                .turned("y", angle)
                .moved(0.25 * away * np.sin(np.radians(angle)), 0, 0.25 * away * np.cos(np.radians(angle)))
                for each in cap(rng)
            ]
        return found

    return make


def thin(cap: Colour, stem: Colour, *, tall: float = 1.2, head: float = 0.075, thick: float = 0.028) -> Make:
    """A slender mushroom with a small head, as of enoki."""

    def make(rng: Random) -> list[Mesh]:
        high = tall * rng.uniform(0.85, 1.08)
        bend = rng.uniform(-0.04, 0.04)
        leg = tube(
            [(0, 0, 0), (bend, high * 0.5, 0), (0, high, 0)], (thick * 1.1, thick, thick), stem, 0.35, fine=(14, 10)
        )
        hat = ball(head, cap, 0.45, squash=0.8, fine=(16, 20)).moved(0, high, 0)
        return [leg, hat]

    return make


def slices(cut: Colour, rind: Colour) -> Make:
    """A dried slice of mushroom in section."""

    def make(rng: Random) -> list[Mesh]:
        t = np.linspace(0, 2 * pi, 70, dtype=np.float32)[None, :]
        r = np.linspace(0, 1, 14, dtype=np.float32)[:, None]
        outline_x = 0.34 * np.sin(t) * np.where(np.cos(t) > -0.1, 1.0, 0.45)
        outline_z = 0.36 * np.cos(t) * np.where(np.cos(t) > -0.1, 0.8, 1.3)
        phase = rng.uniform(0, 6)
        lift = 0.05 * np.sin(3 * t + phase) * r + 0.03 * np.sin(outline_z * 9 + phase)
        points = np.stack([outline_x * r, lift, outline_z * r], -1)
        colours = mix(cut, rind, ramp(r + 0 * t + noise(points, 5) * 0.1, 0.78, 0.98))
        flat = sheet(points, colours, 0.15)
        return [tumbled(flat, rng) if rng.random() < 0.25 else flat.turned("x", rng.uniform(-35, 25))]

    return make


def bamboo_fungus(rng: Random) -> list[Mesh]:
    """A bamboo fungus: white stem, dark cap, a net for a skirt."""
    stem = turned(
        [(0, 0), (0.15, 0.02), (0.15, 0.6), (0.12, 1.3), (0, 1.32)],
        lambda p: mix("#fbf8ee", "#e9e2cd", ramp(noise(p, 9), 0, 1)),
        0.2,
    )
    cap = turned([(0, 1.24), (0.2, 1.2), (0.17, 1.36), (0.08, 1.48), (0, 1.5)], scaly("#8f8a62", "#4c4a30", 9), 0.3)
    strands = []
    for way in (-1, 1):
        for number in range(16):
            start = 2 * pi * number / 16
            spine = [
                (r * np.cos(start + way * t), y, r * np.sin(start + way * t))
                for r, y, t in (
                    (0.16, 1.24, 0),
                    (0.3, 1.12, 0.35),
                    (0.43, 0.88, 0.7),
                    (0.52, 0.6, 1.05),
                    (0.56, 0.36, 1.4),
                )
            ]
            strands.append(tube(spine, (0.02, 0.02, 0.02), "#fdfaf0", 0.2, fine=(24, 8)))
    hem = [(0.56 * np.cos(a), 0.36, 0.56 * np.sin(a)) for a in np.linspace(0, 2 * pi, 26)]
    lean = rng.uniform(-6, 6)
    return [
        each.turned("z", lean) for each in (stem, cap, *strands, tube(hem, (0.026, 0.026), "#fdfaf0", fine=(80, 8)))
    ]
