"""Files as clients send them, good and hostile, made here and small."""

import io
import struct
import zlib
from collections.abc import Iterable

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

GPS = 0x8825
ORIENTATION = 0x0112
LATITUDE = (25.0, 2.0, 17.5)  # of Kunming


def picture(size: tuple[int, int] = (48, 32), color: str = "tomato") -> Image.Image:
    """A picture with something on it."""
    image = Image.new("RGB", size, color)
    ImageDraw.Draw(image).ellipse((4, 4, size[0] // 2, size[1] - 4), fill="white")
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo() -> bytes:
    """A JPEG as a phone takes it upright: turned by a note in its EXIF, which tells the place too, and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = LATITUDE
    exif[0x010F] = "Phone of Wang Xiaoming"
    return saved(picture(), "JPEG", exif=exif, comment=b"kunming")


def jpeg(size: tuple[int, int] = (48, 32)) -> bytes:
    """A plain JPEG."""
    return saved(picture(size), "JPEG")


def png() -> bytes:
    """A PNG that is partly transparent, with a text in it."""
    image = picture().convert("RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    return saved(image, "PNG")


def webp() -> bytes:
    """A WebP."""
    return saved(picture(), "WEBP")


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says it has 3,600 megapixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


def moving(kind: str) -> bytes:
    """A picture that moves."""
    return saved(picture(), kind, save_all=True, append_images=[picture(color="green")])


def pdf(*, password: str | None = None, pages: int = 1, **entries: object) -> bytes:
    """A document of empty pages; `entries` go into its catalogue."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    for name, value in entries.items():
        writer.root_object[NameObject(f"/{name}")] = value  # type: ignore[assignment]  # pypdf's own objects
    if password is not None:
        writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def script() -> DictionaryObject:
    """An action that runs a script."""
    text = TextStringObject("app.alert('hello')")
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): text})


def pdf_with_attachment() -> bytes:
    """A document that carries another file."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("hello.exe", b"MZ")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def launching() -> DictionaryObject:
    """An action that starts a program."""
    return DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})


def box(kind: bytes, *inner: bytes) -> bytes:
    """A box of an MP4."""
    body = b"".join(inner)
    return struct.pack(">I", 8 + len(body)) + kind + body


def track(
    handler: bytes = b"vide", *, width: int = 0, height: int = 0, turned: bool = False, extra: bytes = b""
) -> bytes:
    """A track of an MP4 without samples."""
    one = 0x10000
    matrix = (0, one, 0, -one, 0, 0, 0, 0, 1 << 30) if turned else (one, 0, 0, 0, one, 0, 0, 0, 1 << 30)
    tkhd = struct.pack(">I20x8x8x", 7) + struct.pack(">9i", *matrix) + struct.pack(">II", width * one, height * one)
    return box(b"trak", box(b"tkhd", tkhd), box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13))), extra)


def mp4(
    tracks: Iterable[bytes] | None = None,
    *,
    seconds: int = 12,
    brand: bytes = b"isom",
    extra: bytes = b"",
    end: bytes = b"",
) -> bytes:
    """A film as far as its boxes tell: 640 x 360, with a place in its user data."""
    place = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+25.0406+102.7129/"))
    mvhd = box(b"mvhd", struct.pack(">4x8xII80x", 600, 600 * seconds))
    inner = tracks if tracks is not None else [track(width=640, height=360), track(b"soun")]
    return b"".join(
        (
            box(b"ftyp", brand, bytes(4), brand, b"mp42" if brand == b"isom" else b""),
            box(b"moov", mvhd, *inner, place),
            box(b"mdat", bytes(range(256)) * 8),
            extra,
            end,
        )
    )
