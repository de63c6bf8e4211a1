"""The tree of categories."""

from collections.abc import Awaitable

from strawberry import Parent

from app.catalog.models import Category
from resolvers.info import Info


async def roots(info: Info) -> list[Category]:
    """The categories at the top, by position."""
    return await info.context.loaders.subcategories.load(None)


def children(parent: Parent[Category], info: Info) -> Awaitable[list[Category]]:
    """The categories directly below, by position."""
    return info.context.loaders.subcategories.load(parent.id)
