"""MP4 films: walked box by box; boxes that may hold the place of recording are blanked where they stand.

Source of the form: ISO 14496-12. Blanking keeps every length, so that the tables of offsets stay true.
"""

from collections.abc import Iterator
from typing import IO, NamedTuple

from app.files.inspection.verdict import Broken, Unsafe, Verdict
from app.files.rules import MAX_FILM_SECONDS, MAX_SIDE

MAX_BOXES = 10_000
_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5", b"3gp6"}
_TOP = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta", b"udta"}
_BLANKED = {b"uuid", b"meta", b"udta", b"free", b"skip"}  # user data: GPS, names of devices, thumbnails, anything
_TRACKS = {b"vide", b"soun"}  # a track of another kind may be the way the phone went
_BRAND = 4  # bytes
_ZEROS = bytes(64 * 1024)


class Box(NamedTuple):
    """A box: its type, and where in the file it, its content and what follows begin."""

    type: bytes
    start: int
    body: int
    stop: int


def inspect(source: IO[bytes]) -> Verdict:
    """Walks the film in `source`, which is changed in place.

    Raises:
        Broken: a box ends behind its parent, or one that a film needs is missing.
        Unsafe: too long, or with a track that is neither picture nor sound.
    """
    size = source.seek(0, 2)
    top = list(_boxes(source, 0, size))
    kinds = [box.type for box in top]
    if not top or kinds[0] != b"ftyp" or kinds.count(b"moov") != 1 or b"mdat" not in kinds or set(kinds) - _TOP:
        raise Broken
    _check_brand(source, top[0])
    moov = top[kinds.index(b"moov")]
    inner = list(_boxes(source, moov.body, moov.stop))
    _check_length(source, _one(inner, b"mvhd"))
    found: list[tuple[int, int]] = []
    for track in (box for box in inner if box.type == b"trak"):
        parts = list(_boxes(source, track.body, track.stop))
        if _handler(source, parts) == b"vide":
            found.append(_pixels(source, _one(parts, b"tkhd")))
        _blank(source, parts)
    _blank(source, [*top, *inner])
    if len(found) != 1:
        raise Broken
    return Verdict(*found[0])


def _boxes(source: IO[bytes], start: int, stop: int) -> Iterator[Box]:
    for _ in range(MAX_BOXES):
        if start == stop:
            return
        header = _read(source, start, 8)
        size, kind, body = int.from_bytes(header[:4]), header[4:8], start + 8
        if size == 1:
            size, body = int.from_bytes(_read(source, body, 8)), body + 8
        end = stop if size == 0 else start + size
        if not body <= end <= stop:
            raise Broken
        yield Box(kind, start, body, end)
        start = end
    raise Unsafe("too many boxes")


def _read(source: IO[bytes], at: int, count: int) -> bytes:
    source.seek(at)
    found = source.read(count)
    if len(found) != count:
        raise Broken
    return found


def _one(boxes: list[Box], kind: bytes) -> Box:
    found = [box for box in boxes if box.type == kind]
    if len(found) != 1:
        raise Broken
    return found[0]


def _check_brand(source: IO[bytes], ftyp: Box) -> None:
    if ftyp.stop - ftyp.body > len(_ZEROS):
        raise Broken
    body = _read(source, ftyp.body, ftyp.stop - ftyp.body)
    named = {body[at : at + _BRAND] for at in (0, *range(2 * _BRAND, len(body), _BRAND))}
    if not named & _BRANDS:
        raise Broken


def _check_length(source: IO[bytes], mvhd: Box) -> None:
    is_long = _read(source, mvhd.body, 1) == b"\1"
    scale = int.from_bytes(_read(source, mvhd.body + (20 if is_long else 12), 4))
    duration = int.from_bytes(_read(source, mvhd.body + (24 if is_long else 16), 8 if is_long else 4))
    if scale == 0 or duration == 0:
        raise Broken
    if duration > MAX_FILM_SECONDS * scale:
        raise Unsafe("a film that is too long")


def _handler(source: IO[bytes], parts: list[Box]) -> bytes:
    media = _one(parts, b"mdia")
    kind = _read(source, _one(list(_boxes(source, media.body, media.stop)), b"hdlr").body + 8, 4)
    if kind not in _TRACKS:
        raise Unsafe("a track that is neither picture nor sound")
    return kind


def _pixels(source: IO[bytes], tkhd: Box) -> tuple[int, int]:
    """Width and height as shown: a phone held upright records a turned picture."""
    if tkhd.stop - tkhd.body < 84:  # noqa: PLR2004 - a track header of version 0 has 84 bytes
        raise Broken
    tail = _read(source, tkhd.stop - 44, 44)  # the matrix (9 numbers), width and height in 16.16
    width, height = int.from_bytes(tail[36:38]), int.from_bytes(tail[40:42])
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise Broken
    is_turned = any(tail[4:8])  # the matrix's b: not zero for a quarter turn
    return (height, width) if is_turned else (width, height)


def _blank(source: IO[bytes], boxes: list[Box]) -> None:
    for box in boxes:
        if box.type in _BLANKED:
            source.seek(box.start + 4)
            source.write(b"free")
            source.seek(box.body)
            left = box.stop - box.body
            while left:
                left -= source.write(_ZEROS[:left])
