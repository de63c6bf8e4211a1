"""A client that reads a list page by page, while others change it."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

from tests.shop import Answer


class Asks(Protocol):
    """Whoever asks: the shop's visitor, or a customer."""

    async def ask(self, query: str, **variables: Any) -> Answer:
        """The answer to a document given as text."""


async def pages(shop: Asks, query: str, path: tuple[str, ...], **variables: Any) -> AsyncIterator[list[str]]:
    """The `key` of each node, page by page, to the end: `query` takes `$after` and asks `nodes { key }` and `pageInfo`.

    Each page says rightly whether it is the first, and no two end at the same row.
    """
    after: str | None = None
    ends: set[str | None] = set()
    while after not in ends:
        ends.add(after)
        page: Any = (await shop.ask(query, after=after, **variables)).data
        for name in path:
            page = page[name]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        yield [node["key"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return
    raise AssertionError(f"the pages go in a circle: {len(ends)} of them")


async def walk(shop: Asks, query: str, path: tuple[str, ...], **variables: Any) -> list[str]:
    """All keys in the order they were read."""
    return [key async for page in pages(shop, query, path, **variables) for key in page]
