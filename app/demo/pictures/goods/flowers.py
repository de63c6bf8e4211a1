"""Flower heads."""

from collections.abc import Callable
from math import cos, sin
from random import Random

import numpy as np

from app.demo.pictures.arrange import just, round_about
from app.demo.pictures.colour import Colour, mix, ramp
from app.demo.pictures.forms import Paint, ball, leaf, tube
from app.demo.pictures.goods.fruit import veined
from app.demo.pictures.mesh import Mesh

Bloom = Callable[[Random], list[Mesh]]
"""A flower head about the origin that looks up."""


def petal(
    size: tuple[float, float],
    inner: Colour,
    outer: Colour,
    *,
    curl: float,
    cup: float = 0.35,
    tip: float = 1.3,
    ruffle: float = 0.0,
) -> Mesh:
    """One petal from the origin along +z."""
    return leaf(
        size,
        lambda p: mix(inner, outer, ramp(np.linalg.norm(p, axis=-1) / size[0], 0.25, 0.95)),
        0.2,
        curl=curl,
        fold=cup,
        tip=tip,
        ruffle=ruffle,
        fine=(22, 15),
    )


def rose(inner: Colour, outer: Colour, *, size: float = 0.36) -> Bloom:
    """Petals in a spiral, tight inside and open outside."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        rings = (
            (3, 0.03, -88, 0.62),
            (4, 0.07, -80, 0.66),
            (5, 0.11, -68, 0.72),
            (6, 0.14, -52, 0.8),
            (7, 0.15, -30, 0.86),
        )
        for ring, (count, reach, lean, long) in enumerate(rings):
            one = petal(
                (long * size * 1.5, size * (0.9 + 0.16 * ring)),
                inner,
                outer,
                curl=-0.75 + 0.42 * ring,
                cup=0.5 - 0.06 * ring,
                tip=1.5,
            )
            found += [
                each.turned("y", ring * 53) for each in round_about(just(one), count, reach * size * 2, rng, lean=lean)
            ]
        return found

    return make


def carnation(inner: Colour, outer: Colour, *, size: float = 0.32) -> Bloom:
    """Many frilled petals."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for ring, (count, lean) in enumerate(((5, -84), (7, -66), (9, -46), (11, -24), (11, -4))):
            one = petal(
                (size * (0.8 + 0.07 * ring), size * 0.85), inner, outer, curl=0.25, cup=0.05, tip=2.0, ruffle=0.16
            )
            found += [each.turned("y", ring * 29) for each in round_about(just(one), count, 0.02, rng, lean=lean)]
        return found

    return make


def lily(inner: Colour, outer: Colour, *, size: float = 0.62, anther: Colour = "#b5562a") -> Bloom:
    """Six long petals bent back, with stamens."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for ring in range(2):
            one = petal((size, size * 0.42), inner, outer, curl=0.8, cup=0.18, tip=1.05)
            found += [each.turned("y", ring * 60) for each in round_about(just(one), 3, 0.03, rng, lean=-44)]
        for number in range(6):
            angle = number * 1.047
            end = (0.16 * cos(angle), 0.36, 0.16 * sin(angle))
            found.append(
                tube([(0, 0, 0), (end[0] * 0.4, 0.2, end[2] * 0.4), end], (0.012, 0.01, 0.01), "#d7e3b0", fine=(12, 6))
            )
            found.append(ball(0.034, anther, 0.1, fine=(10, 12)).scaled(1.6, 0.8, 0.8).moved(*end))
        return found

    return make


def sunflower(size: float = 0.5) -> Bloom:
    """Rays about a dark disc."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for ring in range(2):
            one = petal((size * 0.85, size * 0.3), "#f5a916", "#fbd02f", curl=0.25, cup=0.25, tip=0.9)
            found += [
                each.turned("y", ring * 11)
                for each in round_about(just(one), 16, size * 0.36, rng, lean=-12 - 14 * ring)
            ]
        seeds = lambda p: mix(
            "#3a2414",
            "#7a4a1f",
            ramp(np.sin(p[..., 0] * 70) * np.sin(p[..., 2] * 70), 0.1, 0.8)
            + ramp(np.hypot(p[..., 0], p[..., 2]), 0.16, 0.24) * 0.5,
        )
        return [*found, ball(size * 0.5, seeds, 0.1, squash=0.34, fine=(50, 70)).moved(0, 0.04, 0)]

    return make


def cluster_ball(petal_colour: Colour, shade: Colour, *, size: float = 0.55, florets: int = 90) -> Bloom:
    """A ball of small four-petalled florets, as of hydrangea."""

    def make(rng: Random) -> list[Mesh]:
        one = petal((0.11, 0.12), shade, petal_colour, curl=0.1, cup=0.1, tip=1.3)
        floret = [each for number in range(4) for each in [one.turned("y", 90 * number)]]
        found = []
        for number in range(florets):
            high = 1 - 1.55 * (number + 0.5) / florets
            angle = number * 2.399963
            tilt = np.degrees(np.arccos(high))
            for each in floret:
                found.append(
                    each.turned("y", rng.uniform(0, 90))
                    .moved(0, size, 0)
                    .turned("x", tilt)
                    .turned("y", np.degrees(angle))
                )
        return [*found, ball(size * 0.95, shade, 0.1)]

    return make


def spray(bud: Paint, *, size: float = 0.05, count: int = 34, reach: float = 0.5, stem: Colour = "#8cab6c") -> Bloom:
    """Small buds on fine stems, as of baby's breath."""

    def make(rng: Random) -> list[Mesh]:
        found = []
        for _ in range(count):
            angle, away = rng.uniform(0, 6.283), reach * rng.random() ** 0.5
            end = (away * cos(angle), rng.uniform(0.05, 0.5), away * sin(angle))
            found.append(
                tube(
                    [(0, -0.3, 0), (end[0] * 0.5, end[1] * 0.4, end[2] * 0.5), end],
                    (0.01, 0.007, 0.006),
                    stem,
                    fine=(10, 5),
                )
            )
            found.append(
                ball(
                    size * rng.uniform(0.8, 1.2),
                    bud,
                    0.15,
                    rough=lambda p: 0.18 * np.sin(p[..., 0] * 9) * np.sin(p[..., 2] * 9),
                    fine=(12, 16),
                ).moved(*end)
            )
        return found

    return make


def eucalyptus(rng: Random) -> list[Mesh]:
    """A twig of round grey-green leaves, standing."""
    found = [tube([(0, -0.5, 0), (0.03, 0.1, 0), (0, 0.62, 0.05)], (0.018, 0.014, 0.008), "#8a7a5c", fine=(20, 8))]
    one = leaf((0.24, 0.22), veined("#a9c3b4", "#7fa394"), 0.15, curl=0.2, fold=0.08)
    for number in range(12):
        found.append(
            one.scaled(1.1 - number * 0.045)
            .turned("x", -26 + rng.uniform(-10, 10))
            .turned("y", number * 95)
            .moved(0, -0.1 + number * 0.062, 0)
        )
    return found
