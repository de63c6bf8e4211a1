"""What a picture shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from app.demo.pictures.mesh import Mesh


@dataclass(frozen=True, slots=True)
class Scene:
    """Meshes that stand on the floor at y = 0 about the origin, and those one sees through; the backdrop's hue."""

    meshes: list[Mesh]
    glass: list[Mesh] = field(default_factory=list)


Look = Callable[[Random], Scene]
"""How a product looks, a little different for each."""
