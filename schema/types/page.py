"""Lists in pages, as Relay's cursor connections."""

from typing import Generic, TypeVar

import strawberry

from resolvers import page as resolve
from schema.binding import field

T = TypeVar("T")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Its source is the page."""

    has_next_page: bool = field(resolve.has_next, description="Whether more follow.")
    has_previous_page: bool = field(resolve.has_previous, description="Whether some were before.")
    start_cursor: str | None = field(description="The cursor of the first item; null on an empty page.")
    end_cursor: str | None = field(
        description="The cursor of the last item, to pass as `after` for the next page; null on an empty page."
    )


@strawberry.type(description="An item of a list and where it stands.")
class Edge(Generic[T]):
    """Its source is app.kit.paging.Edge."""

    cursor: str = field(description="Where the item stands: pass it as `after` to read on behind it.")
    node: T = field(description="The item.")


@strawberry.type(description="A page of a list. Items added or removed meanwhile neither repeat nor hide others.")
class Connection(Generic[T]):
    """Its source is app.kit.paging.Page."""

    edges: list[Edge[T]] = field(description="The items with their cursors.")
    nodes: list[T] = field(resolve.nodes, description="The items alone.")
    page_info: PageInfo = field(resolve.page_info, description="Whether there is more.")
    total_count: int = field(resolve.total_count, description="How many there are in all; counted only when asked for.")
