"""The closed lists of files."""

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is for a person; each kind has its own cap."""

    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    DOCUMENT = "DOCUMENT"
