"""The one typed seam between the schema and everything behind it.

A field names the function that resolves it; the class annotation, not the function's, is the field's
GraphQL type. The seam answers Any because no checker can follow a row into a GraphQL type;
tests/schema/test_binding.py proves what is hidden here.
"""

import dataclasses
import inspect
from collections.abc import AsyncGenerator, Callable
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry.types import Info
from strawberry.types.fields.resolver import StrawberryResolver

from schema.directives import CacheControl, Cost, ListSize, Requires

GraphQLType = TypeVar("GraphQLType", bound=type)


class _Reader(StrawberryResolver[Any]):
    """A function whose return annotation names rows: the field's GraphQL type is the class annotation alone."""

    @property
    def type(self) -> None:
        """Nothing for the schema to read."""
        return


def field(
    resolver: Callable[..., Any] | None = None,
    *,
    description: str,
    max_age: int | None = None,
    requires: tuple[str, ...] = (),
    cost: int | None = None,
    list_size: int | None = None,
    sized_by: str | None = None,
    unpack: tuple[str, type, str] | None = None,
) -> Any:
    """A field read by `resolver`, or from the row's attribute of the same name without one.

    `unpack`: an argument's name, input type and description; the input's fields become keyword arguments
    of the resolver, which so knows no input type.

    `max_age`: seconds a shared cache may keep an answer with this field. Without it a root field makes the
    answer uncacheable, and any other field is as fresh as the object it stands on.

    `requires`: scopes, without all of which a caller's whole document is refused before it runs.

    `cost`: points of the field itself, where it is dearer or cheaper than the rule (object 1, leaf 0).
    `list_size`: how many items are counted for a list. `sized_by`: the argument, a number or a list, that says it.
    An argument `first` always does; its default is then the list's size.
    """
    directives: list[object] = [CacheControl(max_age=max_age)] if max_age is not None else []
    directives += [*_limits(requires, cost), *_list_size(resolver, list_size, sized_by)]
    read = resolver if resolver is None or unpack is None else _unpacking(resolver, *unpack)
    return strawberry.field(
        resolver=_Reader(read) if read is not None else None,  # type: ignore[arg-type]  # its stub knows functions only
        description=description,
        directives=directives,
    )


def _limits(requires: tuple[str, ...], cost: int | None) -> list[object]:
    scopes = [Requires(scopes=list(requires))] if requires else []
    return [*scopes, *([] if cost is None else [Cost(weight=cost)])]


def _list_size(resolver: Callable[..., Any] | None, assumed: int | None, sized_by: str | None) -> list[ListSize]:
    first = inspect.signature(resolver).parameters.get("first") if resolver is not None else None
    if first is not None and sized_by is None:
        return [ListSize(assumed_size=assumed or first.default, slicing_arguments=["first"])]
    if assumed is None:
        return []
    return [ListSize(assumed_size=assumed, slicing_arguments=[] if sized_by is None else [sized_by])]


def mutation(
    resolver: Callable[..., Any],
    given: type,
    *,
    description: str,
    name: str | None = None,
    requires: tuple[str, ...] = (),
    cost: int | None = None,
) -> Any:
    """A write by `resolver`, which takes the fields of the input type `given` as keyword arguments.

    Its GraphQL type is a union of the success and of each refusal (`app.kit.errors.Refusal`) the write may raise:
    schema.built catches them. At least one of them, or `... on UserError` would not be valid there.
    `requires` and `cost` are as a field's; `name` is for names whose capitals cannot be guessed.
    """
    read = _unpacking(resolver, "input", given, "What to write.", is_required=True)
    return strawberry.field(
        resolver=_Reader(read), name=name, description=description, directives=_limits(requires, cost)
    )


def subscription(
    resolver: Callable[..., AsyncGenerator[Any, None]],
    *,
    description: str,
    requires: tuple[str, ...] = (),
    cost: int | None = None,
) -> Any:
    """A stream by `resolver`, an async generator; each of its events is the source of the field's GraphQL type.

    `requires` and `cost` are as a field's; a subscription is paid for once.
    """
    return strawberry.subscription(
        resolver=_Reader(resolver),
        description=description,
        directives=_limits(requires, cost),
    )


def _unpacking(
    resolver: Callable[..., Any], name: str, given: type, description: str, *, is_required: bool = False
) -> Callable[..., Any]:
    """`resolver` with the fields of `given` gathered into one argument `name`."""
    names = {each.name for each in dataclasses.fields(given)}

    def unpacked(**arguments: Any) -> Any:
        value = arguments.pop(name, None)
        return resolver(**arguments, **({} if value is None else vars(value)))

    kept = {key: each for key, each in inspect.signature(resolver).parameters.items() if key not in names}
    gathered = inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if is_required else None,
        annotation=Annotated[given if is_required else given | None, strawberry.argument(description=description)],
    )
    unpacked.__signature__ = inspect.Signature([*kept.values(), gathered])  # type: ignore[attr-defined]  # read by inspect
    unpacked.__annotations__ = {key: each.annotation for key, each in kept.items()} | {name: gathered.annotation}
    unpacked.__name__, unpacked.__doc__ = resolver.__name__, resolver.__doc__
    unpacked.__wrapped__ = resolver  # type: ignore[attr-defined]  # as functools.wraps does: tests look through it
    return unpacked


def of(source: type) -> Callable[[GraphQLType], GraphQLType]:
    """Says that a type's objects are `source` rows, so that interfaces and unions can tell them apart."""

    def mark(kind: GraphQLType) -> GraphQLType:
        def is_type_of(value: Any, _: Info[Any, Any]) -> bool:
            return isinstance(value, source)

        kind.is_type_of = is_type_of  # type: ignore[attr-defined]  # strawberry reads this class attribute
        kind.source = source  # type: ignore[attr-defined]  # read by the binding test
        return kind

    return mark
