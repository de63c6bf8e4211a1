"""Reads a multipart form of one file and a few short texts while it streams, as wx.uploadFile and browsers send it.

Names of files are not looked at: no part of a path is a client's. Source of the form: RFC 7578.
"""

from collections.abc import AsyncIterator

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header
from starlette.requests import Request

from app.files.incoming import Incoming
from app.http.errors import Code, RequestRefused

FILE = "file"  # the part with the file
MAX_PARTS = 10
MAX_TEXT = 200  # bytes of a text part
FRAME = 64 * 1024  # bytes that boundaries, headers and texts may have in all


async def read(request: Request, chunks: AsyncIterator[bytes], file: Incoming) -> dict[str, str]:
    """Streams the part `file` of the request's `chunks` into `file`; the text parts by name.

    Raises:
        RequestRefused: no such form, no file, or a name twice.
        Refused: what `file` refuses.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= 70:  # noqa: PLR2004 - RFC 2046, 5.1.1
        raise RequestRefused(415, Code.BAD_REQUEST, "Send multipart/form-data with one file.")
    try:
        with PushMultipartParser(boundary, max_segment_count=MAX_PARTS, header_charset="latin1") as parser:
            return await _parts(parser, chunks, file)
    except (MultipartError, UnicodeError):
        raise RequestRefused(400, Code.BAD_REQUEST, "The form cannot be read to its end.") from None


async def _parts(parser: PushMultipartParser, chunks: AsyncIterator[bytes], file: Incoming) -> dict[str, str]:
    texts: dict[str, bytearray] = {}
    seen: set[str] = set()
    name = ""
    async for chunk in chunks:
        for event in parser.parse(chunk) if chunk else ():
            if isinstance(event, MultipartSegment):
                name = _name(event, seen)
                texts[name] = bytearray()
            elif event is not None and name == FILE:
                await file.write(event)
            elif event is not None:
                texts[name] += event
                if len(texts[name]) > MAX_TEXT:
                    raise RequestRefused(413, Code.REQUEST_TOO_LARGE, f"A text has at most {MAX_TEXT} bytes.")
    if FILE not in seen:
        raise RequestRefused(400, Code.BAD_REQUEST, f"There is no file in a part named {FILE}.")
    del texts[FILE]
    return {each: bytes(value).decode() for each, value in texts.items()}


def _name(part: MultipartSegment, seen: set[str]) -> str:
    name = part.name
    if name in seen:
        raise RequestRefused(400, Code.BAD_REQUEST, "A part is there twice: one file at a time.")
    if (part.filename is not None) != (name == FILE):
        raise RequestRefused(400, Code.BAD_REQUEST, f"The file, and nothing else, is in a part named {FILE}.")
    seen.add(name)
    return str(name)
