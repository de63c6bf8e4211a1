"""Blocks, slices, sheets and sticks: tofu, cheese, butter, rice cakes, noodles."""

from random import Random

import numpy as np

from app.demo.pictures.arrange import Make
from app.demo.pictures.colour import Colour, mix, noise, ramp, specks
from app.demo.pictures.forms import Bulge, Paint, ball, box, tube, turned
from app.demo.pictures.mesh import Array, Mesh, sheet


def crust(inside: Colour, outside: Colour, size: float) -> Paint:
    """Pale inside, browned towards edges and corners."""
    return lambda p: mix(inside, outside, ramp(np.max(np.abs(p), axis=-1) / size * 2 + noise(p, 5) * 0.35, 0.72, 1.1))


def speckled(ground: Colour, spot: Colour, *, scale: float = 16, share: float = 0.06) -> Paint:
    """A ground with small spots."""
    return lambda p: mix(ground, spot, specks(p, scale, share, "s"))


def stack(
    size: tuple[float, float, float],
    paint: Paint,
    *,
    rows: int = 2,
    columns: int = 3,
    layers: int = 2,
    gap: float = 1.06,
    rounding: float = 0.04,
    gloss: float = 0.35,
) -> Make:
    """Blocks side by side and on one another, a little out of line."""

    def make(rng: Random) -> list[Mesh]:
        one = box(size, rounding, paint, gloss, fine=26)
        found = []
        for layer in range(layers):
            for row in range(rows - (layer if rows > layers else 0)):
                for column in range(columns - layer):
                    x = (column - (columns - layer - 1) / 2) * size[0] * gap
                    z = (row - (rows - 1) / 2) * size[2] * gap
                    found.append(one.turned("y", rng.uniform(-5, 5)).moved(x, size[1] * (layer + 0.5), z))
        return [each.turned("y", -20) for each in found]

    return make


def block(
    size: tuple[float, float, float],
    paint: Paint,
    *,
    rounding: float = 0.06,
    gloss: float = 0.35,
    slices: int = 0,
    slice_paint: Paint | None = None,
) -> Make:
    """One block, and slices cut from it lying before it."""

    def make(rng: Random) -> list[Mesh]:
        found = [box(size, rounding, paint, gloss, fine=50).moved(-0.15, size[1] / 2, -0.1)]
        for number in range(slices):
            one = box((0.07, size[1] * 0.98, size[2] * 0.98), 0.025, slice_paint or paint, gloss, fine=36)
            found.append(
                one.turned("z", -28 - 12 * number + rng.uniform(-3, 3)).moved(
                    size[0] / 2 + 0.12 + 0.2 * number, size[1] * 0.42 - 0.05 * number, -0.1
                )
            )
        return [each.turned("y", -26) for each in found]

    return make


def scroll(paint: Paint, *, long: float = 1.3, thick: float = 0.2, turns: float = 2.5, gloss: float = 0.3) -> Make:
    """A sheet rolled up."""

    def make(rng: Random) -> list[Mesh]:
        turn = np.linspace(0, 2 * np.pi * turns, 110, dtype=np.float32)[None, :]
        along = np.linspace(-long / 2, long / 2, 30, dtype=np.float32)[:, None]
        radius = thick * (0.3 + 0.7 * turn / turn.max()) + 0.012 * np.sin(turn * 2 + along * 5)
        points = np.stack([along + 0.02 * np.sin(turn * 3), radius * np.sin(turn), radius * np.cos(turn)], -1)
        colours = paint(points) if callable(paint) else mix(paint, paint, 0 * points[..., 0])
        return [sheet(points, colours, gloss).moved(0, thick, 0).turned("y", rng.uniform(-10, 10))]

    return make


def sheets_folded(
    paint: Paint, *, count: int = 6, size: tuple[float, float] = (1.7, 1.1), gap: float = 0.07, wave: float = 0.03
) -> Make:
    """Thin sheets in a pile."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            u = np.linspace(-0.5, 0.5, 60, dtype=np.float32)[:, None]
            v = np.linspace(-0.5, 0.5, 60, dtype=np.float32)[None, :]
            phase = rng.uniform(0, 6)
            y = wave * (np.sin(u * 9 + phase) + np.sin(v * 11 - phase)) + 0.05 + gap * number
            points = np.stack([u * size[0] + 0 * v, y, v * size[1] + 0 * u], -1)
            colours = paint(points) if callable(paint) else mix(paint, paint, 0 * points[..., 0])
            found.append(sheet(points, colours, 0.3).turned("y", rng.uniform(-9, 9)))
        return found

    return make


def sticks(
    paint: Paint, *, count: int = 11, long: float = 1.7, thick: float = 0.09, wrinkle: float = 0.12, flat: float = 0.7
) -> Make:
    """Sticks laid over one another: yuba, dried noodles."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            row, column = divmod(number, 5)
            z, y = (column - 2) * thick * 2.2 + row * 0.05, thick + row * thick * 1.5
            spine = [(-long / 2, y, z), (0, y + 0.02, z + rng.uniform(-0.03, 0.03)), (long / 2, y, z)]
            one = tube(
                spine,
                (thick * 0.9, thick, thick * 0.85),
                paint,
                0.3,
                flat=flat,
                bulge=_wrinkled(wrinkle, rng.uniform(0, 6)),
                fine=(70, 18),
            )
            found.append(one.turned("y", rng.uniform(-8, 8)))
        return found

    return make


def _wrinkled(depth: float, phase: float) -> Bulge:
    return lambda angle, share: 1 + depth * np.sin(share * 40 + angle * 2 + phase)


def tangle(
    paint: Paint,
    *,
    count: int = 70,
    reach: float = 0.7,
    thick: float = 0.035,
    high: float = 0.35,
    gloss: float = 0.4,
    flat: float = 1,
) -> Make:
    """Noodles lying in loops."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(count):
            radius = reach * (0.2 + 0.8 * rng.random())
            start, y = rng.uniform(0, 6.283), 0.06 + high * rng.random() * (1.15 - radius / reach * 0.8)
            dx, dz = rng.gauss(0, 0.1), rng.gauss(0, 0.1)
            spine = [
                (dx + radius * np.cos(start + a), y + 0.05 * np.sin(a * 2 + number), dz + radius * np.sin(start + a))
                for a in np.linspace(0, rng.uniform(2.5, 5.2), 9)
            ]
            found.append(tube(spine, (thick, thick, thick), paint, gloss, flat=flat, fine=(36, 8)))
        return found

    return make


def straight(
    paint: Paint, *, count: int = 60, long: float = 1.9, thick: float = 0.028, band: Colour = "#c0392b"
) -> Make:
    """Dry noodles in a bundle with a paper band."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for _ in range(count):
            at, away = rng.uniform(0, 6.283), 0.26 * rng.random() ** 0.5
            y, z, slide = 0.28 + away * np.sin(at), away * np.cos(at), rng.uniform(-0.05, 0.05)
            found.append(
                tube([(-long / 2 + slide, y, z), (long / 2 + slide, y, z)], (thick, thick), paint, 0.3, fine=(4, 8))
            )
        ring = turned(
            [(0.29, -0.22), (0.29, -0.22), (0.29, 0.22), (0.29, 0.22)],
            lambda p: mix(band, "#f7e6c4", ramp(np.abs(p[..., 1]), 0.15, 0.16) * ramp(-np.abs(p[..., 1]), -0.2, -0.19)),
            0.3,
            fine=(40, 60),
        )
        return [*found, ring.turned("z", 90).moved(0, 0.28, 0)]

    return make


def disc(
    paint: Paint,
    *,
    radius: float = 0.9,
    thick: float = 0.28,
    dent: float = 0.06,
    gloss: float = 0.2,
    rough: float = 0.01,
) -> Make:
    """A flat round cake: pressed tea, a flat bread."""
    profile = [
        (0, 0),
        (radius * 0.9, 0),
        (radius, thick * 0.4),
        (radius * 0.94, thick * 0.85),
        (radius * 0.6, thick),
        (radius * 0.2, thick - dent),
        (0, thick - dent),
    ]
    body = turned(profile, paint, gloss, bulge=lambda a, s: 1 + rough * np.sin(a * 23 + s * 40), fine=(90, 140))
    return lambda _: [body]


def lump(
    paint: Paint,
    *,
    size: float = 0.5,
    squash: float = 0.75,
    rough: float = 0.12,
    gloss: float = 0.3,
    scale: float = 1.6,
) -> Make:
    """Something irregular: a puff, a chunk, a nut."""

    def make(rng: Random) -> list[Mesh]:
        seed = str(rng.random())
        body = ball(size, paint, gloss, squash=squash, rough=lambda p: rough * noise(p, scale, seed), fine=(30, 44))
        return [body.moved(0, size * squash, 0)]

    return make


def walnut(_: Random) -> list[Mesh]:
    """A walnut in its shell."""
    rough = lambda p: 0.07 * np.abs(noise(p, 3.4, "w")) + 0.07 * np.exp(-((p[..., 0] / 0.07) ** 2))
    paint = lambda p: mix("#8f6238", "#d9ac74", ramp(np.linalg.norm(p, axis=-1), 0.42, 0.47))
    return [ball(0.42, paint, 0.2, squash=1.05, rough=rough, fine=(70, 90)).moved(0, 0.42)]


def bean(colour: Colour, dark: Colour, size: float = 0.12) -> Make:
    """A coffee bean with its furrow."""

    def paint(points: Array) -> Array:
        return mix(
            colour,
            dark,
            np.exp(-(((points[..., 2] + 0.01 * np.sin(points[..., 0] * 30)) / (size * 0.13)) ** 2))
            * (points[..., 1] > 0),
        )

    one = ball(size, paint, 0.55, squash=0.62, fine=(18, 26)).scaled(1.35, 1, 1)
    return lambda _: [one]


def grain_of(colour: Colour, tip: Colour, *, size: float = 0.05, long: float = 2.3) -> Make:
    """A grain of rice."""
    one = ball(size, lambda p: mix(colour, tip, ramp(np.abs(p[..., 0]), size * 0.2, size)), 0.4, fine=(10, 12)).scaled(
        long, 1, 1
    )
    return lambda _: [one]
