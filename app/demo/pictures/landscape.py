"""Where goods come from, all round: orchards, fields, woods, pastures, waters, terraces, villages."""

from collections.abc import Callable
from functools import lru_cache
from math import cos, sin
from random import Random

import numpy as np
from PIL import Image

from app.demo.dice import dice
from app.demo.pictures.colour import Colour, mix, noise, ramp
from app.demo.pictures.forms import ball, box, leaf, turned
from app.demo.pictures.goods.fruit import veined
from app.demo.pictures.mesh import Array, Mesh, joined
from app.demo.pictures.render import around
from app.demo.pictures.vessels import grain

Spread = Callable[[Random], list[Mesh]]
_EYE = 1.7


def _tree(foliage: Colour, light: Colour, fruit: Colour | None, *, high: float = 3.0, wide: float = 1.5) -> Spread:
    def make(rng: Random) -> list[Mesh]:
        seed = str(rng.random())
        paint = lambda p: mix(foliage, light, ramp(p[..., 1] + noise(p, 3, seed), -0.8, 1.1))
        found = [turned([(0.2, 0), (0.13, high * 0.3), (0.09, high * 0.6)], "#6f5236", 0.05, fine=(12, 12))]
        for _ in range(6):
            angle, away = rng.uniform(0, 6.283), wide * 0.45 * rng.random()
            crown = ball(
                wide * rng.uniform(0.42, 0.62),
                paint,
                0.08,
                squash=0.85,
                rough=lambda p: 0.16 * noise(p, 2.6, seed),
                fine=(22, 30),
            )
            found.append(crown.moved(away * cos(angle), high * rng.uniform(0.62, 0.95), away * sin(angle)))
        if fruit:
            one = ball(0.085, fruit, 0.4, fine=(8, 10))
            for crown in tuple(found[1:]):
                for _ in range(7):
                    found.append(one.moved(*(float(each) for each in crown.points[rng.randrange(len(crown.points))])))
        return [joined(found).scaled(rng.uniform(0.85, 1.2))]

    return make


def _tuft(
    light: Colour,
    dark: Colour,
    *,
    leaves: int = 7,
    size: tuple[float, float] = (0.5, 0.26),
    bloom: Colour | None = None,
) -> Spread:
    def make(rng: Random) -> list[Mesh]:
        one = leaf(size, veined(light, dark), 0.15, curl=0.6, fine=(10, 7))
        found = [
            one.turned("x", -40 + rng.uniform(-18, 18)).turned("y", 360 * number / leaves + rng.uniform(-20, 20))
            for number in range(leaves)
        ]
        if bloom:
            found += [
                ball(0.12, bloom, 0.15, fine=(10, 12)).moved(
                    rng.uniform(-0.16, 0.16), rng.uniform(0.34, 0.6), rng.uniform(-0.16, 0.16)
                )
                for _ in range(4)
            ]
        return [joined(found).scaled(rng.uniform(0.85, 1.2))]

    return make


def _house(wall: Colour, roof: Colour) -> Spread:
    def make(rng: Random) -> list[Mesh]:
        wide, deep, high = rng.uniform(3, 4.4), rng.uniform(2.6, 3.4), rng.uniform(2.2, 3)
        door = lambda p: mix(
            wall,
            "#6a4428",
            ((np.abs(p[..., 0]) < 0.4) & (p[..., 1] < 0.4) & (p[..., 2] > 0))
            | ((np.abs(np.abs(p[..., 0]) - wide * 0.32) < 0.3) & (np.abs(p[..., 1] - 0.3) < 0.3)),
        )
        found = [box((wide, high, deep), 0.05, door, 0.05, fine=60).moved(0, high / 2)]
        tiles = lambda p: mix(roof, "#3a3a40", ramp(np.sin(p[..., 0] * 26), 0.2, 1) * 0.4)
        for side in (-1, 1):
            found.append(
                box((wide * 1.18, 0.12, deep * 0.72), 0.04, tiles, 0.1, fine=40)
                .turned("x", side * 34)
                .moved(0, high + deep * 0.18, side * deep * 0.29)
            )
        return [joined(found)]

    return make


def _cow(coat: Colour, patch: Colour) -> Spread:
    def make(rng: Random) -> list[Mesh]:
        seed = str(rng.random())
        paint = lambda p: mix(coat, patch, ramp(noise(p, 1.6, seed), 0.0, 0.12))
        found = [
            ball(0.55, paint, 0.1, squash=0.8, fine=(24, 32)).scaled(1.5, 1, 0.85).moved(0, 0.95),
            ball(0.27, paint, 0.1, fine=(18, 22)).scaled(1.3, 0.9, 0.9).moved(-0.95, 1.15),
        ]
        found += [
            turned([(0.1, 0), (0.11, 0.6)], coat, 0.1, fine=(6, 10)).moved(x, 0, z)
            for x in (-0.5, 0.5)
            for z in (-0.24, 0.24)
        ]
        return [joined(found)]

    return make


def _boat(hull: Colour) -> Spread:
    def make(rng: Random) -> list[Mesh]:
        shell = ball(1, hull, 0.3, squash=0.5, fine=(24, 40)).scaled(1.9, 0.55, 0.7).moved(0, 0.02)
        deck = box((2.6, 0.06, 0.9), 0.03, grain("#dcb583", "#b9824f"), 0.1).moved(0, 0.26)
        mast = turned([(0.05, 0), (0.035, 2.6)], "#7a5a3c", 0.1, fine=(6, 8)).moved(-0.2, 0.2)
        sail = (
            leaf((2.2, 1.5), "#fbf6e8", 0.05, curl=0.2, fold=0.3, tip=0.8)
            .turned("x", -88)
            .turned("y", 60)
            .moved(-0.2, 0.5)
        )
        return [joined([shell, deck, mast, sail])]

    return make


def _rows(make: Spread, rng: Random, *, step: float, gap: float, reach: float, clear: float = 2.2) -> list[Mesh]:
    found = []
    count = int(reach / gap)
    for row in range(-count, count + 1):
        for place in range(-int(reach / step), int(reach / step) + 1):
            x, z = row * gap + gap / 2, place * step + rng.uniform(-0.1, 0.1) * step
            if clear < (x * x + z * z) ** 0.5 < reach:
                found += [
                    each.turned("y", rng.uniform(0, 360)).moved(x + rng.uniform(-0.1, 0.1), 0, z) for each in make(rng)
                ]
    return found


def _scatter(make: Spread, rng: Random, count: int, near: float, far: float) -> list[Mesh]:
    found = []
    for number in range(count):
        angle = number * 2.399963 + rng.uniform(-0.4, 0.4)
        away = near + (far - near) * ((number + 0.5) / count) ** 0.7
        found += [
            each.turned("y", rng.uniform(0, 360)).moved(away * cos(angle), 0, away * sin(angle)) for each in make(rng)
        ]
    return found


def _stripes(first: Colour, second: Colour, width: float) -> Callable[[Array], Array]:
    return lambda p: mix(first, second, ramp(np.sin(p[..., 0] * 6.283 / width + noise(p, 0.3) * 0.5), -0.3, 0.3))


def _patches(first: Colour, second: Colour, scale: float = 0.4) -> Callable[[Array], Array]:
    return lambda p: mix(first, second, ramp(noise(p, scale) + 0.5 * noise(p, scale * 7), -0.6, 0.6))


def _water(points: Array) -> Array:
    return mix(
        "#3f86a8", "#9fd0dc", ramp(np.sin(points[..., 2] * 2 + noise(points, 0.7) * 5) + noise(points, 2), 0.2, 1.5)
    )


def _orchard(rng: Random, fruit: Colour) -> tuple[list[Mesh], Callable[[Array], Array]]:
    meshes = _rows(_tree("#3f7434", "#8fbf58", fruit), rng, step=3.6, gap=5, reach=26, clear=3.2)
    return meshes + _scatter(_tuft("#86b552", "#4d8a38"), rng, 90, 1.6, 12), _patches("#8fb45a", "#b9cf7c")


def _field(rng: Random, green: Colour) -> tuple[list[Mesh], Callable[[Array], Array]]:
    return _rows(
        _tuft(green, "#2f7433", leaves=9, size=(0.55, 0.34)), rng, step=0.9, gap=1.4, reach=12, clear=1.6
    ), _stripes("#8a6040", "#6f4a30", 1.4)


def _woods(rng: Random) -> tuple[list[Mesh], Callable[[Array], Array]]:
    tall = _tree("#2f5f34", "#5f8f4a", None, high=6.5, wide=2.2)
    ferns = _tuft("#5f9a45", "#2f6a30", leaves=9, size=(0.7, 0.2))
    caps = lambda r: [
        joined(
            [
                turned([(0.07, 0), (0.06, 0.22)], "#f3ead6", 0.1, fine=(5, 10)),
                ball(0.17, "#a8683a", 0.3, squash=0.6, fine=(10, 14)).moved(0, 0.24),
            ]
        )
    ]
    return _scatter(tall, rng, 46, 4, 26) + _scatter(ferns, rng, 90, 1.8, 12) + _scatter(
        caps, rng, 40, 1.6, 7
    ), _patches("#6a5a3c", "#5f7a3f", 0.6)


def _pasture(rng: Random) -> tuple[list[Mesh], Callable[[Array], Array]]:
    return _scatter(_cow("#f4efe6", "#4a352a"), rng, 16, 4.5, 22) + _scatter(
        _tuft("#8fc25a", "#4f9440", size=(0.4, 0.08), bloom="#f6e27a"), rng, 110, 1.6, 13
    ), _patches("#86b84e", "#a9cf66", 0.25)


def _shore(rng: Random) -> tuple[list[Mesh], Callable[[Array], Array]]:
    return _scatter(_boat("#b8583a"), rng, 9, 6, 24), _water


def _terraces(rng: Random, crop: Colour) -> tuple[list[Mesh], Callable[[Array], Array]]:
    rings = lambda p: mix(
        crop, "#e9e0a0", ramp(np.sin(np.hypot(p[..., 0], p[..., 2]) * 1.5 + noise(p, 0.15) * 4), 0.55, 0.9)
    )
    return _rows(
        _tuft(crop, "#7a8a34", leaves=8, size=(0.62, 0.07)), rng, step=0.8, gap=1.0, reach=9, clear=1.5
    ) + _scatter(_tree("#4f8040", "#8fb45c", None), rng, 12, 12, 26), rings


def _flowers(rng: Random) -> tuple[list[Mesh], Callable[[Array], Array]]:
    found: list[Mesh] = []
    colours = ("#d9304a", "#f6b8c8", "#fdf6ee", "#f2b53a", "#b48ad6")
    for row in range(-5, 5):
        make = _tuft("#6fa84c", "#35702f", bloom=colours[row % 5])
        for place in range(-14, 15):
            found += [each.moved(row * 1.9 + 0.95, 0, place * 0.7) for each in make(rng)]
    return [each for each in found if float(np.linalg.norm(each.points[:, ::2].mean(0))) > 1.3], _stripes(
        "#7a5a3e", "#8fa85a", 2.0
    )


def _village(rng: Random) -> tuple[list[Mesh], Callable[[Array], Array]]:
    meshes = _scatter(_house("#f1e6d2", "#5f636b"), rng, 12, 9, 22) + _scatter(
        _tree("#4a7f3c", "#8fb958", "#e8893a"), rng, 12, 6, 20
    )
    return meshes, lambda p: mix(
        "#c9bda8",
        "#a89a84",
        ramp(np.maximum(np.abs(np.sin(p[..., 0] * 3.1)), np.abs(np.sin(p[..., 2] * 3.1))), 0.94, 0.99),
    )


_SCENES: dict[str, Callable[[Random], tuple[list[Mesh], Callable[[Array], Array]]]] = {
    "ping-guo-li": lambda rng: _orchard(rng, "#c9302f"),
    "gan-ju": lambda rng: _orchard(rng, "#f08a1c"),
    "tao-li-xing": lambda rng: _orchard(rng, "#e8788a"),
    "re-dai": lambda rng: _orchard(rng, "#f2b432"),
    "mei-guo-putao": lambda rng: _orchard(rng, "#5a62b4"),
    "gua-shiliu": lambda rng: _field(rng, "#6fae45"),
    "ye-cai": lambda rng: _field(rng, "#8fcf5c"),
    "qie-guo": lambda rng: _field(rng, "#5f9f45"),
    "gen-jing": lambda rng: _field(rng, "#7fae4c"),
    "dou-ya": lambda rng: _field(rng, "#9fcf62"),
    "xiang-cao": lambda rng: _field(rng, "#74b86a"),
    "woods": _woods,
    "pasture": _pasture,
    "shore": _shore,
    "terraces": lambda rng: _terraces(rng, "#b9c95a"),
    "flowers": _flowers,
    "village": _village,
}
_PLACES = {
    "ye-sheng-jun": "woods", "zai-pei-jun": "woods", "gan-jun": "woods",
    "zhu-rou": "pasture", "niu-rou": "pasture", "yang-rou": "pasture", "huotui-larou": "village",
    "ji-rou": "pasture", "ya-e-rou": "pasture", "xian-dan": "pasture", "dan-zhi-pin": "village",
    "dan-shui-yu": "shore", "hai-yu": "shore", "xia-xie": "shore", "bei-lei": "shore",
    "xian-nai": "pasture", "suan-nai": "pasture", "ru-shan": "pasture", "huang-you": "pasture",
    "mi": "terraces", "mian-fen": "terraces", "shi-yong-you": "terraces", "cha-mi-jianguo": "terraces",
    "mei-gui": "flowers", "qie-hua": "flowers", "hua-shu": "flowers", "pen-zai": "flowers",
}  # fmt: skip


def place_of(shelf: str) -> str:
    """Which landscape the goods of a child category come from."""
    return shelf if shelf in _SCENES else _PLACES.get(shelf, "village")


def panorama(shelf: str, size: tuple[int, int], seed: str = "") -> Image.Image:
    """All round, equirectangular, of (width, height) with width twice the height; its left edge meets its right."""
    place = place_of(shelf)
    meshes, ground = _SCENES[place](dice("landscape", place, seed))
    return around(meshes, ground, _EYE, size, dice("sky", place, seed).uniform(0, 360))


@lru_cache(maxsize=4)
def _small(place: str) -> Array:
    return np.asarray(panorama(place, (1280, 640)), np.float32) / 255


def view(shelf: str, turn: float, size: tuple[int, int]) -> Array:
    """A view out into a landscape, a little out of focus, as a backdrop of (width, height) in linear light."""
    whole = _small(place_of(shelf))
    width, height = size
    high = 300
    wide = round(high * width / height)
    start = int(turn / 360 * whole.shape[1])
    part = np.take(whole[165 : 165 + high], range(start, start + wide), axis=1, mode="wrap")
    blurred = Image.fromarray((part * 255).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    return np.asarray(np.asarray(blurred, np.float32) / 255, np.float32) ** np.float32(2.2)
