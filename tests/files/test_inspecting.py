"""What is found in files, hostile ones too: by the real process, which may be killed."""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256

import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from app.files import inspecting
from app.files.errors import FileBroken, FileEmpty, FileNotSafe, FileTooLarge, FileTypeNotAccepted
from app.files.incoming import BUFFER, incoming
from app.files.inspecting import Inspector
from app.files.rules import Caps
from app.kit.errors import Refusal, Refused
from tests.files import samples

CAPS = Caps(image=1_000_000, video=2_000_000, document=1_500_000, day=10_000_000)


@dataclass(frozen=True, slots=True)
class Kept:
    """What would be kept of a file."""

    content_type: str
    content: bytes
    size: int
    sha256: str
    pixels: tuple[int | None, int | None]


@asynccontextmanager
async def refused(kind: type[Refusal]) -> AsyncIterator[None]:
    """The block is refused for this reason."""
    with pytest.raises(Refused) as caught:
        yield
    assert type(caught.value.reason) is kind


async def kept(content: bytes, caps: Caps = CAPS) -> Kept:
    """What is kept of a file that is sent in pieces of 1,000 bytes."""
    async with incoming(caps) as file:
        for start in range(0, len(content), 1000):
            await file.write(content[start : start + 1000])
        async with Inspector().inspected(await file.finish()) as found:
            whole = b"".join([piece async for piece in found.content()])
            return Kept(found.content_type, whole, found.size, found.sha256, (found.width, found.height))


@pytest.mark.parametrize(
    ("make", "content_type"), [(samples.jpeg, "image/jpeg"), (samples.png, "image/png"), (samples.webp, "image/webp")]
)
async def test_a_picture_is_kept_as_its_own_type(make: Callable[[], bytes], content_type: str) -> None:
    """The size and hash told are those of what is kept."""
    found = await kept(make())
    assert (found.content_type, found.pixels) == (content_type, (48, 32))
    assert (found.size, found.sha256) == (len(found.content), sha256(found.content).hexdigest())
    with Image.open(io.BytesIO(found.content)) as image:
        assert image.size == (48, 32)
        red, green, blue = image.convert("RGB").getpixel((40, 16))  # type: ignore[misc]  # three numbers
    assert (red > 200, green < 130, blue < 110) == (True, True, True)


async def test_a_photo_stands_upright_and_tells_no_place() -> None:
    """Neither its EXIF nor its comment is kept; the turn it asked for is done."""
    sent = samples.photo()
    assert b"kunming" in sent
    found = await kept(sent)
    assert found.pixels == (32, 48)
    with Image.open(io.BytesIO(found.content)) as image:
        assert dict(image.getexif()) == {}
        assert "comment" not in image.info
    assert b"kunming" not in found.content
    assert b"Wang" not in found.content


async def test_what_hides_behind_a_picture_goes() -> None:
    """A polyglot: a picture for one program, an archive or a page for another."""
    hidden = b"PK\x03\x04<script>alert(1)</script>"
    for sent in (samples.jpeg() + hidden, samples.png() + hidden, samples.webp() + hidden):
        assert hidden not in (await kept(sent)).content


async def test_transparency_is_kept() -> None:
    """Of a PNG."""
    with Image.open(io.BytesIO((await kept(samples.png())).content)) as image:
        assert image.mode == "RGBA"
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp])
async def test_a_truncated_picture_is_broken(make: Callable[[], bytes]) -> None:
    """Its last bytes did not arrive."""
    async with refused(FileBroken):
        await kept(make()[:-40])


@pytest.mark.parametrize(
    "content",
    [samples.bomb(), samples.moving("PNG"), samples.moving("WEBP")],
    ids=["bomb", "moving PNG", "moving WebP"],
)
async def test_a_bomb_or_a_moving_picture_is_not_safe(content: bytes) -> None:
    """Nothing is unpacked."""
    assert len(content) < 20_000
    async with refused(FileNotSafe):
        await kept(content)


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a" + bytes(20),
        b"<html><body>",
        b"MZ" + bytes(100),
        b"PK\x03\x04" + bytes(60),
        b"%PDF",
        b"\xff\xd8",
        bytes(50),
    ],
)
async def test_other_content_is_not_taken_whatever_its_name(content: bytes) -> None:
    """Told by the first bytes alone."""
    async with refused(FileTypeNotAccepted):
        await kept(content)


async def test_an_empty_file_is_refused() -> None:
    """It has no first bytes."""
    async with refused(FileEmpty):
        await kept(b"")


async def test_the_cap_is_exact() -> None:
    """A file of as many bytes as its kind may have is taken, one of a byte more is not; each kind has its own."""
    document = samples.pdf()
    exact = Caps(image=10, video=10, document=len(document), day=1)
    assert (await kept(document, exact)).size == len(document)
    async with refused(FileTooLarge):
        await kept(document, Caps(image=10**6, video=10**6, document=len(document) - 1, day=1))


async def test_a_file_too_large_is_refused_with_the_first_byte_too_many() -> None:
    """The rest is not waited for, and no more than a buffer is held."""
    async with refused(FileTooLarge), incoming(CAPS) as file:
        await file.write(samples.jpeg())
        for sent in range(0, 10**9, 1000):
            assert sent < CAPS.image + 1000
            assert len(file._waiting) < BUFFER + 1000
            await file.write(bytes(1000))


async def test_a_document_is_kept_byte_for_byte() -> None:
    """A lab's seal signs the bytes."""
    sent = samples.pdf(pages=3)
    found = await kept(sent)
    assert (found.content_type, found.content, found.pixels) == ("application/pdf", sent, (None, None))


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(password="secret"),
        samples.pdf(password=""),
        samples.pdf(OpenAction=samples.script()),
        samples.pdf_with_attachment(),
        samples.pdf(OpenAction=samples.launching()),
        samples.pdf(AA=DictionaryObject({NameObject("/WC"): samples.launching()})),
        samples.pdf(AcroForm=DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})),
        samples.pdf(pages=301),
    ],
    ids=["password", "empty password", "script", "attachment", "launch", "launch on close", "form", "pages"],
)
async def test_a_document_that_acts_is_not_safe(content: bytes) -> None:
    """Or that nobody can look into."""
    async with refused(FileNotSafe):
        await kept(content)


async def test_a_name_in_disguise_is_seen() -> None:
    """`/J#53` is `/JS`."""
    sent = (
        samples.pdf(OpenAction=samples.script()).replace(b"/JS ", b"/J#53 ").replace(b"/JavaScript", b"/Java#53cript")
    )
    assert b"/JS" not in sent
    with pytest.raises(Refused) as caught:
        await kept(sent)
    assert type(caught.value.reason) in {FileNotSafe, FileBroken}  # the disguise moves what the tables point at


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf()[:-300],
        samples.pdf() + b"PK\x03\x04" + bytes(2000),
        samples.pdf() + b"<script>alert(1)</script>",
        samples.pdf(pages=0),
        b"%PDF-1.7\n" + bytes(3000) + b"%%EOF",
    ],
    ids=["truncated", "archive behind", "script behind", "no page", "nothing"],
)
async def test_a_broken_document_is_refused(content: bytes) -> None:
    """Or one with something behind its end."""
    async with refused(FileBroken):
        await kept(content)


async def test_a_film_tells_no_place() -> None:
    """The bytes of the user data are gone, every length is the same."""
    sent = samples.mp4(extra=samples.box(b"uuid", b"+25.0406+102.7129/"))
    assert sent.count(b"+25.0406") == 2
    found = await kept(sent)
    assert (found.content_type, found.pixels, found.size) == ("video/mp4", (640, 360), len(sent))
    assert b"+25.0406" not in found.content
    assert found.content.count(b"free") == 2
    assert found.sha256 == sha256(found.content).hexdigest()


async def test_a_film_taken_upright_is_told_upright() -> None:
    """Its matrix turns it."""
    sent = samples.mp4([samples.track(width=640, height=360, turned=True)])
    assert (await kept(sent)).pixels == (360, 640)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.mp4()[:-1], FileBroken),
        (samples.mp4(end=b"<script>alert(1)</script>"), FileBroken),
        (samples.mp4(extra=samples.box(b"PK\x03\x04", b"hidden")), FileBroken),
        (samples.mp4(brand=b"heic"), FileBroken),
        (samples.mp4([samples.track(b"soun")]), FileBroken),
        (samples.mp4([samples.track(width=0, height=360)]), FileBroken),
        (samples.mp4(seconds=0), FileBroken),
        (samples.mp4(seconds=301), FileNotSafe),
        (samples.mp4([samples.track(width=640, height=360), samples.track(b"meta")]), FileNotSafe),
        (samples.box(b"ftyp", b"isom", bytes(4)), FileBroken),
    ],
    ids=["truncated", "behind", "unknown box", "HEIC", "sound only", "no width", "no length", "long", "way", "no film"],
)
async def test_a_film_that_is_not_whole_is_refused(content: bytes, kind: type[Refusal]) -> None:
    """Or that is more than picture and sound."""
    async with refused(kind):
        await kept(content)


async def test_an_inspection_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is refused; the process is gone."""
    monkeypatch.setattr(inspecting, "PATIENCE", 0.001)
    async with refused(FileBroken):
        await kept(samples.jpeg((2000, 2000)))
