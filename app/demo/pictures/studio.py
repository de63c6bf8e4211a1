"""Photographs of a product's scene: pure functions of its slug and its shelf."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from random import Random

import numpy as np
from PIL import Image

from app.demo.dice import dice
from app.demo.pictures import keys
from app.demo.pictures.colour import Colour, mix
from app.demo.pictures.landscape import view
from app.demo.pictures.looks import LOOKS
from app.demo.pictures.mesh import Array, Mesh, joined, sheet
from app.demo.pictures.render import Camera, frame, render
from app.demo.pictures.scene import Scene
from app.demo.pictures.vessels import PALE_WOOD, WOOD, grain

_QUALITY = 80
_PAPERS: tuple[tuple[Colour, Colour], ...] = (
    ("#fdf6ec", "#f3d3b8"),
    ("#f3f9ec", "#cfe3bd"),
    ("#eef6fb", "#c3dcec"),
    ("#fbf1f4", "#f0c9d3"),
    ("#f6f2fb", "#d8cbea"),
    ("#fdf8e4", "#f2dfa0"),
    ("#eefaf6", "#bfe3d6"),
    ("#fbf3ee", "#e6c9b8"),
)
_CLOSE = Camera(up=36, field=20)


@dataclass(frozen=True)
class Studio:
    """One product in front of the camera. `shelf` is its child category's slug."""

    slug: str
    shelf: str

    @cached_property
    def scene(self) -> Scene:
        """What stands there."""
        return LOOKS[self.slug](self._dice("scene"))

    def _dice(self, purpose: str) -> Random:
        return dice("picture", purpose, self.slug)

    def cover(self) -> Image.Image:
        """The product before coloured paper."""
        tint = self._dice("paper").choice(_PAPERS)
        return self._taken(self.scene, Camera(), paper(keys.STILL, *tint), 0.9)

    def close(self) -> Image.Image:
        """A closer look from another side."""
        rng = self._dice("close")
        camera = Camera(up=rng.uniform(30, 42), round=rng.uniform(18, 40), field=18)
        return self._taken(self.scene, camera, paper(keys.STILL, *rng.choice(_PAPERS)), 1.28)

    def origin(self) -> Image.Image:
        """The product on a table out where it comes from."""
        rng = self._dice("origin")
        low = min(float(each.points[:, 1].min()) for each in self.scene.meshes)
        wide = max(float(np.abs(joined(self.scene.meshes).points[:, ::2]).max()), 0.8)
        table = _table(wide * 5.2, wide * 2.6).moved(0, min(low, 0))
        camera = frame([*self.scene.meshes, *self.scene.glass], Camera(up=13, round=rng.uniform(-8, 8)), fill=0.62)
        x, y, z = camera.aim
        camera = Camera((x, y + 0.22 * wide, z), camera.distance, camera.up, camera.round, camera.field)
        backdrop = view(self.shelf, rng.uniform(0, 360), keys.ORIGIN)
        scene = Scene([*self.scene.meshes, table], self.scene.glass)
        return render(scene.meshes, scene.glass, camera, backdrop, floor=False)

    def snapshot(self, number: int) -> Image.Image:
        """As a customer takes it: from above, on the kitchen table, not quite straight."""
        rng = self._dice(f"snapshot {number}")
        turn = rng.uniform(-180, 180)
        turned = Scene(
            [each.turned("y", turn) for each in self.scene.meshes],
            [each.turned("y", turn) for each in self.scene.glass],
        )
        light = rng.choice(("#f4ead8", "#e9e4dc", "#dfe6ea", "#f2dcc0"))
        backdrop = _planks(keys.SNAPSHOT, light, rng)
        camera = Camera(up=rng.uniform(34, 58), round=rng.uniform(-25, 25), field=26)
        return self._taken(turned, camera, backdrop, rng.uniform(0.85, 1.15))

    def turntable(self) -> list[Image.Image]:
        """The product turned once about itself, to the right."""
        backdrop = paper(keys.SPIN, "#fbfaf7", "#e6e1d8")
        solid, glass = joined(self.scene.meshes), self.scene.glass
        steps = [360 * number / keys.FRAMES for number in range(keys.FRAMES)]
        camera = frame([solid.turned("y", angle) for angle in steps[:18:3]], Camera(up=20))
        return [
            render([solid.turned("y", angle)], [each.turned("y", angle) for each in glass], camera, backdrop)
            for angle in steps
        ]

    def _taken(self, scene: Scene, camera: Camera, backdrop: Array, fill: float) -> Image.Image:
        return render(scene.meshes, scene.glass, frame([*scene.meshes, *scene.glass], camera, fill=fill), backdrop)


def paper(size: tuple[int, int], light: Colour, deep: Colour) -> Array:
    """Coloured paper, lighter at its middle, for a picture of (width, height)."""
    y = np.linspace(0, 1, size[1], dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, size[0], dtype=np.float32)[None, :]
    return mix(light, deep, np.clip(0.12 + y * 0.7 + x * x * 0.3, 0, 1))


def webp(picture: Image.Image) -> bytes:
    """A picture's file."""
    found = BytesIO()
    picture.save(found, "WEBP", quality=_QUALITY, method=3)
    return found.getvalue()


def _table(width: float, depth: float) -> Mesh:
    x = np.linspace(-width / 2, width / 2, 90, dtype=np.float32)[None, :]
    z = np.linspace(-depth * 0.4, depth, 240, dtype=np.float32)[:, None]
    points = np.stack([x + 0 * z, 0 * (x + z), z + 0 * x], -1)
    return sheet(points, grain(PALE_WOOD, WOOD)(points * np.array((1, 1, 0.5), np.float32)), 0.12)


def _planks(size: tuple[int, int], light: Colour, rng: Random) -> Array:
    width, height = size
    y = np.linspace(0, 7, height, dtype=np.float32)[:, None]
    x = np.linspace(0, 7, width, dtype=np.float32)[None, :]
    lean = rng.uniform(-0.3, 0.3)
    across = y + x * lean + rng.uniform(0, 5)
    row = np.floor(across)
    streak = np.sin(across * 23 + np.sin(x * 2 + row * 5) * 1.4) * 0.5 + np.sin(across * 61 + row) * 0.3
    gap = np.clip((np.abs(across - row - 0.5) - 0.47) * 40, 0, 1)
    tone = np.clip(0.32 + 0.14 * streak + 0.12 * np.sin(row * 7), 0, 1) + gap * 0.5
    return mix(light, "#8a6a48", np.clip(tone, 0, 1) * 0.55)
