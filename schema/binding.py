"""The one typed seam between the schema and everything behind it.

A field names the function that resolves it; the class annotation, not the function's, is the field's
GraphQL type. The seam answers Any because no checker can follow a row into a GraphQL type;
tests/schema/test_binding.py proves what is hidden here.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import strawberry
from strawberry.types import Info
from tortoise.models import Model

from schema.directives import CacheControl

GraphQLType = TypeVar("GraphQLType", bound=type)


def field(
    resolver: Callable[..., Any] | None = None, *, description: str, max_age: int | None = None, **options: Any
) -> Any:
    """A field read by `resolver`, or from the row's attribute of the same name without one.

    `max_age`: seconds a shared cache may keep an answer with this field. A field that answers an object
    and says nothing makes the answer uncacheable; a scalar is as fresh as the object it stands on.
    """
    directives = [CacheControl(max_age=max_age)] if max_age is not None else []
    return strawberry.field(resolver=resolver, description=description, directives=directives, **options)


def argument(description: str) -> Any:
    """What a field's argument means, for Annotated[...] in a resolver's signature."""
    return strawberry.argument(description=description)


def of(source: type) -> Callable[[GraphQLType], GraphQLType]:
    """Says that a type's objects are `source` rows, so that interfaces and unions can tell them apart."""

    def mark(kind: GraphQLType) -> GraphQLType:
        def is_type_of(value: Any, _: Info[Any, Any]) -> bool:
            return isinstance(value, source)

        kind.is_type_of = is_type_of  # type: ignore[attr-defined]  # strawberry reads this class attribute
        kind.source = source  # type: ignore[attr-defined]  # read by the binding test
        return kind

    return mark


def is_row(source: object) -> bool:
    """Whether `source` is a model, so that its relations would be awaitable attributes."""
    return isinstance(source, type) and issubclass(source, Model)
