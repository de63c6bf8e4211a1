"""Documents made to keep a server busy, each of a few kB to a few MB."""

import sys
from collections.abc import Callable
from types import FrameType


def _doubling(levels: int) -> str:
    spreads = "".join(f"fragment F{each} on Query {{ ...F{each + 1} ...F{each + 1} }} " for each in range(levels))
    return f"{{ ...F0 }} {spreads} fragment F{levels} on Query {{ __typename }}"


DOCUMENTS = {
    "30 doubling fragments": (_doubling(30), "depth"),
    "20 doubling fragments": (_doubling(20), "fields"),
    "10 MB of __typename": ("{" + "__typename " * 900_000 + "}", "characters"),
    "many tokens": ("{" + "a " * 30_000 + "}", "tokens"),
    "equal objects": ("{" + "products{nodes{id}}" * 600 + "}", "duplicates"),
    "equal leaves": ("{" + "__typename " * 1_000 + "}", "duplicates"),
    "equal by fragments": (
        "{ products { "
        + " ".join(f"...F{each}" for each in range(40))
        + " } } "
        + " ".join(f"fragment F{each} on ProductConnection {{ {'totalCount ' * 10}}}" for each in range(40)),
        "duplicates",
    ),
    "aliases": ("{" + " ".join(f"a{each}:__typename" for each in range(1_500)) + "}", "aliases"),
    "aliases by fragments": (
        "{" + "...F " * 50 + "} fragment F on Query { " + " ".join(f"a{each}: __typename" for each in range(30)) + " }",
        "aliases",
    ),
    "deep fields": ("{ categories " + "{ children " * 60 + "{ id }" + "}" * 61, "depth"),
    "deep inline fragments": ("{ ..." * 60 + "{ __typename }" + "}" * 60, "depth"),
    "deep by fragments": (
        "{ ...F0 } "
        + " ".join(f"fragment F{each} on Query {{ ...F{each + 1} }}" for each in range(45))
        + " fragment F45 on Query { __typename }",
        "depth",
    ),
    "directives": ("{ __typename " + "@skip(if: false) " * 500 + "}", "directives"),
    "operations": (" ".join(f"query Q{each} {{ __typename }}" for each in range(1_000)), "definitions"),
    "fragments": (
        "{ __typename } " + " ".join(f"fragment F{each} on Query {{ __typename }}" for each in range(300)),
        "definitions",
    ),
}


def calls(work: Callable[[], object]) -> int:
    """How many Python functions `work` calls: what it takes, on any machine and however busy."""
    count = 0

    def see(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
