"""Where the pieces of a scene stand."""

from collections.abc import Callable
from math import cos, radians, sin
from random import Random

from app.demo.pictures.mesh import Mesh

Make = Callable[[Random], list[Mesh]]
"""One piece, standing on the floor at the origin, somewhat different each time."""
Place = tuple[float, float, float]
"""x, z and size."""

ONE: tuple[Place, ...] = ((0, 0, 1.15),)
TWO: tuple[Place, ...] = ((-0.42, 0.08, 1), (0.45, -0.12, 0.96))
THREE: tuple[Place, ...] = ((-0.6, -0.12, 0.92), (0.6, -0.2, 0.9), (0.02, 0.38, 0.88))
FIVE: tuple[Place, ...] = (
    (-0.74, 0, 0.72),
    (0.02, -0.45, 0.74),
    (0.74, -0.05, 0.7),
    (-0.36, 0.6, 0.68),
    (0.4, 0.58, 0.7),
)
MANY: tuple[Place, ...] = tuple(
    (0.98 * reach * cos(turn), 0.82 * reach * sin(turn), 0.5)
    for ring, (reach, count) in enumerate(((0.0, 1), (0.5, 5), (0.95, 9)))
    for turn in (ring + 6.283 * each / count for each in range(count))
)


def just(piece: Mesh) -> Make:
    """The same piece each time."""
    return lambda _: [piece]


def set_out(make: Make, places: tuple[Place, ...], rng: Random, *, turn: float = 180) -> list[Mesh]:
    """A piece at each place, turned by up to `turn` degrees either way."""
    found = []
    for x, z, size in places:
        angle = rng.uniform(-turn, turn)
        grown = size * rng.uniform(0.95, 1.05)
        aside, ahead = x + rng.uniform(-0.03, 0.03), z + rng.uniform(-0.03, 0.03)
        found += [each.scaled(grown).turned("y", angle).moved(aside, 0, ahead) for each in make(rng)]
    return found


def heap(make: Make, size: float, rng: Random, *, wide: int = 4, high: int = 3) -> list[Mesh]:
    """Roundish pieces of this diameter about the origin, heaped up in layers that narrow."""
    found = []
    for layer in range(high):
        rings = wide - layer
        y = size * (0.5 + 0.74 * layer)
        for ring in range(rings):
            count = max(1, round(6.2 * ring))
            for number in range(count):
                angle = 6.283 * number / count + rng.uniform(-0.15, 0.15) + layer
                reach = size * 0.92 * ring + rng.uniform(-0.06, 0.06) * size
                spot = (reach * cos(angle), y + rng.uniform(-0.08, 0.08) * size, reach * sin(angle))
                found += [tumbled(each, rng).moved(*spot) for each in make(rng)]
    return found


def tumbled(mesh: Mesh, rng: Random) -> Mesh:
    """Turned any way."""
    return mesh.turned("x", rng.uniform(0, 360)).turned("y", rng.uniform(0, 360)).turned("z", rng.uniform(0, 360))


def round_about(make: Make, count: int, reach: float, rng: Random, *, lean: float = 0, y: float = 0) -> list[Mesh]:
    """Pieces in a ring of radius `reach`, each facing outward and leaning out by `lean` degrees."""
    found = []
    for number in range(count):
        angle = 360 * number / count + rng.uniform(-8, 8)
        out = (reach * sin(radians(angle)), y, reach * cos(radians(angle)))
        found += [each.turned("x", lean + rng.uniform(-6, 6)).turned("y", angle).moved(*out) for each in make(rng)]
    return found


def strewn(make: Make, count: int, reach: float, rng: Random, *, y: float = 0, flat: bool = True) -> list[Mesh]:
    """Pieces strewn over a disc at height `y`, evenly, turned about (and over, unless `flat`)."""
    found = []
    for number in range(count):
        away = reach * ((number + 0.5) / count) ** 0.5
        angle = number * 2.399963 + rng.uniform(-0.2, 0.2)
        for each in make(rng):
            turned = each.turned("y", rng.uniform(0, 360)) if flat else tumbled(each, rng)
            found.append(turned.moved(away * cos(angle), y + rng.uniform(0, 0.03), away * sin(angle)))
    return found
