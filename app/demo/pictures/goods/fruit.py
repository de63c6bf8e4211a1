"""Fruit with a skin: apples, citrus, stone fruit, melons, berries."""

from math import pi
from random import Random

import numpy as np

from app.demo.pictures.arrange import THREE, Make, Place, heap, set_out
from app.demo.pictures.colour import Colour, mix, noise, ramp, specks
from app.demo.pictures.forms import Paint, leaf, tube, turned
from app.demo.pictures.mesh import Array, Mesh, length
from app.demo.pictures.scene import Look, Scene

PROFILES = {
    "apple": [
        (0, 0.1),
        (0.14, 0.03),
        (0.3, 0.0),
        (0.46, 0.2),
        (0.52, 0.5),
        (0.42, 0.8),
        (0.2, 0.88),
        (0.06, 0.82),
        (0, 0.74),
    ],
    "pear": [
        (0, 0.06),
        (0.2, 0.0),
        (0.44, 0.2),
        (0.48, 0.42),
        (0.36, 0.68),
        (0.22, 0.9),
        (0.16, 1.04),
        (0.06, 1.1),
        (0, 1.06),
    ],
    "round": [(0, 0.0), (0.25, 0.03), (0.46, 0.25), (0.5, 0.5), (0.42, 0.76), (0.2, 0.92), (0.05, 0.93), (0, 0.91)],
    "flat": [(0, 0.06), (0.25, 0.0), (0.48, 0.18), (0.55, 0.38), (0.46, 0.6), (0.24, 0.72), (0.08, 0.7), (0, 0.64)],
    "peach": [(0, 0.05), (0.15, 0.0), (0.42, 0.18), (0.5, 0.46), (0.38, 0.78), (0.16, 0.88), (0.05, 0.84), (0, 0.78)],
    "oval": [(0, 0.0), (0.2, 0.03), (0.4, 0.28), (0.44, 0.6), (0.36, 0.92), (0.16, 1.1), (0.05, 1.12), (0, 1.1)],
    "egg": [(0, 0.0), (0.2, 0.03), (0.42, 0.28), (0.44, 0.5), (0.34, 0.84), (0.16, 1.04), (0, 1.08)],
    "plum": [(0, 0.02), (0.2, 0.0), (0.44, 0.24), (0.48, 0.5), (0.36, 0.8), (0.12, 0.9), (0, 0.86)],
}


def blush(base: Colour, cheek: Colour, *, much: float = 0.5, spots: Colour | None = None, seed: str = "") -> Paint:
    """A skin that reddens where the sun was, with lighter spots if told."""

    def paint(points: Array) -> Array:
        out = points / length(points - np.array((0, 0.1, 0), np.float32))
        sun = out[..., 0] * 0.5 + out[..., 2] * 0.35 + noise(points, 2.2, seed) * 0.55 + (much - 0.5) * 2
        stripes = noise(points * np.array((7, 0.7, 7), np.float32), 1, seed) * 0.25
        colours = mix(base, cheek, ramp(sun + stripes, -0.55, 0.6))
        return colours if spots is None else mix(colours, spots, specks(points, 26, 0.05, seed) * 0.7)

    return paint


def fruit(
    shape: str,
    skin: Paint,
    gloss: float = 0.45,
    *,
    stem: Colour | None = "#6b4a2b",
    green: bool = False,
    crease: float = 0,
    rough: float = 0,
    tall: float = 1,
) -> Make:
    """One fruit of a known profile, upright."""
    profile = [(r, y * tall) for r, y in PROFILES[shape]]
    top = profile[-1][1]

    def bulge(angle: Array, share: Array) -> Array:
        seam = crease * np.exp(-(((angle - 1.2 * pi) / 0.22) ** 2)) * np.sin(pi * np.clip(share * 1.1, 0, 1))
        lobes = 0.015 * np.sin(angle * 5) * share
        grit = rough * np.sin(angle * 37 + share * 71) * np.sin(share * 97)
        return np.asarray(1 - seam + lobes + grit, np.float32)

    def make(rng: Random) -> list[Mesh]:
        parts = [turned(profile, skin, gloss, bulge=bulge)]
        if stem:
            bend = rng.uniform(-0.07, 0.07)
            parts.append(
                tube([(0, top - 0.04, 0), (bend / 3, top + 0.1, 0), (bend, top + 0.2, 0)], (0.022, 0.018, 0.026), stem)
            )
        if green:
            blade = leaf((0.5, 0.24), veined("#6aa843", "#3c7a2e"), curl=0.7, fold=0.3).turned("x", -18)
            parts.append(blade.turned("y", rng.uniform(20, 70)).moved(0, top + 0.08))
        lean = rng.uniform(-7, 7)
        return [each.turned("z", lean) for each in parts]

    return make


def veined(light: Colour, dark: Colour) -> Paint:
    """A leaf's green, lighter along its midrib."""

    def paint(points: Array) -> Array:
        rib = np.exp(-((points[..., 0] / 0.016) ** 2))
        side = 0.5 + 0.5 * np.sin(points[..., 2] * 60 - np.abs(points[..., 0]) * 70)
        return mix(mix(dark, light, 0.45 + 0.3 * side), light, rib)

    return paint


def flesh_half(
    shape: str, skin: Colour, flesh: Colour, core: Colour, *, seeds: Colour | None = None, core_size: float = 0.3
) -> Make:
    """A fruit cut through, its cut face towards the viewer."""
    profile = PROFILES[shape]

    def make(_: Random) -> list[Mesh]:
        whole = turned(profile, skin, 0.4)
        mid = profile[len(profile) // 2][1]
        keep = whole.points[:, 2] < 0.02
        points = whole.points.copy()
        points[~keep, 2] = 0.02

        def face(at: Array) -> Array:
            return mix(skin, flesh, 1.0)

        back = Mesh(points, whole.normals, whole.colours, whole.gloss, whole.faces)
        outline = turned(profile, "#ffffff", fine=(48, 96)).points.reshape(48, 96, 3)
        right, left = outline[:, 0], outline[:, 48]
        across = np.linspace(0, 1, 60, dtype=np.float32)[None, :, None]
        cut = left[:, None] + (right - left)[:, None] * across
        cut[..., 2] = 0.025
        away = np.sqrt((cut[..., 0] / 0.5) ** 2 + ((cut[..., 1] - mid) / 0.5) ** 2)
        edge = np.minimum(across[..., 0], 1 - across[..., 0]) + 0 * cut[..., 0]
        colours = mix(skin, flesh, ramp(edge, 0.012, 0.05))
        colours = mix(colours, core, ramp(-away, -core_size - 0.12, -core_size))
        if seeds:
            dots = (
                np.sin(cut[..., 0] * 58)
                * np.sin(cut[..., 1] * 58)
                * ((away > core_size * 0.3) & (away < core_size + 0.16))
            )
            colours = mix(colours, seeds, ramp(dots, 0.55, 0.75))
        from_face = Mesh(
            cut.reshape(-1, 3).astype(np.float32),
            np.broadcast_to(np.array((0, 0, 1), np.float32), (cut.size // 3, 3)).copy(),
            colours.reshape(-1, 3).astype(np.float32),
            np.full(cut.size // 3, 0.5, np.float32),
            _grid_faces(48, 60),
        )
        del face
        return [back.turned("x", -20), from_face.turned("x", -20)]

    return make


def _grid_faces(rows: int, columns: int) -> "np.ndarray":
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    return np.concatenate(
        [
            np.stack([first, first + columns, first + columns + 1], 1),
            np.stack([first, first + columns + 1, first + 1], 1),
        ]
    ).astype(np.int32)


def of(make: Make, places: tuple[Place, ...] = THREE, *extra: tuple[Make, Place]) -> Look:
    """A look: pieces at places, and single others beside them, which face the viewer."""

    def look(rng: Random) -> Scene:
        meshes = set_out(make, places, rng)
        for other, place in extra:
            meshes += set_out(other, (place,), rng, turn=14)
        return Scene(meshes)

    return look


def heaped(make: Make, size: float, wide: int = 4, high: int = 3) -> Look:
    """A look: small round pieces in a heap."""
    return lambda rng: Scene(heap(make, size, rng, wide=wide, high=high))
