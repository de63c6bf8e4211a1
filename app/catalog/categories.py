"""Writes of categories: made, renamed, moved, put in order, deleted when empty."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import asyncpg

from app.catalog import queries
from app.catalog.errors import (
    BadCategory,
    CategoriesNotSiblings,
    CategoryAboveItself,
    CategoryNotEmpty,
    CategoryNotFound,
    CategorySlugTaken,
)
from app.catalog.models import Category
from app.kit import audit, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.rows import select

SCOPE = "catalog:write"
MAX_NAME, MAX_ICON = 40, 8
MAX_SIBLINGS = 200

_LOCK = f"SELECT {select(Category, 'c')} FROM category c WHERE c.id = $1 FOR NO KEY UPDATE"
_SIBLINGS = f"""SELECT {select(Category, "c")} FROM category c WHERE c.parent_id IS NOT DISTINCT FROM $1
ORDER BY c.id FOR NO KEY UPDATE"""
_LAST = "SELECT COALESCE(max(position), 0) + 1 FROM category WHERE parent_id IS NOT DISTINCT FROM $1"
_CREATE = f"""INSERT INTO category (parent_id, slug, name, icon, position)
VALUES ($1, $2, $3, $4, ({_LAST})) RETURNING id"""
_RENAME = "UPDATE category SET name = $2, icon = $3 WHERE id = $1"
_MOVE = f"UPDATE category SET parent_id = $1, position = ({_LAST}) WHERE id = $2"
_ORDER = """UPDATE category c SET position = g.position
FROM unnest($1::bigint[]) WITH ORDINALITY AS g(id, position) WHERE c.id = g.id"""
_DELETE = "DELETE FROM category WHERE id = $1"
_CONTENTS = """SELECT (SELECT count(*) FROM category WHERE parent_id = $1),
(SELECT count(*) FROM product WHERE category_id = $1)"""
_SLUG = re.compile(r"[a-z0-9-]{1,60}")


class NewCategory(NamedTuple):
    """What a category is made of, in the order of its columns; no parent: at the top."""

    parent_id: int | None
    slug: str
    name: str
    icon: str


class CategoryOrder(NamedTuple):
    """The categories that stand beside one another, in their order."""

    categories: list[Category]


class DeletedCategory(NamedTuple):
    """A category that is gone, as it was."""

    category: Category


async def create(caller: Caller, *, idempotency_key: str, new: NewCategory) -> Category:
    """A category, the last below its parent.

    Raises:
        BadCategory: a value that cannot be.
        Refused: CategoryNotFound (the parent), CategorySlugTaken or IdempotencyKeyReused.
    """
    if _SLUG.fullmatch(new.slug) is None:
        raise BadCategory("a slug is 1 to 60 lower-case letters, digits and hyphens")
    _check(new.name, new.icon)
    async with db.transaction() as tx:

        async def act() -> Reference:
            try:
                made = await tx.fetch(_CREATE, *new)
            except asyncpg.UniqueViolationError:
                raise Refused(CategorySlugTaken()) from None
            except asyncpg.ForeignKeyViolationError:
                raise Refused(CategoryNotFound()) from None
            category_id = int(made[0]["id"])
            await _note(tx, caller, "create", category_id, after=new._asdict())
            return Reference("Category", category_id)

        reference = await once(
            tx, caller=caller, operation="createCategory", key=idempotency_key, input=[*new], act=act
        )
    return await _found(reference.key)


async def rename(caller: Caller, category_id: int, *, name: str | None, icon: str | None) -> Category:
    """The category with this name and icon; None leaves either. Its slug stays, or addresses would break.

    Raises:
        BadCategory: a value that cannot be.
        Refused: CategoryNotFound.
    """
    async with db.transaction() as tx:
        row = await _lock(tx, category_id)
        before = {"name": row.name, "icon": row.icon}
        after = {"name": row.name if name is None else name, "icon": row.icon if icon is None else icon}
        _check(after["name"], after["icon"])
        if after != before:
            await tx.execute(_RENAME, category_id, after["name"], after["icon"])
            await _note(tx, caller, "rename", category_id, before=before, after=after)
    return await _found(category_id)


async def move(caller: Caller, category_id: int, parent_id: int | None) -> Category:
    """The category with all that is below it, the last below another one; None: at the top. There already: unchanged.

    Raises:
        Refused: CategoryNotFound (it or the parent), or CategoryAboveItself.
    """
    async with db.transaction() as tx:
        row = await _lock(tx, category_id)
        if row.parent_id != parent_id:
            try:
                await tx.execute(_MOVE, parent_id, category_id)
            except asyncpg.CheckViolationError:  # category_is_a_tree, or category_not_own_parent
                raise Refused(CategoryAboveItself()) from None
            except asyncpg.ForeignKeyViolationError:
                raise Refused(CategoryNotFound()) from None
            told = {"before": {"parent_id": row.parent_id}, "after": {"parent_id": parent_id}}
            await _note(tx, caller, "move", category_id, **told)
    return await _found(category_id)


async def reorder(caller: Caller, parent_id: int | None, category_ids: Sequence[int]) -> CategoryOrder:
    """The categories below one, or at the top, in this order.

    Raises:
        BadCategory: more than MAX_SIBLINGS.
        Refused: CategoriesNotSiblings: these are not all that stand there, each once.
    """
    if len(category_ids) > MAX_SIBLINGS:
        raise BadCategory(f"at most {MAX_SIBLINGS} categories stand beside one another")
    async with db.transaction() as tx:
        siblings = await db.rows(Category, _SIBLINGS, parent_id)
        if not siblings or sorted(category_ids) != [row.id for row in siblings]:
            raise Refused(CategoriesNotSiblings())
        before = [row.id for row in sorted(siblings, key=lambda row: (row.position, row.id))]
        if before != list(category_ids):
            await tx.execute(_ORDER, list(category_ids))
            told = {"before": {"order": before}, "after": {"order": list(category_ids)}}
            await _note(tx, caller, "reorder", category_ids[0] if parent_id is None else parent_id, **told)
    place = {category_id: number for number, category_id in enumerate(category_ids)}
    rows = await queries.categories_by_id(list(category_ids))
    return CategoryOrder(sorted(rows, key=lambda row: place[row.id]))


async def delete(caller: Caller, category_id: int) -> DeletedCategory:
    """The category, which is gone.

    Raises:
        Refused: CategoryNotFound, or CategoryNotEmpty: something stands below it.
    """
    async with db.transaction() as tx:
        row = await _lock(tx, category_id)
        below, products = (await tx.fetch(_CONTENTS, category_id))[0]
        try:
            await tx.execute(_DELETE, category_id)
        except (asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError):  # PostgreSQL 18 tells the latter
            raise Refused(CategoryNotEmpty(below, products)) from None
        before = {"parent_id": row.parent_id, "slug": row.slug, "name": row.name}
        await _note(tx, caller, "delete", category_id, before=before)
    return DeletedCategory(row)


def _check(name: str, icon: str) -> None:
    for text, longest, what in ((name, MAX_NAME, "a name"), (icon, MAX_ICON, "an icon")):
        if not text.strip() or len(text) > longest or "\n" in text:
            raise BadCategory(f"{what} has 1 to {longest} characters")


async def _lock(tx: RequestConnection, category_id: int) -> Category:
    tx.require_transaction()
    found = await db.rows(Category, _LOCK, category_id)
    if not found:
        raise Refused(CategoryNotFound())
    return found[0]


async def _found(category_id: int) -> Category:
    """A category that was written, or was when a retry was answered first; it may be gone since."""
    found = await queries.categories_by_id([category_id])
    if not found:
        raise Refused(CategoryNotFound())
    return found[0]


async def _note(tx: RequestConnection, caller: Caller, action: str, category_id: int, **told: Any) -> None:
    await audit.append(tx, caller, scope=SCOPE, action=action, entity="Category", entity_id=category_id, **told)
