"""Which media type a client accepts, and whether it sends JSON (RFC 9110; GraphQL over HTTP, draft of August 2026)."""

import re
from functools import lru_cache

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
KEPT = 512  # different headers remembered; each client sends one or two

_WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_UTF_8 = {"charset=utf-8", 'charset="utf-8"', "charset=utf8"}
_WILDCARDS = {"application/*": 1, "*/*": 0}
_EXACT = 2


@lru_cache(maxsize=KEPT)
def acceptable(accept: str) -> str | None:
    """The media type to answer with, by the weights of an Accept header; None: neither is acceptable.

    Of equal weight is the newer type if it is named, else plain JSON: who only says `*/*`, or nothing, may not know
    the newer one. The most specific range that fits a type decides its weight.
    """
    ranges = [_range(each) for each in accept.lower().split(",") if each.strip()]
    if not ranges:
        return JSON
    newer, is_named = _weight(ranges, GRAPHQL_RESPONSE)
    plain, _ = _weight(ranges, JSON)
    if not newer and not plain:
        return None
    return GRAPHQL_RESPONSE if newer > plain or (newer == plain and is_named) else JSON


@lru_cache(maxsize=KEPT)
def is_json(content_type: str) -> bool:
    """Whether a Content-Type is exactly `application/json`, in UTF-8 where it says a charset."""
    kind, *parameters = (each.strip() for each in content_type.lower().split(";"))
    return kind == JSON and all(each in _UTF_8 for each in parameters if each.startswith("charset"))


def _range(text: str) -> tuple[str, float, bool]:
    """A media range, its weight, and whether UTF-8 fits it. A weight that is none counts as 0."""
    kind, *parameters = (each.strip() for each in text.split(";"))
    weight, fits = 1.0, True
    for each in parameters:
        if each.startswith("q="):
            found = _WEIGHT.fullmatch(each)
            weight = float(found[1]) if found else 0.0
        elif each.startswith("charset"):
            fits = each in _UTF_8
    return kind, weight, fits


def _weight(ranges: list[tuple[str, float, bool]], media_type: str) -> tuple[float, bool]:
    """The weight of a type by the most specific range that fits it, and whether that one names it."""
    best, specific = 0.0, -1
    for kind, weight, fits in ranges:
        rank = _EXACT if kind == media_type else _WILDCARDS.get(kind, -1)
        if fits and rank > specific:
            best, specific = weight, rank
    return best, specific == _EXACT
