"""How goods are set out for a picture: alone, in groups, heaped, on a board, in a basket."""

from random import Random

from app.demo.pictures.arrange import ONE, THREE, Make, Place, heap, set_out
from app.demo.pictures.mesh import Mesh
from app.demo.pictures.scene import Look, Scene
from app.demo.pictures.vessels import basket, board, bowl, plate, tray


def of(make: Make, places: tuple[Place, ...] = THREE, *extra: tuple[Make, Place], turn: float = 180) -> Look:
    """Pieces at places, turned by up to `turn` degrees, and single others beside them, which face the viewer."""

    def look(rng: Random) -> Scene:
        meshes = set_out(make, places, rng, turn=turn)
        for other, place in extra:
            meshes += set_out(other, (place,), rng, turn=14)
        return Scene(meshes)

    return look


def one(make: Make) -> Look:
    """A single piece, facing the viewer."""
    return of(make, ONE, turn=8)


def beside(first: Make, second: Make, at: Place = (0.95, 0.35, 0.6)) -> Look:
    """A large piece and a smaller one before it."""
    return of(first, ((-0.25, -0.15, 1),), (second, at), turn=10)


def heaped(make: Make, size: float, wide: int = 4, high: int = 3) -> Look:
    """Small round pieces in a heap."""
    return lambda rng: Scene(heap(make, size, rng, wide=wide, high=high))


def raised(meshes: list[Mesh], by: float) -> list[Mesh]:
    """Higher up."""
    return [each.moved(0, by, 0) for each in meshes]


def on_board(
    make: Make, places: tuple[Place, ...] = ONE, *, size: tuple[float, float] = (2.5, 1.6), turn: float = 12
) -> Look:
    """Pieces on a wooden board."""
    return lambda rng: Scene([board(*size), *raised(set_out(make, places, rng, turn=turn), 0.1)])


def on_plate(
    make: Make, places: tuple[Place, ...] = ONE, *, radius: float = 1.3, turn: float = 12, colour: str = "#f4f1ea"
) -> Look:
    """Pieces on a plate."""
    return lambda rng: Scene([plate(radius, colour), *raised(set_out(make, places, rng, turn=turn), 0.07)])


def in_bowl(
    make: Make,
    size: float,
    *,
    radius: float = 0.95,
    colour: str = "#f4f1ea",
    wide: int = 4,
    high: int = 2,
    lift: float = 0.3,
) -> Look:
    """Small round pieces heaped in a bowl."""
    return lambda rng: Scene([bowl(radius, 0.62, colour), *raised(heap(make, size, rng, wide=wide, high=high), lift)])


def in_basket(
    make: Make, places: tuple[Place, ...], *, radius: float = 1.15, high: float = 0.4, turn: float = 180
) -> Look:
    """Pieces in a wicker basket."""
    return lambda rng: Scene([*basket(radius, high), *raised(set_out(make, places, rng, turn=turn), 0.08)])


def on_tray(
    make: Make,
    places: tuple[Place, ...],
    *,
    size: tuple[float, float] = (2.3, 1.5),
    colour: str = "#eef1f2",
    turn: float = 12,
) -> Look:
    """Pieces in a shallow tray."""
    return lambda rng: Scene([*tray(*size, colour), *raised(set_out(make, places, rng, turn=turn), 0.05)])
