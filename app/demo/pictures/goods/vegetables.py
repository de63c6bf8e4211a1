"""Vegetables that are no leaves: fruiting ones, roots, pods and sprouts."""

from math import pi
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make, round_about
from app.demo.pictures.colour import Colour, mix, noise, ramp, specks
from app.demo.pictures.forms import Paint, ball, leaf, tube, turned
from app.demo.pictures.goods.fruit import veined
from app.demo.pictures.mesh import Array, Mesh


def tomato(red: Colour, shoulder: Colour) -> Make:
    """A ripe tomato with its star of green."""

    def make(rng: Random) -> list[Mesh]:
        paint = lambda p: mix(red, shoulder, ramp(p[..., 1] + noise(p, 3) * 0.12, 0.5, 0.85) * 0.6)
        body = turned(
            [(0, 0.05), (0.25, 0.0), (0.5, 0.2), (0.54, 0.42), (0.42, 0.68), (0.2, 0.76), (0.06, 0.72), (0, 0.66)],
            paint,
            0.65,
            bulge=lambda a, s: 1 + 0.02 * np.cos(a * 5) * np.sin(s * pi),
        )
        star = round_about(lambda r: [leaf((0.3, 0.08), "#4d8a35", curl=0.7, fold=0.1)], 6, 0.02, rng, lean=-8, y=0.73)
        stem = tube([(0, 0.7, 0), (0.02, 0.84, 0), (0.08, 0.92, 0)], (0.03, 0.026, 0.034), "#5c8c3a")
        return [body, *star, stem]

    return make


def long_fruit(
    spine: list[tuple[float, float, float]],
    radii: tuple[float, ...],
    skin: Paint,
    gloss: float = 0.5,
    *,
    cap: Colour | None = "#4f7d36",
    ridges: tuple[int, float] = (0, 0.0),
    warts: float = 0,
) -> Make:
    """Something long that lies: aubergine, cucumber, chilli, gourd."""

    def bulge(angle: Array, share: Array) -> Array:
        rib = ridges[1] * np.cos(angle * ridges[0])
        grain = warts * np.maximum(np.sin(angle * 8 + share * 40) * np.sin(share * 88 + np.cos(angle * 3)), 0)
        return np.asarray(1 + rib + grain, np.float32)

    body = tube(spine, radii, skin, gloss, bulge=bulge, fine=(110, 56))
    parts = [body]
    if cap:
        (x, y, z), wide = spine[0], radii[0]
        (x2, y2, z2) = spine[1]
        back = (x - (x2 - x) * 0.35, y - (y2 - y) * 0.2 + 0.02, z - (z2 - z) * 0.35)
        parts.append(
            tube(
                [(x + (x2 - x) * 0.16, y, z), (x, y, z), back, (back[0] * 1.08, back[1] + 0.06, back[2])],
                (wide * 1.35 + 0.02, wide * 0.9 + 0.02, 0.04, 0.045),
                cap,
                0.3,
                fine=(24, 24),
            )
        )
    return lambda rng: [each.turned("x", rng.uniform(-12, 12)) for each in parts]


def bell_pepper(colour: Colour, dark: Colour) -> Make:
    """A bell pepper."""
    body = turned(
        [(0, 0.06), (0.2, 0.0), (0.38, 0.12), (0.46, 0.5), (0.44, 0.82), (0.26, 0.95), (0.08, 0.88), (0, 0.84)],
        lambda p: mix(colour, dark, ramp(noise(p, 2.5), 0, 1) * 0.5),
        0.7,
        bulge=lambda a, s: 1 + 0.07 * np.cos(a * 4) * np.clip(s * 3, 0, 1),
    )
    stem = tube([(0, 0.84, 0), (0.02, 1.0, 0), (0.1, 1.12, 0.02)], (0.07, 0.045, 0.05), "#4f8a34", 0.3)
    return lambda rng: [each.turned("z", rng.uniform(-10, 10)) for each in (body, stem)]


def pumpkin(skin: Colour, groove: Colour) -> Make:
    """A ribbed pumpkin."""
    ribs = lambda a, s: 1 + 0.07 * np.abs(np.cos(a * 5)) ** 0.6 - 0.05

    def paint(points: Array) -> Array:
        return mix(
            groove,
            skin,
            ramp(np.abs(np.cos(np.arctan2(points[..., 2], points[..., 0]) * 5)) + noise(points, 5) * 0.2, 0.05, 0.6),
        )

    body = turned(
        [(0, 0.06), (0.3, 0.0), (0.62, 0.2), (0.68, 0.4), (0.52, 0.66), (0.2, 0.74), (0.05, 0.68), (0, 0.64)],
        paint,
        0.35,
        bulge=ribs,
        fine=(70, 150),
    )
    stem = tube(
        [(0, 0.62, 0), (0.02, 0.82, 0), (0.14, 0.98, 0.03)],
        (0.12, 0.06, 0.08),
        "#8b7a45",
        0.15,
        bulge=lambda a, s: 1 + 0.12 * np.cos(a * 5),
    )
    return lambda _: [body, stem]


def tuber(skin: Colour, spot: Colour, *, long: float = 1.25, rough: float = 0.05, gloss: float = 0.2) -> Make:
    """A potato, a taro, a sweet potato: lumpy and lying."""

    def make(rng: Random) -> list[Mesh]:
        seed = str(rng.random())
        paint = lambda p: mix(
            mix(skin, spot, ramp(noise(p, 3.5, seed), -0.2, 1) * 0.6), spot, specks(p, 17, 0.05, seed)
        )
        body = ball(
            0.4,
            paint,
            gloss,
            squash=0.84,
            rough=lambda p: rough * 2.2 * noise(p, 0.9, seed) + rough * 0.25 * noise(p, 4, seed),
            fine=(60, 84),
        )
        return [body.scaled(long, 1, 1).moved(0, 0.34)]

    return make


def ginger(rng: Random) -> list[Mesh]:
    """A hand of ginger."""
    paint = lambda p: mix("#e0b879", "#b88a4c", ramp(np.sin(p[..., 0] * 34 + noise(p, 4) * 3), 0.3, 1) * 0.8)
    spines = [
        [(-0.7, 0.2, 0), (-0.2, 0.22, 0.06), (0.3, 0.2, 0), (0.7, 0.24, -0.1)],
        [(-0.2, 0.2, 0), (-0.35, 0.34, -0.4), (-0.4, 0.4, -0.6)],
        [(0.2, 0.2, 0), (0.3, 0.3, 0.36), (0.25, 0.3, 0.6)],
        [(0.45, 0.22, 0), (0.5, 0.5, -0.1), (0.6, 0.66, -0.15)],
        [(-0.5, 0.2, 0), (-0.6, 0.3, 0.35)],
    ]
    return [
        tube(each, (0.16, 0.21, 0.17, 0.1), paint, 0.2, bulge=lambda a, s: 1 + 0.06 * np.cos(s * 20), fine=(60, 32))
        for each in spines
    ]


def taproot(
    skin: Colour,
    ring: Colour,
    *,
    long: float = 1.7,
    thick: float = 0.24,
    taper: float = 0.12,
    green: bool = True,
    gloss: float = 0.35,
) -> Make:
    """A carrot or a radish with a tuft of leaves."""

    def make(rng: Random) -> list[Mesh]:
        paint = lambda p: mix(skin, ring, ramp(np.sin(p[..., 0] * 46 + noise(p, 3) * 4), 0.86, 1) * 0.6)
        half = long / 2
        root = tube(
            [
                (-half, thick, 0),
                (-half * 0.9, thick, 0),
                (0, thick, 0),
                (half * 0.8, thick * 0.8, 0),
                (half, thick * 0.6, 0),
            ],
            (thick * 0.45, thick, thick * 0.92, taper, 0.012),
            paint,
            gloss,
            fine=(70, 40),
        )
        tuft = []
        if green:
            for _ in range(7):
                spine = [
                    (-half, thick, 0),
                    (-half - 0.25, thick + rng.uniform(0, 0.2), rng.uniform(-0.14, 0.14)),
                    (-half - 0.5, thick + rng.uniform(-0.05, 0.3), rng.uniform(-0.34, 0.34)),
                ]
                tuft.append(tube(spine, (0.03, 0.022, 0.015), "#6da342", fine=(16, 8)))
                blade = leaf((0.3, 0.15), veined("#77b04a", "#3f7f31"), curl=0.4, ruffle=0.1)
                tuft.append(blade.turned("y", -90 + rng.uniform(-40, 40)).moved(*spine[2]))
        return [root, *tuft]

    return make


def lotus_root(rng: Random) -> list[Mesh]:
    """A lotus root, and a slice with its holes."""
    paint = lambda p: mix("#ecd9b8", "#c9a97c", ramp(noise(p, 4), -0.2, 1))
    body = tube(
        [(-1.0, 0.3, -0.25), (-0.5, 0.3, -0.25), (0.1, 0.3, -0.25), (0.6, 0.3, -0.25), (1.1, 0.3, -0.25)],
        (0.2, 0.33, 0.18, 0.33, 0.16),
        paint,
        0.3,
        fine=(90, 48),
    )
    return [body, *(each.moved(rng.uniform(-0.1, 0.1), 0, 0.52) for each in lotus_slice(0.34))]


def lotus_slice(radius: float) -> list[Mesh]:
    """A slice of lotus root leaning back."""

    def face(points: Array) -> Array:
        angle, away = np.arctan2(points[..., 2], points[..., 0]), np.hypot(points[..., 0], points[..., 2]) / radius
        step = 2 * pi / 9
        local = (angle + pi) % step - step / 2
        hole = np.hypot(away * np.sin(local), away * np.cos(local) - 0.6)
        dark = ramp(-hole, -0.15, -0.11) + ramp(-np.abs(away), -0.13, -0.1)
        return mix(mix("#faf1e0", "#e3cba4", ramp(away, 0.93, 1)), "#8d6a48", dark)

    disc = turned(
        [(0, -0.06), (radius, -0.06), (radius, -0.06), (radius, 0.06), (radius, 0.06), (0, 0.06)],
        face,
        0.4,
        fine=(120, 150),
    )
    return [disc.turned("x", 62).moved(0, radius * 0.92, 0)]


def pod(
    colour: Paint, *, long: float = 1.3, thick: float = 0.06, beans: int = 8, bumpy: float = 0.14, flat: float = 0.7
) -> Make:
    """A bean pod lying."""

    def make(rng: Random) -> list[Mesh]:
        bend = rng.uniform(-0.18, 0.18)
        spine = [(-long / 2, 0.07, 0), (-long / 4, 0.07, bend), (long / 4, 0.07, bend), (long / 2, 0.07, 0)]
        return [
            tube(
                spine,
                (0.012, thick, thick, 0.01),
                colour,
                0.35,
                flat=flat,
                bulge=lambda a, s: 1 + bumpy * np.cos(s * beans * 2 * pi),
                fine=(80, 20),
            )
        ]

    return make


def sprouts(head_colour: Colour, *, size: float = 0.055) -> Make:
    """A heap of bean sprouts."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(90):
            bend = rng.uniform(-0.2, 0.2)
            spine = [(-0.45, 0, 0), (-0.1, bend * 0.6, bend), (0.25, -bend * 0.3, bend), (0.4, 0.05, bend * 0.4)]
            body = tube(spine, (0.008, 0.032, 0.036, 0.024), "#f6f3e6", 0.55, fine=(18, 10))
            bean = ball(size, head_colour, 0.4, squash=0.75, fine=(12, 16)).moved(0.42, 0.06, bend * 0.4)
            y = 0.1 + 0.5 * (1 - (number / 90)) ** 1.5 * rng.random()
            away = 0.62 * (number / 90) ** 0.6
            turn, tilt, at = rng.uniform(0, 360), rng.uniform(-22, 22), rng.uniform(0, 6.283)
            found += [
                each.turned("z", tilt).turned("y", turn).moved(away * np.cos(at), y, away * np.sin(at))
                for each in (body, bean)
            ]
        return found

    return make


def shoots(colour: Paint, tip_colour: Colour, *, count: int = 8, long: float = 1.6, thick: float = 0.1) -> Make:
    """Straight shoots side by side: water-grass shoots, asparagus lettuce, yam."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            row, column = divmod(number, 5)
            z, y = (column - 2) * thick * 2.05 + row * thick, thick + row * thick * 1.7
            slide = rng.uniform(-0.1, 0.1)
            paint = (
                (lambda p: mix(colour, tip_colour, ramp(p[..., 0], long * 0.3, long * 0.5)))
                if isinstance(colour, str)
                else colour
            )
            spine = [(-long / 2 + slide, y, z), (0, y, z), (long * 0.35, y, z), (long / 2 + slide, y, z)]
            found.append(tube(spine, (thick, thick, thick * 0.8, 0.01), paint, 0.4, fine=(50, 24)))
        return found

    return make


def peas(colour: Colour, dark: Colour, *, size: float = 0.13, flat: float = 1.0) -> Make:
    """One shelled pea or broad bean."""
    one = ball(size, lambda p: mix(colour, dark, ramp(noise(p, 8), 0, 1) * 0.5), 0.45, squash=flat, fine=(18, 26))
    return lambda _: [one]


def potato_half(skin: Colour, flesh: Colour) -> Make:
    """A tuber cut across, its face towards the viewer."""

    def make(_: Random) -> list[Mesh]:
        def paint(points: Array) -> Array:
            face = mix(flesh, "#ffffff", ramp(noise(points, 9), 0.1, 1) * 0.25)
            rim = mix(face, skin, ramp(np.hypot(points[..., 0], points[..., 2]), 0.33, 0.36))
            return mix(skin, rim, ramp(points[..., 1], 0.08, 0.09))

        body = turned(
            [(0, -0.5), (0.2, -0.45), (0.36, -0.1), (0.38, 0.1), (0.38, 0.1), (0.2, 0.1), (0, 0.1)],
            paint,
            0.25,
            fine=(110, 70),
        )
        return [body.turned("x", 66).moved(0, 0.36, 0)]

    return make


taro_half = potato_half("#8a6548", "#efe6ee")
"""A taro cut through."""
