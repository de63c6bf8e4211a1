"""PDF documents: read object by object and left as they are, since a lab's seal signs the bytes."""

from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from app.files.inspection.verdict import Broken, Unsafe, Verdict
from app.files.rules import MAX_PAGES

MAX_OBJECTS = 100_000
_TAIL = 1024  # bytes at the end that hold the last marker (ISO 32000-1, annex H.3)
# Actions and entries that do something by themselves or carry another file (ISO 32000-2, 12.6.4 and 7.11.4). Links to
# places in the document and to web pages stay.
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute", "/Movie"}
)
_ENTRIES = {
    "/JS": "a script",
    "/JavaScript": "a script",
    "/EmbeddedFiles": "an attached file",
    "/EF": "an attached file",
    "/XFA": "a form that runs",
    "/RichMediaContent": "a medium that runs",
}


def inspect(source: IO[bytes]) -> Verdict:
    """Reads every object of the document in `source`.

    Raises:
        Broken: no pages, an object that cannot be read, or more behind its end.
        Unsafe: it is encrypted, too long, or holds something that acts.
        Exception: whatever pypdf raises on a broken file.
    """
    _check_end(source)
    reader = PdfReader(source, strict=False)
    if reader.is_encrypted:
        raise Unsafe("a password")
    pages = len(reader.pages)
    if pages == 0:
        raise Broken
    if pages > MAX_PAGES:
        raise Unsafe("too many pages")
    for value in _objects(reader):
        _check(value)
    return Verdict()


def _check_end(source: IO[bytes]) -> None:
    end = source.seek(0, 2)
    source.seek(max(0, end - _TAIL))
    _, marker, rest = source.read().rpartition(b"%%EOF")
    if not marker or rest.strip(b"\r\n\t \0"):
        raise Broken
    source.seek(0)


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Everything the cross-reference tables name, and the trailer."""
    yield reader.trailer
    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MAX_OBJECTS:
        raise Unsafe("too many objects")
    for number, generation in sorted(numbers):
        if number:  # 0 heads the list of free numbers
            yield reader.get_object(IndirectObject(number, generation, reader))


def _check(top: Any) -> None:
    """Looks through one object, not following references: each target comes by itself."""
    waiting = [top]
    while waiting:
        value = waiting.pop()
        if isinstance(value, DictionaryObject):
            for name, found in _ENTRIES.items():
                if name in value:
                    raise Unsafe(found)
            if value.raw_get("/S") in _ACTIONS if "/S" in value else False:
                raise Unsafe("an action")
            waiting.extend(value.values())
        elif isinstance(value, ArrayObject):
            waiting.extend(value)
