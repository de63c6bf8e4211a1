"""Smaller pictures, each made once."""

import asyncio
from io import BytesIO

import pytest
from PIL import Image

from app.files import sizes
from app.files.sizes import NotAPicture, Sizes, resized
from app.files.store import Store


def picture(width: int, height: int, kind: str = "WEBP", mode: str = "RGB") -> bytes:
    """A plain picture's file."""
    found = BytesIO()
    Image.new(mode, (width, height), "red").save(found, kind)
    return found.getvalue()


def size(content: bytes) -> tuple[str | None, int, int]:
    """Format and size of a picture's file."""
    with Image.open(BytesIO(content)) as found:
        return found.format, found.width, found.height


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (picture(800, 600), (320, 240)),
        (picture(800, 600, "PNG", "RGBA"), (320, 240)),
        (picture(800, 600, "JPEG"), (320, 240)),
        (picture(800, 600, "JPEG", "CMYK"), (320, 240)),
        (picture(200, 100), (200, 100)),
        (picture(4000, 2), (320, 1)),
    ],
    ids=["webp", "png", "jpeg", "cmyk", "small", "flat"],
)
def test_a_picture_gets_smaller_never_larger(given: bytes, expected: tuple[int, int]) -> None:
    """Always as WebP, in its proportions."""
    assert size(resized(given, 320)) == ("WEBP", *expected)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", picture(800, 600)[:200], picture(9, 9, "GIF", "P")])
def test_what_is_no_picture_has_no_sizes(content: bytes) -> None:
    """Nor has what is broken, or of a kind the shop does not keep."""
    with pytest.raises(NotAPicture):
        resized(content, 320)


def test_a_picture_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its header says how much memory it would take."""
    monkeypatch.setattr(sizes, "MAX_PIXELS", 100)
    with pytest.raises(NotAPicture, match="too many pixels"):
        resized(picture(20, 6), 320)


async def test_of_many_requests_one_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others wait for it; later it is in the store."""
    made: list[int] = []

    def counted(content: bytes, width: int) -> bytes:
        made.append(width)
        return resized(content, width)

    monkeypatch.setattr(sizes, "resized", counted)
    store, asked = Store.open("memory:///"), Sizes()
    await store.put("media/a.webp", picture(800, 600), "image/webp")
    found = await asyncio.gather(*(asked.key(store, "media/a.webp", 320) for _ in range(20)))
    assert (set(found), made) == ({"sized/320/media/a.webp"}, [320])
    assert await Sizes().key(store, "media/a.webp", 320) == "sized/320/media/a.webp"
    assert made == [320]


async def test_who_leaves_does_not_spoil_it_for_the_others() -> None:
    """The first to ask is cancelled; the second gets its picture."""
    store, asked = Store.open("memory:///"), Sizes()
    await store.put("media/a.webp", picture(800, 600), "image/webp")
    first, second = (asyncio.create_task(asked.key(store, "media/a.webp", 320)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == "sized/320/media/a.webp"


async def test_a_picture_that_is_not_there_has_no_sizes() -> None:
    """And leaves nothing in the store."""
    store = Store.open("memory:///")
    assert await Sizes().key(store, "media/none.webp", 320) is None
    assert [each async for each in store.list("sized")] == []
