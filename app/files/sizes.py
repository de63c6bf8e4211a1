"""Smaller pictures, made when first asked for and kept in the store."""

import asyncio
from io import BytesIO

from PIL import Image

from app.files.store import Store

SIZED = "sized/"
"""Below it the store keeps pictures of a width: SIZED + width + / + key. Losing them loses nothing."""
MAX_PIXELS = 50_000_000
AT_ONCE = 2  # pictures resized at the same time in one process; the others wait
_QUALITY, _EFFORT = 82, 4


class NotAPicture(ValueError):  # noqa: N818 - an answer (404), not a fault
    """What is stored there has no sizes: it is no picture, or one of more than MAX_PIXELS."""


def resized(content: bytes, width: int) -> bytes:
    """The picture as WebP, `width` pixels wide and as high as that makes it; never larger than it is.

    Raises:
        NotAPicture: no picture that can be read, or one too large to be read safely.
    """
    try:
        with Image.open(BytesIO(content), formats=("WEBP", "PNG", "JPEG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise NotAPicture("too many pixels")
            picture.draft("RGB", (width, width))
            plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as broken:
        raise NotAPicture("no picture") from broken
    if plain.width > width:
        plain = plain.resize((width, max(1, round(plain.height * width / plain.width))), Image.Resampling.LANCZOS)
    found = BytesIO()
    plain.save(found, "WEBP", quality=_QUALITY, method=_EFFORT)
    return found.getvalue()


class Sizes:
    """Makes pictures of a width. Of requests for the same one at the same time one makes it, the others wait."""

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[bool]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def key(self, store: Store, key: str, width: int) -> str | None:
        """The key of the stored picture `key` at most `width` wide, made if it was not; None when there is no `key`.

        Raises:
            NotAPicture: what is stored there has no sizes.
        """
        sized = f"{SIZED}{width}/{key}"
        if await store.head(sized) is not None:
            return sized
        task = self._under_way.get(sized)
        if task is None:
            task = asyncio.create_task(self._make(store, key, width, sized))
            self._under_way[sized] = task
            task.add_done_callback(lambda _: self._under_way.pop(sized, None))
        return sized if await asyncio.shield(task) else None  # one who leaves does not spoil it for the others

    async def _make(self, store: Store, key: str, width: int, sized: str) -> bool:
        opened = await store.get(key)
        if opened is None:
            return False
        content = await opened.read()
        async with self._turns:
            smaller = await asyncio.to_thread(resized, content, width)
        await store.put(sized, smaller, "image/webp")
        return True
