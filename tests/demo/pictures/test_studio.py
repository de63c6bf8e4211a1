"""Pictures are functions of the product: the same again, another for another."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from app.demo.dice import dice
from app.demo.pictures import film, keys, studio
from app.demo.pictures.landscape import panorama, place_of
from app.demo.pictures.looks import LOOKS
from app.demo.pictures.render import frame
from app.demo.pictures.studio import Studio, webp
from app.demo.products import facts

SHELVES = {slug: shelf for shelf, (slug, *_) in facts()}
MILK = [slug for slug, shelf in SHELVES.items() if shelf == "xian-nai"]
TINY = (48, 48)


@pytest.fixture
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STILL", "SNAPSHOT", "SPIN"):
        monkeypatch.setattr(keys, name, TINY)


@pytest.mark.usefixtures("_tiny")
def test_no_two_products_look_the_same() -> None:
    """Not even the milk bottles of one shelf; and each the same when drawn again."""
    first, again = ([webp(Studio(slug, SHELVES[slug]).cover()) for slug in MILK] for _ in range(2))
    assert first == again
    assert len(set(first)) == len(MILK) == 6


@pytest.mark.usefixtures("_tiny")
def test_the_pictures_of_a_product_differ() -> None:
    """Cover, close look and each snapshot."""
    one = Studio("yuanmou-fanqie", "qie-guo")
    shots = [webp(picture) for picture in (one.cover(), one.close(), one.snapshot(1), one.snapshot(2))]
    assert len(set(shots)) == 4


@pytest.mark.parametrize("slug", [slug for slug in LOOKS if SHELVES[slug] in {"hai-yu", "dan-gao", "shi-yong-you"}])
def test_a_scene_stands_on_the_floor_and_can_be_framed(slug: str) -> None:
    """Nothing is endless, nothing of it is far below the floor, and chance falls the same way twice."""
    scene, again = (LOOKS[slug](dice(slug)) for _ in range(2))
    points = np.concatenate([each.points for each in (*scene.meshes, *scene.glass)])
    assert np.isfinite(points).all()
    assert points[:, 1].min() > -0.45
    assert 1 < frame([*scene.meshes, *scene.glass]).distance < 30
    assert all((one.points == other.points).all() for one, other in zip(scene.meshes, again.meshes, strict=True))


@pytest.mark.usefixtures("_tiny")
def test_a_turn_has_36_pictures() -> None:
    """Each another one."""
    frames = Studio("eryuan-xianniunai", "xian-nai").turntable()
    assert (len(frames), {each.size for each in frames}) == (36, {TINY})
    assert len({each.tobytes() for each in frames}) == 36


@pytest.mark.parametrize("shelf", ["tao-li-xing", "hai-yu", "mei-gui"])
def test_a_panorama_closes(shelf: str) -> None:
    """Its left edge meets its right: no seam is larger than what lies between two neighbours elsewhere."""
    pixels = np.asarray(panorama(shelf, (256, 128)), np.int16)
    steps = np.abs(np.diff(pixels, axis=1)).mean(axis=(0, 2))
    seam = np.abs(pixels[:, 0] - pixels[:, -1]).mean()
    assert seam <= steps.max()


def test_every_shelf_comes_from_somewhere() -> None:
    """Fish from the water, roses from a field; what a kitchen makes from a village."""
    assert [place_of(shelf) for shelf in ("hai-yu", "mei-gui", "shu-shi")] == ["shore", "flowers", "village"]


def test_a_film_is_mp4_that_starts_at_once() -> None:
    """Its index stands before its pictures, its poster is one of them, and it is the same again."""
    around, frames = Image.new("RGB", (256, 128), "green"), [Image.new("RGB", TINY, (n * 7, 90, 90)) for n in range(36)]
    made = film.film(around, frames)
    assert made == film.film(around, frames)
    assert made[4:8] == b"ftyp"
    assert made.index(b"moov") < made.index(b"mdat")
    assert film.poster(around, frames).size == keys.FILM


def test_pictures_are_webp() -> None:
    """Of the size that the rows say."""
    with Image.open(BytesIO(webp(Image.new("RGB", keys.STILL)))) as found:
        assert (found.format, found.size) == ("WEBP", keys.STILL)
    assert studio.paper((4, 2), "#ffffff", "#000000").shape == (2, 4, 3)
