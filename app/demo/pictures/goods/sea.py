"""Crustaceans, shellfish and seaweed."""

from math import pi
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import ball, leaf, tube, turned
from app.demo.pictures.mesh import Array, Mesh, sheet


def shrimp(
    shell: Colour, band: Colour, *, curl: float = 3.6, size: float = 0.5, legs: bool = True, tail: Colour | None = None
) -> Make:
    """A shrimp, curled."""

    def make(rng: Random) -> list[Mesh]:
        t = np.linspace(0, 1, 12)
        angle = curl * t - 0.4
        reach = size * (1 - 0.2 * t)
        spine = [(float(-r * np.cos(a)), 0.14, float(r * np.sin(a))) for r, a in zip(reach, angle, strict=True)]
        paint = lambda p: mix(shell, band, ramp(np.sin(np.arctan2(p[..., 2], -p[..., 0]) * 14), 0.35, 0.9) * 0.75)
        body = tube(
            spine,
            (0.03, 0.13, 0.15, 0.15, 0.13, 0.1, 0.06),
            paint,
            0.65,
            bulge=lambda a, s: 1 + 0.06 * np.abs(np.sin(s * 26)),
            fine=(90, 30),
        )
        parts = [body]
        end, colour = spine[-1], tail or band
        for way in (-30, 0, 30):
            fan = leaf((0.24, 0.12), colour, 0.5, curl=0.1, fold=0.1, tip=1.4)
            parts.append(fan.turned("y", np.degrees(curl) - 120 + way).moved(*end))
        if legs:
            x, y, z = spine[0]
            parts += [
                tube(
                    [(x, y, z), (x - 0.2, y + 0.25, z - 0.3 * way), (x + 0.4, y + 0.3, z - 0.8 - 0.2 * way)],
                    (0.012, 0.01, 0.006),
                    band,
                    fine=(24, 6),
                )
                for way in (-0.3, 0.6)
            ]
            parts.append(ball(0.035, "#161214", 0.9, fine=(10, 12)).moved(x + 0.03, y + 0.1, z + 0.06))
            for number in range(2, 8):
                x, y, z = spine[number]
                parts.append(
                    tube([(x * 0.9, y - 0.08, z * 0.9), (x * 0.6, 0.03, z * 0.6)], (0.022, 0.012), shell, fine=(8, 8))
                )
        return parts

    return make


def crab(shell: Colour, dark: Colour, *, legs_colour: Colour | None = None) -> Make:
    """A crab from above."""

    def make(rng: Random) -> list[Mesh]:
        limb = legs_colour or shell
        paint = lambda p: mix(shell, dark, ramp(noise(p, 5, "crab") + p[..., 1], 0.0, 0.6) * 0.7)
        body = (
            ball(
                0.5,
                paint,
                0.5,
                squash=0.42,
                rough=lambda p: 0.05 * noise(p, 3) + 0.1 * (np.abs(p[..., 0]) ** 8),
                fine=(50, 80),
            )
            .scaled(1.45, 1, 0.92)
            .moved(0, 0.32)
        )
        parts = [body]
        for side in (-1, 1):
            for number, turn in enumerate((-40, -15, 12, 40)):
                leg = tube(
                    [(0.5, 0.3, 0), (0.85, 0.42, 0), (1.12, 0.3, 0.05), (1.25, 0.05, 0.08)],
                    (0.09, 0.075, 0.05, 0.015),
                    limb,
                    0.45,
                    fine=(30, 14),
                )
                parts.append(leg.turned("y", turn + (0 if side > 0 else 180)))
                del number
            arm = tube(
                [(0.5, 0.3, 0.3), (0.82, 0.36, 0.6), (0.66, 0.34, 0.92)], (0.1, 0.13, 0.13), limb, 0.5, fine=(30, 20)
            )
            claw = [
                tube(
                    [(0.66, 0.34, 0.88), (0.5, 0.36, 1.1), (0.26, 0.34, 1.18)],
                    (0.16, 0.13, 0.02),
                    limb,
                    0.5,
                    fine=(26, 20),
                ),
                tube(
                    [(0.6, 0.34, 1.0), (0.44, 0.34, 1.24), (0.24, 0.34, 1.24)],
                    (0.08, 0.075, 0.015),
                    dark,
                    0.5,
                    fine=(26, 16),
                ),
            ]
            parts += [each.scaled(side, 1, 1) if side > 0 else _mirrored(each) for each in (arm, *claw)]
            parts.append(ball(0.05, "#16120f", 0.9, fine=(12, 14)).moved(side * 0.18, 0.42, 0.44))
        return parts

    return make


def _mirrored(mesh: Mesh) -> Mesh:
    flip = np.array((-1, 1, 1), np.float32)
    return Mesh(mesh.points * flip, mesh.normals * flip, mesh.colours, mesh.gloss, mesh.faces)


def crayfish(rng: Random) -> list[Mesh]:
    """A crayfish with its claws forward."""
    red, dark = "#c9281f", "#7d1512"
    paint = lambda p: mix(red, dark, ramp(noise(p, 4), -0.1, 1) * 0.7)
    parts = [
        tube(
            [(0, 0.2, 0.5), (0, 0.24, 0.2), (0, 0.22, -0.2), (0, 0.16, -0.7)],
            (0.06, 0.2, 0.2, 0.14),
            paint,
            0.65,
            bulge=lambda a, s: 1 + 0.07 * np.abs(np.sin(s * 22)) * (s > 0.45),
            fine=(80, 36),
        )
    ]
    for way in (-34, -12, 12, 34):
        parts.append(
            leaf((0.34, 0.16), paint, 0.5, curl=0.3, fold=0.1, tip=1.4).turned("y", 180 + way).moved(0, 0.16, -0.66)
        )
    for side in (-1, 1):
        parts.append(
            tube(
                [(side * 0.12, 0.18, 0.4), (side * 0.42, 0.2, 0.62), (side * 0.36, 0.2, 0.86)],
                (0.05, 0.06, 0.08),
                paint,
                0.6,
                fine=(26, 14),
            )
        )
        parts.append(
            tube(
                [(side * 0.36, 0.2, 0.82), (side * 0.4, 0.22, 1.1), (side * 0.22, 0.2, 1.38)],
                (0.09, 0.14, 0.015),
                paint,
                0.6,
                flat=0.7,
                fine=(30, 18),
            )
        )
        parts.append(
            tube(
                [(side * 0.05, 0.25, 0.5), (side * 0.3, 0.5, 0.9), (side * 0.8, 0.4, 1.1)],
                (0.014, 0.01, 0.006),
                dark,
                fine=(24, 6),
            )
        )
        for number in range(4):
            z = 0.3 - number * 0.14
            parts.append(
                tube(
                    [(side * 0.15, 0.16, z), (side * 0.42, 0.22, z + 0.04), (side * 0.56, 0.02, z)],
                    (0.03, 0.024, 0.01),
                    paint,
                    0.5,
                    fine=(16, 8),
                )
            )
        parts.append(ball(0.035, "#161214", 0.9, fine=(10, 12)).moved(side * 0.08, 0.3, 0.52))
    return parts


def fan_shell(outer: Colour, rib: Colour, *, ridges: int = 18, meat: tuple[Colour, Colour] | None = None) -> Make:
    """A scallop's shell, with its meat if told."""

    def half(lift: float) -> Mesh:
        t = np.linspace(0, 1, 60, dtype=np.float32)[:, None]
        s = np.linspace(-1, 1, 130, dtype=np.float32)[None, :]
        angle = s * 1.25 * (0.7 + 0.3 * t)
        reach = 1.0 * t * (1 - 0.08 * s**2) * (1 + 0.012 * np.cos(s * ridges * pi) * t)
        high = lift * np.sin(pi * np.clip(t * 0.9 + 0.06, 0, 1)) * np.cos(s * 1.3) + 0.022 * np.cos(s * ridges * pi) * t
        points = np.stack([reach * np.sin(angle), high, reach * np.cos(angle) - 0.5], -1)
        colours = mix(
            outer, rib, ramp(np.cos(s * ridges * pi) + 0 * t, -0.2, 0.9) * (0.4 + 0.5 * ramp(np.sin(t * 20), 0, 1))
        )
        return sheet(points, colours, 0.4)

    def make(rng: Random) -> list[Mesh]:
        if meat is None:
            return [half(0.34).turned("x", rng.uniform(4, 12)).moved(0, 0.06, 0)]
        body = turned([(0, 0), (0.26, 0.0), (0.3, 0.1), (0.27, 0.22), (0, 0.24)], meat[0], 0.6, fine=(36, 48)).moved(
            0, 0.02, -0.02
        )
        roe = tube(
            [(-0.34, 0.1, 0.05), (-0.2, 0.12, 0.36), (0.15, 0.12, 0.4), (0.36, 0.1, 0.16)],
            (0.03, 0.1, 0.1, 0.02),
            meat[1],
            0.6,
        )
        return [half(-0.2).moved(0, 0.2, 0), body, roe]

    return make


def clam(shell: Colour, pattern: Colour) -> Make:
    """A closed clam."""

    def make(rng: Random) -> list[Mesh]:
        seed = str(rng.random())

        def paint(points: Array) -> Array:
            rings = ramp(np.sin(np.hypot(points[..., 0], points[..., 2] + 0.3) * 46), 0.2, 1) * 0.3
            return mix(mix(shell, pattern, ramp(noise(points, 5, seed), 0.0, 0.35) * 0.8), "#5b4a3a", rings)

        body = ball(0.4, paint, 0.45, squash=0.56, fine=(40, 56)).scaled(1.2, 1, 0.95)
        return [body.turned("x", rng.uniform(-25, 25)).moved(0, 0.24, 0)]

    return make


def oyster(rng: Random) -> list[Mesh]:
    """An oyster on its half shell."""
    rough = lambda a, s: 1 + 0.12 * np.sin(a * 3 + 1) + 0.05 * np.sin(a * 11) * s
    shell = turned(
        [(0, 0), (0.3, 0.02), (0.55, 0.16), (0.6, 0.2), (0.56, 0.2), (0.4, 0.1), (0, 0.06)],
        lambda p: mix("#f4f1ee", "#8d8379", ramp(np.hypot(p[..., 0], p[..., 2]) + noise(p, 5) * 0.06, 0.5, 0.6)),
        0.5,
        bulge=rough,
        fine=(50, 90),
    ).scaled(1.25, 1, 0.85)
    meat = (
        ball(
            0.36,
            lambda p: mix("#e9dfcc", "#6d6a5f", ramp(np.hypot(p[..., 0], p[..., 2]) + noise(p, 4) * 0.1, 0.24, 0.38)),
            0.85,
            squash=0.36,
            rough=lambda p: 0.12 * noise(p, 2.4),
            fine=(40, 56),
        )
        .scaled(1.2, 1, 0.85)
        .moved(0.02, 0.16, 0)
    )
    turn = rng.uniform(-30, 30)
    return [each.turned("y", turn) for each in (shell, meat)]


def snail(rng: Random) -> list[Mesh]:
    """A river snail: a coiled shell."""
    t = np.linspace(0, 1, 14)
    spine = [
        (float(0.3 * (1 - a) * np.cos(a * 15)), float(0.2 + 0.62 * a), float(0.3 * (1 - a) * np.sin(a * 15))) for a in t
    ]
    paint = lambda p: mix("#6a5a34", "#2f2a1c", ramp(noise(p, 4) + p[..., 1] * 0.6, -0.2, 0.7))
    shell = tube(spine, (0.24, 0.22, 0.17, 0.11, 0.05, 0.01), paint, 0.6, fine=(160, 28))
    return [shell.turned("x", 70 + rng.uniform(-20, 20)).turned("y", rng.uniform(0, 360)).moved(0, 0.28, 0)]


def tentacles(rng: Random) -> list[Mesh]:
    """Arms of a squid."""
    found = []
    paint = lambda p: mix("#f6e6e2", "#b4627a", ramp(noise(p, 7) + p[..., 1], 0.1, 0.7) * 0.7)
    for number in range(9):
        turn = number * 40 + rng.uniform(-8, 8)
        spine = [
            (0, 0.34, 0.05),
            (0.0, 0.3, 0.35),
            (0.1, 0.12, 0.7),
            (0.05, 0.09, 1.0),
            (0.22, 0.12, 1.12),
            (0.3, 0.2, 1.0),
        ]
        found.append(
            tube(
                spine,
                (0.12, 0.1, 0.08, 0.055, 0.035, 0.01),
                paint,
                0.65,
                bulge=lambda a, s: 1 + 0.14 * np.maximum(np.sin(s * 90), 0) * (np.sin(a) < 0),
                fine=(90, 18),
            ).turned("y", turn)
        )
    return [*found, ball(0.26, paint, 0.6).moved(0, 0.34, 0)]


def sheets(
    colour: Colour,
    light: Colour,
    *,
    count: int = 7,
    size: tuple[float, float] = (1.5, 0.9),
    ruffle: float = 0.16,
    gloss: float = 0.3,
) -> Make:
    """Sheets of seaweed laid over one another."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            paint = lambda p: mix(colour, light, ramp(noise(p, 4, str(number)), 0.1, 0.9) * 0.6)  # noqa: B023 - used at once
            one = leaf(size, paint, gloss, curl=0.12, fold=0.05, ruffle=ruffle, tip=0.9, fine=(60, 41))
            found.append(
                one.moved(0, 0, -size[0] / 2)
                .turned("y", rng.uniform(0, 360))
                .turned("z", rng.uniform(-9, 9))
                .moved(0, 0.12 + 0.045 * number, 0)
            )
        return found

    return make
