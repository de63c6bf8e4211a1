"""The tree of categories."""

from collections.abc import Awaitable

from strawberry import ID, Parent

from app.catalog import categories
from app.catalog.categories import CategoryOrder, DeletedCategory, NewCategory
from app.catalog.models import Category
from app.kit import ids
from resolvers.info import Info


async def roots(info: Info) -> list[Category]:
    """The categories at the top, by position."""
    return await info.context.loaders.subcategories.load(None)


def children(parent: Parent[Category], info: Info) -> Awaitable[list[Category]]:
    """The categories directly below, by position."""
    return info.context.loaders.subcategories.load(parent.id)


def create(
    info: Info, *, idempotency_key: str, parent_id: ID | None, slug: str, name: str, icon: str
) -> Awaitable[Category]:
    """A new category."""
    new = NewCategory(_key(parent_id), slug, name, icon)
    return categories.create(info.context.caller, idempotency_key=idempotency_key, new=new)


def rename(info: Info, category_id: ID, name: str | None, icon: str | None) -> Awaitable[Category]:
    """The category with another name or icon."""
    return categories.rename(info.context.caller, ids.decode(category_id, "Category"), name=name, icon=icon)


def move(info: Info, category_id: ID, parent_id: ID | None) -> Awaitable[Category]:
    """The category below another one."""
    return categories.move(info.context.caller, ids.decode(category_id, "Category"), _key(parent_id))


def reorder(info: Info, parent_id: ID | None, category_ids: list[ID]) -> Awaitable[CategoryOrder]:
    """The categories below one, in another order."""
    keys = [ids.decode(each, "Category") for each in category_ids]
    return categories.reorder(info.context.caller, _key(parent_id), keys)


def delete(info: Info, category_id: ID) -> Awaitable[DeletedCategory]:
    """The category, gone."""
    return categories.delete(info.context.caller, ids.decode(category_id, "Category"))


def _key(parent_id: ID | None) -> int | None:
    return None if parent_id is None else ids.decode(parent_id, "Category")
