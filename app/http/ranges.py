"""Ranges and entity tags as RFC 9110 has them (sections 13 and 14)."""

import re
from collections.abc import Mapping

from app.files.store import OutOfRange, Stored

_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII)


def is_known(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has the file with this quoted tag already (weak comparison, as the header asks)."""
    if if_none_match is None:
        return False
    known = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return "*" in known or etag.removeprefix("W/") in known


def asked_span(headers: Mapping[str, str], stored: Stored) -> tuple[int, int] | None:
    """The one part asked for, from its first byte to before its last; None: the whole file.

    Several parts, other units, nonsense and a part of another version (If-Range) mean the whole file, as the RFC lets a
    server choose.

    Raises:
        OutOfRange: the part begins behind the last byte, or none of the last bytes is asked for.
    """
    found = _RANGE.fullmatch(headers.get("range", ""))
    if found is None or headers.get("if-range", stored.etag) != stored.etag:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        start, stop = max(stored.size - int(last), 0), stored.size
        if start == stop:
            raise OutOfRange(stored.size)
        return start, stop
    start, stop = int(first), int(last) + 1 if last else stored.size
    if last and stop <= start:
        return None
    if start >= stored.size:
        raise OutOfRange(stored.size)
    return start, min(stop, stored.size)
