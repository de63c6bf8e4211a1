"""What Python annotations say of the values behind GraphQL fields."""

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from strawberry.parent import StrawberryParent
from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.models import Model

_LISTS = {list, tuple, Sequence}
_ELEMENTS = {"INT": int, "TEXT": str}


class UnreadableError(Exception):
    """The source of a type has no such attribute, or one that would run a statement per row."""


def alternatives(annotation: Any) -> set[Any]:
    """The types a value may have once it is awaited, None among them as NoneType."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return alternatives(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return set().union(*map(alternatives, get_args(annotation)))
    if origin in {Awaitable, AsyncGenerator}:  # of a subscription: what each of its events is
        return alternatives(get_args(annotation)[0])
    if origin is Coroutine:
        return alternatives(get_args(annotation)[2])
    return {annotation}


def element(annotation: Any) -> Any:
    """The annotation of a list's elements, or None when it is no list."""
    return get_args(annotation)[0] if get_origin(annotation) in _LISTS else None


def leaf(annotation: Any) -> Any:
    """The one type left when lists, None and awaitables are taken off."""
    found = alternatives(annotation) - {NoneType}
    assert len(found) == 1, f"{annotation} is several things"
    one = found.pop()
    return one if element(one) is None else leaf(element(one))


def returned(function: Callable[..., Any]) -> Any:
    """What a function says it returns; fails when it says nothing."""
    return get_type_hints(function, include_extras=True)["return"]


def parent_of(resolver: Callable[..., Any]) -> Any:
    """The type whose values a resolver reads, as its `Parent[...]` says; None for a root field's."""
    for hint in get_type_hints(resolver, include_extras=True).values():
        if get_origin(hint) is Annotated and any(isinstance(each, StrawberryParent) for each in hint.__metadata__):
            return get_args(hint)[0]
    return None


def accepts(parent: Any, source: Any) -> bool:
    """Whether a resolver of `Parent[parent]` can be given a `source`: the same, a base of it, or with Any inside.

    Of several types joined by `|` it takes each.
    """
    if get_origin(parent) is UnionType:
        return any(accepts(each, source) for each in get_args(parent))
    if parent == source:
        return True
    ours, theirs = get_origin(parent), get_origin(source)
    if ours is None:
        return inspect.isclass(parent) and inspect.isclass(source) and issubclass(source, parent)
    pairs = zip(get_args(parent), get_args(source), strict=True)
    return ours is theirs and all(wanted is Any or wanted == given for wanted, given in pairs)


def attribute(source: Any, name: str) -> Any:
    """The annotation of what `source` has under `name`.

    Raises:
        UnreadableError: there is nothing of that name, or it is a relation, which would be awaited row by row.
    """
    owner = get_origin(source) or source
    if inspect.isclass(owner) and issubclass(owner, Model):
        meta = owner._meta
        if name in meta.fetch_fields:
            raise UnreadableError("is a relation: a statement per row")
        if name in meta.fields_db_projection:
            return _column(meta.fields_map[name])
    found = inspect.getattr_static(owner, name, None)
    if isinstance(found, property | cached_property):
        hint = returned(found.fget if isinstance(found, property) else found.func)
    elif name not in (hints := get_type_hints(owner) if inspect.isclass(owner) else {}):
        raise UnreadableError(f"is no column, property or attribute of {getattr(owner, '__name__', owner)}")
    else:
        hint = hints[name]
    return _filled(hint, dict(zip(getattr(owner, "__parameters__", ()), get_args(source), strict=False)))


def _column(field: fields.Field[Any]) -> Any:
    kind: Any = field.field_type
    if isinstance(field, CharEnumFieldInstance):
        kind = field.enum_type
    if isinstance(field, ArrayField):
        kind = list[_ELEMENTS[field.element_type]]  # type: ignore[misc]  # a table of types
    return kind | None if field.null else kind


def _filled(annotation: Any, given: dict[Any, Any]) -> Any:
    if annotation in given:
        return given[annotation]
    parameters = getattr(annotation, "__parameters__", ()) if get_origin(annotation) else ()
    return annotation[tuple(given.get(each, Any) for each in parameters)] if parameters else annotation
