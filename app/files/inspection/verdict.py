"""What an inspection tells: one line of JSON from the inspecting process to the server."""

from dataclasses import dataclass


class Broken(Exception):  # noqa: N818 - a verdict, not a fault
    """The content cannot be read to its end."""


class Unsafe(Exception):  # noqa: N818 - as above
    """The content holds what the shop does not pass on; the text says what, in English."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A good file: pixels where it has them, and whether what was written to the target replaces it."""

    width: int | None = None
    height: int | None = None
    is_rewritten: bool = False
