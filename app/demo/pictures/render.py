"""Renders scenes: rays by the Embree ray tracer, light and colour by numpy. The same scene, the same bytes."""

from dataclasses import dataclass
from math import cos, radians, sin, tan

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from PIL import Image

from app.demo.pictures.colour import mix, noise, ramp
from app.demo.pictures.forms import Painter
from app.demo.pictures.mesh import Array, Mesh, joined, length

FINER = 1.25
"""How much finer than the picture the rays are cast; scaled down, edges are smooth."""
_KEY = np.array((-0.52, 0.74, 0.46), np.float32)
_KEY_COLOUR = np.array((1.30, 1.20, 1.06), np.float32)
_SKY = np.array((0.80, 0.86, 0.98), np.float32)
_BOUNCE = np.array((0.62, 0.55, 0.47), np.float32)
_NOTHING = -1
_SUBSETS, _SKY_RAYS, _KEY_RAYS = 4, 3, 1
_NEAR = 2e-3


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at `aim` from `distance`, raised by `up` and moved round by `round` degrees; `field` degrees high."""

    aim: tuple[float, float, float] = (0, 0.42, 0)
    distance: float = 5.2
    up: float = 24
    round: float = 0
    field: float = 22

    def rays(self, width: int, height: int) -> tuple[Array, Array]:
        """Origins and directions, row by row."""
        lift, turn = radians(self.up), radians(self.round)
        back = np.array((cos(lift) * sin(turn), sin(lift), cos(lift) * cos(turn)), np.float32)
        eye = np.array(self.aim, np.float32) + back * self.distance
        right = np.array((cos(turn), 0, -sin(turn)), np.float32)
        above = np.cross(back, right)
        reach = tan(radians(self.field) / 2)
        x = np.linspace(-reach, reach, width, dtype=np.float32) * (width / height)
        y = np.linspace(reach, -reach, height, dtype=np.float32)
        directions = (x[None, :, None] * right + y[:, None, None] * above - back).reshape(-1, 3)
        directions /= length(directions)
        return np.broadcast_to(eye, directions.shape).copy(), directions.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Hits:
    """What rays met, for those that met something: which rays, where, and the surface there."""

    rays: np.ndarray
    far: Array
    points: Array
    normals: Array
    colours: Array
    gloss: Array


class Solid:
    """Meshes ready for rays."""

    def __init__(self, meshes: list[Mesh]) -> None:
        self.mesh = joined(meshes)
        self._scene = rtcore_scene.EmbreeScene()
        self._geometry = TriangleMesh(self._scene, self.mesh.points, self.mesh.faces)

    def hits(self, origins: Array, directions: Array) -> Hits:
        """The first surface each ray meets; normals face the ray."""
        found = self._scene.run(origins, directions, output=True)
        rays = np.flatnonzero(found["primID"] != _NOTHING)
        corners = self.mesh.faces[found["primID"][rays]]
        u, v = found["u"][rays][:, None], found["v"][rays][:, None]
        shares = (1 - u - v, u, v)
        normals, colours = (
            sum(values[corners[:, place]] * share for place, share in enumerate(shares))
            for values in (self.mesh.normals, self.mesh.colours)
        )
        away = np.sum(normals * directions[rays], axis=1, keepdims=True) > 0
        normals = np.where(away, -normals, normals) / length(normals)
        far = found["tfar"][rays]
        points = origins[rays] + directions[rays] * far[:, None]
        return Hits(rays, far, points, normals, colours, self.mesh.gloss[corners[:, 0]])

    def is_free(self, origins: Array, directions: Array) -> np.ndarray:
        """Whether nothing stands in the way of each ray."""
        free: np.ndarray = self._scene.run(origins, directions, query="OCCLUDED") != 0
        return free


def render(
    meshes: list[Mesh], glass: list[Mesh], camera: Camera, backdrop: Array, *, floor: bool = True
) -> Image.Image:
    """The picture of a scene before `backdrop` (height, width, 3; linear light), which is the floor's colour too.

    `glass` is seen through: it takes no shadow, throws none, and shines.
    """
    height, width = backdrop.shape[:2]
    rows, columns = round(height * FINER), round(width * FINER)
    origins, directions = camera.rays(columns, rows)
    solid = Solid(meshes)
    hits = solid.hits(origins, directions)
    canvas = _behind(backdrop, rows, columns)
    subset = ((np.arange(rows) % 2)[:, None] * 2 + np.arange(columns) % 2).ravel()
    if floor:
        _lay_floor(canvas, (rows, columns), solid, hits.rays, (origins, directions, subset))
    key, sky = _light(solid, hits.points, hits.normals, subset[hits.rays])
    key, sky = _calm(np.stack([key, sky]), hits.rays, rows, columns)
    canvas[hits.rays] = _shade(hits, directions[hits.rays], key, sky)
    if glass:
        _glaze(canvas, Solid(glass), hits, origins, directions)
    light = np.clip(canvas, 0, None)
    light = light / (1 + np.maximum(light - 0.85, 0) * 0.4)  # bright places keep their colour
    pixels = (np.clip(light, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8).reshape(rows, columns, 3)
    return Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX, reducing_gap=None)


def _behind(backdrop: Array, rows: int, columns: int) -> Array:
    small = Image.fromarray((np.clip(backdrop, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8))
    large = np.asarray(small.resize((columns, rows), Image.Resampling.BILINEAR), np.float32) / 255
    found: Array = (large**2.2).reshape(-1, 3)
    return found


def _directions() -> tuple[Array, Array]:
    """Towards the sky and towards the key light: (subset, ray, 3) each, spread evenly over all subsets."""
    count = _SUBSETS * _SKY_RAYS
    number = np.arange(count, dtype=np.float32)
    high = (number + 0.5) / count
    turn = number * 2.399963
    low = np.sqrt(1 - high**2)
    sky = np.stack([low * np.cos(turn), high, low * np.sin(turn)], -1)
    sky = sky.reshape(_SKY_RAYS, _SUBSETS, 3).transpose(1, 0, 2)
    around = np.arange(_SUBSETS * _KEY_RAYS, dtype=np.float32)
    spread = np.stack([np.cos(around * 2.399963), np.sin(around * 2.399963), np.cos(around * 1.7)], -1)
    key = _KEY + spread * (0.11 * np.sqrt((around + 0.5) / len(around)))[:, None]
    key = (key / length(key)).reshape(_KEY_RAYS, _SUBSETS, 3).transpose(1, 0, 2)
    return sky.astype(np.float32), key.astype(np.float32)


_TO_SKY, _TO_KEY = _directions()


def _light(solid: Solid, points: Array, normals: Array, subset: np.ndarray) -> tuple[Array, Array]:
    """How much of the key light and of the sky each point sees, 0 to 1."""
    start = (points + normals * _NEAR).astype(np.float32)
    key = np.zeros(len(points), np.float32)
    for ray in range(_KEY_RAYS):
        key += solid.is_free(start, _TO_KEY[subset, ray]) / np.float32(_KEY_RAYS)
    sky = np.zeros(len(points), np.float32)
    total = np.full(len(points), 1e-4, np.float32)
    for ray in range(_SKY_RAYS):
        towards = _TO_SKY[subset, ray]
        weight = np.clip(np.sum(normals * towards, 1) + 0.15, 0, 1)
        sky += solid.is_free(start, towards) * weight
        total += weight
    return key, sky / total


def _calm(values: Array, rays: np.ndarray, rows: int, columns: int) -> Array:
    """Averages values over neighbouring rays that met something too."""
    whole = np.zeros((len(values) + 1, rows * columns), np.float32)
    whole[:-1, rays] = values
    whole[-1, rays] = 1
    planes = whole.reshape(-1, rows, columns)
    for axis in (1, 2):
        planes = planes + np.roll(planes, 1, axis) + np.roll(planes, -1, axis) + np.roll(planes, 2, axis)
    flat = planes.reshape(len(planes), -1)[:, rays]
    found: Array = flat[:-1] / flat[-1]
    return found


def _lay_floor(
    canvas: Array, shape: tuple[int, int], solid: Solid, taken: np.ndarray, cast: tuple[Array, Array, np.ndarray]
) -> None:
    """Darkens the backdrop where the scene's shadow falls on the floor at y = 0."""
    reach = float(np.abs(solid.mesh.points[:, ::2]).max()) + float(solid.mesh.points[:, 1].max()) * 0.9 + 0.3
    is_open = np.ones(len(canvas), bool)
    is_open[taken] = False
    origins, directions, subset = cast
    rays = np.flatnonzero(is_open & (directions[:, 1] < -1e-3))
    points = origins[rays] - directions[rays] * (origins[rays, 1:2] / directions[rays, 1:2])
    inside = np.linalg.norm(points[:, ::2], axis=1) < reach
    rays, points = rays[inside], points[inside]
    if not len(rays):
        return
    up = np.broadcast_to(np.array((0, 1, 0), np.float32), points.shape)
    key, sky = _calm(np.stack(_light(solid, points, up, subset[rays])), rays, *shape)
    shade = (0.45 * key + 0.55 * sky**1.2)[:, None]
    warm = np.array((0.36, 0.27, 0.24), np.float32)
    canvas[rays] *= warm + (1 - warm) * shade


def _shade(hits: Hits, directions: Array, key: Array, sky: Array) -> Array:
    normals, colours, gloss = hits.normals, hits.colours, hits.gloss[:, None]
    key, sky = key[:, None], sky[:, None]
    towards = _KEY / length(_KEY)
    facing = np.sum(normals * towards, 1, keepdims=True)
    diffuse = np.clip((facing + 0.22) / 1.22, 0, 1) * (0.25 + 0.75 * key)
    open_sky = sky / (1 - colours * (1 - sky) * 0.75)  # light that went from leaf to leaf takes their colour
    upward = normals[:, 1:2] * 0.5 + 0.5
    ambient = (_BOUNCE + (_SKY - _BOUNCE) * upward) * open_sky
    light = colours * (diffuse * _KEY_COLOUR * 0.72 + ambient * 0.62)
    view = -directions
    cosine = np.clip(np.sum(normals * view, 1, keepdims=True), 0, 1)
    return np.asarray(light + _shine(normals, view, cosine, gloss) * (0.25 + 0.75 * sky), np.float32)


def _shine(normals: Array, view: Array, cosine: Array, gloss: Array) -> Array:
    """What a surface mirrors: the key light and a window, more of both where it is seen from the side."""
    half = _KEY / length(_KEY) + view
    half = half / length(half)
    spot = np.clip(np.sum(normals * half, 1, keepdims=True), 0, 1) ** (8 + 160 * gloss**1.5)
    mirrored = 2 * cosine * normals - view
    window = _soft(mirrored[:, 0:1], -0.75, -0.1) * _soft(mirrored[:, 1:2], 0.35, 0.95)
    rim = (1 - cosine) ** 4
    shine = gloss * (0.55 * spot * gloss + (0.05 + 0.35 * rim) * (0.4 + 1.5 * window))
    return np.asarray(shine * np.array((1.0, 0.99, 0.96), np.float32), np.float32)


def _soft(value: Array, low: float, high: float) -> Array:
    inside = np.clip((value - low) / 0.15, 0, 1) * np.clip((high - value) / 0.15, 0, 1)
    return np.asarray(inside, np.float32)


def _glaze(canvas: Array, glass: Solid, behind: Hits, origins: Array, directions: Array) -> None:
    """Lays what is seen through over the picture: tinted by its colour, bright at its edges and where it mirrors."""
    distance = np.full(len(canvas), np.inf, np.float32)
    distance[behind.rays] = behind.far
    hits = glass.hits(origins, directions)
    seen = hits.far < distance[hits.rays]
    view = -directions[hits.rays]
    cosine = np.clip(np.sum(hits.normals * view, 1, keepdims=True), 0, 1)
    tint = hits.colours ** (0.35 + 0.5 * (1 - cosine))
    shine = _shine(hits.normals, view, cosine, hits.gloss[:, None])
    glazed = canvas[hits.rays] * tint + shine * 1.1 + 0.06 * (1 - cosine) ** 2
    canvas[hits.rays[seen]] = glazed[seen]


def frame(meshes: list[Mesh], camera: Camera = Camera(), *, fill: float = 0.86) -> Camera:
    """The camera moved so that the scene fills this share of a square picture."""
    points = joined(meshes).points
    lift, turn = radians(camera.up), radians(camera.round)
    back = np.array((cos(lift) * sin(turn), sin(lift), cos(lift) * cos(turn)), np.float32)
    right = np.array((cos(turn), 0, -sin(turn)), np.float32)
    above = np.cross(back, right)
    sides, heights = points @ right, points @ above
    middle = right * (sides.max() + sides.min()) / 2 + above * (heights.max() + heights.min()) / 2
    half = max(sides.max() - sides.min(), heights.max() - heights.min()) / 2
    distance = half / fill / tan(radians(camera.field) / 2)
    near = float((points @ back).max()) * 0.5
    aim = (float(middle[0]), float(middle[1]), float(middle[2]))
    return Camera(aim, float(distance) + near, camera.up, camera.round, camera.field)


def around(meshes: list[Mesh], ground: Painter, eye: float, size: tuple[int, int], sun: float) -> Image.Image:
    """Everything round a viewer whose eye is this high above the ground: equirectangular, of (width, height)."""
    width, height = size
    turn = (np.arange(width, dtype=np.float32) + 0.5) / width * 2 * np.pi - np.pi
    lift = np.pi / 2 - (np.arange(height, dtype=np.float32) + 0.5) / height * np.pi
    flat = np.cos(lift)[:, None]
    directions = (
        np.stack(
            [flat * np.sin(turn), np.broadcast_to(np.sin(lift)[:, None], (height, width)), -flat * np.cos(turn)], -1
        )
        .reshape(-1, 3)
        .astype(np.float32)
    )
    origins = np.broadcast_to(np.array((0, eye, 0), np.float32), directions.shape).copy()
    subset = ((np.arange(height) % 2)[:, None] * 2 + np.arange(width) % 2).ravel()
    solid = Solid(meshes)
    hits = solid.hits(origins, directions)
    canvas = _heaven(directions, sun)
    open_rays = np.ones(len(canvas), bool)
    open_rays[hits.rays] = False
    rays = np.flatnonzero(open_rays & (directions[:, 1] < -0.012))
    far = eye / -directions[rays, 1]
    points = origins[rays] + directions[rays] * far[:, None]
    up = np.broadcast_to(np.array((0, 1, 0), np.float32), points.shape)
    near = far < 30
    key, sky = np.ones(len(rays), np.float32), np.ones(len(rays), np.float32)
    key[near], sky[near] = _calm(
        np.stack(_light(solid, points[near], up[near], subset[rays[near]])), rays[near], height, width
    )
    lit = ground(points) * (key * 0.85 + sky * 0.5)[:, None]
    canvas[rays] = _hazy(lit, far, canvas[rays])
    key, sky = _calm(np.stack(_light(solid, hits.points, hits.normals, subset[hits.rays])), hits.rays, height, width)
    canvas[hits.rays] = _hazy(_shade(hits, directions[hits.rays], key, sky), hits.far, canvas[hits.rays])
    pixels = (np.clip(canvas, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8).reshape(height, width, 3)
    return Image.fromarray(pixels)


def _hazy(colours: Array, far: Array, behind: Array) -> Array:
    thick = (1 - np.exp(-far / 60))[:, None]
    haze = np.clip(behind, 0.55, 1)
    return np.asarray(colours * (1 - thick) + haze * thick, np.float32)


def _heaven(directions: Array, sun: float) -> Array:
    """Sky, clouds and far mountains."""
    high = directions[:, 1]
    colours = mix("#eaf3f8", "#4f93cf", np.clip(high, 0, 1) ** 0.55)
    clouds = ramp(noise(directions * np.array((1, 2.6, 1), np.float32), 2.2, "clouds"), 0.12, 0.6) * ramp(
        high, 0.03, 0.3
    )
    colours = mix(colours, "#ffffff", clouds * 0.8)
    towards = np.array((sin(radians(sun)) * 0.8, 0.5, cos(radians(sun)) * 0.8), np.float32)
    glow = np.clip(directions @ (towards / length(towards)), 0, 1) ** 40
    colours = colours + glow[:, None] * np.array((0.5, 0.42, 0.25), np.float32)
    level = directions * np.array((1, 0, 1), np.float32)
    level = level / length(level)
    for distance, (height, colour) in enumerate(((0.17, "#a9bfd3"), (0.1, "#7f9fb0"), (0.055, "#6f9484"))):
        ridge = height * (0.62 + 0.55 * noise(level, 2.4 + distance * 1.7, f"ridge {distance}"))
        inside = ramp(ridge - high, 0, 0.006) * (high > -0.05)
        snow = ramp(high, 0.1, 0.135) * (distance == 0)
        colours = mix(colours, mix(colour, "#f4f7fa", snow), inside)
    return np.asarray(colours, np.float32)
