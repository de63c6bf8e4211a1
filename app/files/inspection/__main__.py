"""`python -m app.files.inspection <content type> <target>`: inspects the file on standard input.

`target` is the number of an open file for what is written anew. A verdict is printed as JSON. A hostile file can
keep a parser busy or hungry: this process may have so much time and memory and no more; the server sees it die.
"""

import json
import os
import resource
import sys
from dataclasses import asdict

from app.files.inspection import document, film, picture
from app.files.inspection.verdict import Unsafe, Verdict
from app.files.rules import MP4, PDF

MAX_SECONDS = 20  # of processor time
MAX_MEMORY = 1024 * 1024 * 1024  # bytes of address space
MAX_WRITTEN = 256 * 1024 * 1024  # bytes of a file


def main(content_type: str, target: int) -> None:
    """Prints the verdict, `{"unsafe": why}` or `{"broken": true}`."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN, MAX_WRITTEN))
    try:
        told: dict[str, object] = asdict(_inspect(content_type, target))
    except Unsafe as unsafe:
        told = {"unsafe": str(unsafe)}
    except Exception:  # noqa: BLE001 - parsers of hostile files raise what they like: broken it is
        told = {"broken": True}
    print(json.dumps(told))  # noqa: T201 - the verdict's way to the server


def _inspect(content_type: str, target: int) -> Verdict:
    with os.fdopen(0, "r+b", closefd=False) as source:
        if content_type == PDF.content_type:
            return document.inspect(source)
        if content_type == MP4.content_type:
            return film.inspect(source)
        with os.fdopen(target, "w+b", closefd=False) as written:
            return picture.inspect(source, written, content_type)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
