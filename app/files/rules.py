"""Which files the shop takes, told by their first bytes and never by a name or a header."""

import re
from dataclasses import dataclass

from app.files.enums import FileKind

HEAD = 12  # bytes that tell every type
MAX_PIXELS = 50_000_000  # of a picture: a phone's largest has 48 megapixels; four bytes each once unpacked
MAX_SIDE = 16_000  # pixels; WebP ends at 16,383
MAX_PAGES = 300  # of a document
MAX_FILM_SECONDS = 300
_MP4 = re.compile(rb"....ftyp", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file the shop takes."""

    content_type: str
    kind: FileKind
    suffix: str  # of the key it is kept under


JPEG = FileType("image/jpeg", FileKind.IMAGE, ".jpg")
PNG = FileType("image/png", FileKind.IMAGE, ".png")
WEBP = FileType("image/webp", FileKind.IMAGE, ".webp")
MP4 = FileType("video/mp4", FileKind.VIDEO, ".mp4")
PDF = FileType("application/pdf", FileKind.DOCUMENT, ".pdf")
TYPES = {each.content_type: each for each in (JPEG, PNG, WEBP, MP4, PDF)}


@dataclass(frozen=True, slots=True)
class Caps:
    """The most bytes of one file of each kind, and of all files one caller sends on one business day."""

    image: int
    video: int
    document: int
    day: int

    def of(self, kind: FileKind) -> int:
        """The most bytes of a file of this kind."""
        return {FileKind.IMAGE: self.image, FileKind.VIDEO: self.video, FileKind.DOCUMENT: self.document}[kind]

    @property
    def largest(self) -> int:
        """The most bytes of any file."""
        return max(self.image, self.video, self.document)


def type_of(head: bytes) -> FileType | None:
    """The type that a file's first HEAD bytes tell; None for one the shop does not take.

    Sources: WHATWG MIME Sniffing 6.1 for the pictures, ISO 32000-2 7.5.2 (`%PDF-` at the very first byte, so
    that no other format can stand before it), ISO 14496-12 4.3 (`ftyp` first).
    """
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    return MP4 if _MP4.match(head) else None
