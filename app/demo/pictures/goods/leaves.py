"""Leafy vegetables and herbs."""

from math import pi
from random import Random

import numpy as np

from app.demo.pictures.arrange import Make, just, round_about
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import Paint, ball, leaf, tube
from app.demo.pictures.goods.fruit import veined
from app.demo.pictures.mesh import Array, Mesh


def greens(
    light: Colour,
    dark: Colour,
    stem: Colour,
    *,
    leaves: int = 11,
    size: tuple[float, float] = (0.85, 0.46),
    stalk: float = 0.55,
    thick: float = 0.07,
    ruffle: float = 0.05,
    root: Colour | None = None,
    tip: float = 0.75,
) -> Make:
    """A plant of leafy greens lying on its side, its leaves fanned out to the right."""
    blade = leaf(size, veined(light, dark), 0.3, curl=0.35, fold=0.2, ruffle=ruffle, tip=tip)

    def make(rng: Random) -> list[Mesh]:
        found = []
        for number in range(leaves):
            spread = (number / max(leaves - 1, 1) - 0.5) * 84 + rng.uniform(-5, 5)
            lift = rng.uniform(6, 34) if number % 2 else rng.uniform(0, 12)
            reach = stalk * rng.uniform(0.85, 1.15)
            stalk_mesh = tube(
                [(0, 0, 0), (0, 0.02, reach * 0.5), (0, 0.0, reach + 0.12)],
                (thick * 1.25, thick, thick * 0.5),
                stem,
                0.4,
                flat=0.6,
                fine=(16, 16),
            )
            one = blade.scaled(rng.uniform(0.85, 1.1)).moved(0, 0, reach)
            for part in (stalk_mesh, one):
                found.append(
                    part.turned("z", rng.uniform(-24, 24))
                    .turned("x", -lift)
                    .turned("y", 90 - spread)
                    .moved(-0.75, 0.12, 0)
                )
        if root:
            found.append(tube([(-0.75, 0.12, 0), (-0.9, 0.11, 0), (-1.15, 0.09, 0.03)], (0.13, 0.08, 0.01), root, 0.3))
        return found

    return make


def bundle(
    colour: Paint,
    *,
    count: int = 40,
    high: float = 1.7,
    thick: float = 0.022,
    band: Colour = "#d9a441",
    spread: float = 0.3,
    base: Colour | None = None,
) -> Make:
    """Thin stalks tied together, lying."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for _ in range(count):
            at = rng.uniform(0, 6.283)
            away = 0.17 * rng.random() ** 0.5
            y, z = 0.18 + away * np.sin(at), away * np.cos(at)
            out_y, out_z = y + abs(rng.gauss(0, spread * 0.4)), z * 2 + rng.gauss(0, spread)
            spine = [
                (-high / 2, y, z),
                (-high / 6, y, z),
                (high / 4, (y + out_y) / 2, (z + out_z) / 2),
                (high / 2 * rng.uniform(0.85, 1.05), max(out_y, 0.05), out_z),
            ]
            found.append(tube(spine, (thick * 1.3, thick, thick, thick * 0.3), colour, 0.3, fine=(18, 8)))
            if base:
                found.append(
                    tube(
                        [(-high / 2 - 0.02, y, z), (-high / 3.2, y, z)],
                        (thick * 1.7, thick * 1.25),
                        base,
                        0.4,
                        fine=(6, 8),
                    )
                )
        ring = [(-high / 6, 0.18 + 0.2 * np.sin(a), 0.2 * np.cos(a)) for a in np.linspace(0, 2 * pi, 20)]
        return [*found, tube(ring, (0.035, 0.035), band, 0.3, flat=1.6, fine=(50, 10))]

    return make


def herb(
    light: Colour,
    dark: Colour,
    *,
    leaf_size: tuple[float, float] = (0.26, 0.18),
    stems: int = 12,
    ruffle: float = 0.08,
    per: int = 7,
    high: float = 1.2,
) -> Make:
    """A bunch of herbs standing up."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        blade = leaf(leaf_size, veined(light, dark), 0.25, curl=0.5, ruffle=ruffle, fine=(20, 13))
        for _ in range(stems):
            away, turn = rng.uniform(0.1, 0.55), rng.uniform(0, 360)
            tall = high * rng.uniform(0.75, 1.05)
            spine = [(0, 0, 0.03), (0, tall * 0.5, 0.1 * away), (0, tall, away)]
            parts = [tube(spine, (0.026, 0.02, 0.012), light, fine=(16, 8))]
            for number in range(per):
                share = 0.42 + 0.6 * number / per
                one = (
                    blade.scaled(rng.uniform(0.7, 1.1))
                    .turned("x", -25 + rng.uniform(-20, 20))
                    .turned("y", number * 137)
                )
                parts.append(one.moved(0, tall * min(share, 1), away * min(share, 1) ** 1.8))
            found += [each.turned("y", turn) for each in parts]
        ring = [(0.1 * np.cos(a), 0.3, 0.1 * np.sin(a)) for a in np.linspace(0, 2 * pi, 16)]
        return [*found, tube(ring, (0.04, 0.04), "#c99b53", 0.2, flat=1.5, fine=(40, 8))]

    return make


def head(
    outer: Colour, inner: Colour, rib: Colour, *, tall: float = 1.0, ruffle: float = 0.05, open_by: float = 22
) -> Make:
    """A head of cabbage or lettuce."""

    def make(rng: Random) -> list[Mesh]:
        core = ball(0.5, lambda p: mix(inner, outer, ramp(noise(p, 3), -0.8, 1)), 0.3, squash=tall).moved(0, 0.5 * tall)
        found = [core]
        for ring, (count, reach, lean) in enumerate(((5, 0.05, -84), (6, 0.12, -72), (6, 0.16, -72 + open_by * 1.4))):
            paint = _of_head(inner, outer, rib, 0.4 + 0.3 * ring)
            size, curl = (1.12 * tall, 0.95), -0.75 + ring * 0.12
            one = leaf(size, paint, 0.3, curl=curl, fold=-0.28, ruffle=ruffle, tip=0.85, fine=(44, 31))
            blades = round_about(just(one), count, reach, rng, lean=lean)
            found += [each.turned("y", ring * 31) for each in blades]
        return found

    return make


def _of_head(inner: Colour, outer: Colour, rib: Colour, green: float) -> Paint:
    def paint(points: Array) -> Array:
        away = np.abs(points[..., 0])
        veins = np.exp(-((away / 0.03) ** 2)) + 0.4 * (np.sin(points[..., 2] * 34 - away * 20) > 0.9)
        return mix(mix(inner, outer, ramp(points[..., 2], 0.1, 0.9) * green), rib, veins * 0.8)

    return paint
