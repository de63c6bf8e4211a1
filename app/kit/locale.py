"""The two languages the shop answers people in."""

from enum import StrEnum
from functools import lru_cache


class Locale(StrEnum):
    """A language, as HTTP names it."""

    ZH = "zh-CN"
    EN = "en"


@lru_cache(maxsize=256)
def preferred(accept_language: str) -> Locale:
    """The language an Accept-Language header prefers (RFC 9110, 12.5.4); Chinese unless English comes first.

    What cannot be read is passed over: a header is no reason to refuse a request.
    """
    best, found = 0.0, Locale.ZH
    for part in accept_language.split(","):
        name, _, weight = part.partition(";")
        quality = _quality(weight)
        primary = name.strip().lower().partition("-")[0]
        if quality > best and primary in {"zh", "en"}:
            best, found = quality, Locale.ZH if primary == "zh" else Locale.EN
    return found


def _quality(weight: str) -> float:
    name, _, number = weight.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        quality = float(number)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
