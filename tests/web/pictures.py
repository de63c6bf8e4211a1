"""Stand-ins for the shop's pictures, which tests do not draw: each a plain colour of its own."""

import struct
import zlib

from starlette.responses import Response

WITHOUT_PICTURES = "yuanmou-fanqie"  # the product whose pictures are missing
_WIDE, _HIGH = 512, 256  # what a panorama needs: twice as wide as high


def picture_of(path: str) -> Response:
    """A picture in a colour made from its path."""
    seed = zlib.crc32(path.encode())
    colour = bytes(96 + (seed >> shift) % 128 for shift in (0, 8, 16))
    return Response(_png(colour), media_type="image/png")


def _png(colour: bytes) -> bytes:
    rows = (b"\0" + colour * _WIDE) * _HIGH
    header = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
