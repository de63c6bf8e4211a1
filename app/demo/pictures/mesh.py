"""Triangle meshes that scenes are built of: points, a colour and a gloss per point, moved about by value."""

from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
Faces: TypeAlias = NDArray[np.int32]

_AXES = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}


@dataclass(frozen=True, slots=True)
class Mesh:
    """`points` and `normals` (n, 3), `colours` (n, 3) linear light, `gloss` (n,) from 0 dull to 1 wet; `faces` (m, 3).

    `y` points up, the camera looks along -z; a product is about one unit high.
    """

    points: Array
    normals: Array
    colours: Array
    gloss: Array
    faces: Faces

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> "Mesh":
        """Elsewhere."""
        return replace(self, points=self.points + np.array((x, y, z), np.float32))

    def turned(self, axis: str, degrees: float) -> "Mesh":
        """Turned about an axis through the origin, `x`, `y` or `z`."""
        first, second = _AXES[axis]
        spin = np.eye(3, dtype=np.float32)
        c, s = cos(radians(degrees)), sin(radians(degrees))
        spin[first, first], spin[first, second], spin[second, first], spin[second, second] = c, -s, s, c
        return replace(self, points=self.points @ spin.T, normals=self.normals @ spin.T)

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> "Mesh":
        """Larger or smaller: one factor for all, or one per axis."""
        factors = np.array((x, x if y is None else y, x if z is None else z), np.float32)
        normals = self.normals / factors
        return replace(self, points=self.points * factors, normals=normals / length(normals))

    def dull(self, gloss: float) -> "Mesh":
        """With another gloss."""
        return replace(self, gloss=np.full_like(self.gloss, gloss))


def joined(meshes: list[Mesh]) -> Mesh:
    """Several meshes as one."""
    offsets = np.cumsum([0, *(len(each.points) for each in meshes[:-1])])
    return Mesh(
        np.concatenate([each.points for each in meshes]),
        np.concatenate([each.normals for each in meshes]),
        np.concatenate([each.colours for each in meshes]),
        np.concatenate([each.gloss for each in meshes]),
        np.concatenate([each.faces + offset for each, offset in zip(meshes, offsets, strict=True)]).astype(np.int32),
    )


def sheet(points: Array, colours: Array, gloss: float = 0.2, *, is_closed: bool = False) -> Mesh:
    """A grid of points (rows, columns, 3) as a smooth surface; `is_closed` when its last column meets its first."""
    rows, columns = points.shape[:2]
    points = points.astype(np.float32)
    padded = np.concatenate([points[:, -2:-1], points, points[:, 1:2]], 1) if is_closed else points
    along = np.gradient(padded, axis=0)
    across = np.gradient(padded, axis=1)
    if is_closed:
        along, across = along[:, 1:-1], across[:, 1:-1]
    normals = np.cross(across, along).reshape(-1, 3)
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    faces = np.concatenate(
        [
            np.stack([first, first + columns, first + columns + 1], 1),
            np.stack([first, first + columns + 1, first + 1], 1),
        ]
    )
    return Mesh(
        points.reshape(-1, 3),
        (normals / length(normals)).astype(np.float32),
        np.broadcast_to(colours, points.shape).reshape(-1, 3).astype(np.float32),
        np.full(rows * columns, gloss, np.float32),
        faces.astype(np.int32),
    )


def length(vectors: Array) -> Array:
    """The length of each vector, as a column; never zero."""
    found: Array = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return found
