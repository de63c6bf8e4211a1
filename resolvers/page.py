"""Fields of a page of a list."""

from collections.abc import Awaitable, Sequence
from typing import Any

from strawberry import Parent

from app.kit.paging import Page


def nodes(parent: Parent[Page[Any]]) -> Sequence[Any]:
    """The rows."""
    return parent.rows


def page_info(parent: Parent[Page[Any]]) -> Page[Any]:
    """The page itself: it knows what lies before and behind it."""
    return parent


def has_next(parent: Parent[Page[Any]]) -> bool:
    """Whether more follow."""
    return parent.has_next


def has_previous(parent: Parent[Page[Any]]) -> bool:
    """Whether some were before."""
    return parent.has_previous


def total_count(parent: Parent[Page[Any]]) -> Awaitable[int]:
    """How many there are in all; counted only when asked."""
    return parent.total()
