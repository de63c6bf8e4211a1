"""The schema as graphql-core executes it, with what the HTTP side needs to know of each field.

Fields are resolved without the layers strawberry puts around each call. Those cost more CPU than the fields, and
nothing here uses them: there are no field extensions, and resolvers ask `info` for `context` only, which
graphql-core's has too.
"""

import inspect
from collections.abc import Awaitable, Callable
from operator import attrgetter
from typing import Any, get_origin

from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from app.kit.errors import Refused
from schema.directives import CacheControl, Cost, ListSize, Requires
from schema.root import SCHEMA

Resolver = Callable[..., Any]


def declared(field: StrawberryField) -> dict[str, Any]:
    """What the directives of a field say, as app.http reads it from the field's extensions."""
    found: dict[str, Any] = {}
    for each in field.directives:
        if isinstance(each, CacheControl):
            found["max_age"] = each.max_age
        elif isinstance(each, Requires):
            found["scopes"] = tuple(each.scopes)
        elif isinstance(each, Cost):
            found["cost"] = each.weight
        elif isinstance(each, ListSize):
            found["list_size"] = each.assumed_size
            found["slicing_arguments"] = tuple(each.slicing_arguments)
    return found


def _function(resolver: StrawberryResolver[Any]) -> Resolver:
    function: Resolver = resolver.wrapped_func  # type: ignore[assignment]  # resolvers here are plain functions
    return function


def _reader(field: StrawberryField) -> Callable[[Any], Any] | None:
    """`field` as a function of its source alone that answers at once, if it is one."""
    resolver = field.base_resolver
    if resolver is None:
        return attrgetter(field.python_name)
    function = _function(resolver)
    signature = inspect.signature(function)
    is_alone = resolver.parent_parameter is not None and len(signature.parameters) == 1
    is_later = resolver.is_async or get_origin(signature.return_annotation) is Awaitable
    return function if is_alone and not is_later else None


def _caller(resolver: StrawberryResolver[Any]) -> Resolver:
    """Calls `resolver` with what it takes of source, info and arguments, which strawberry converts."""
    call = _function(resolver)
    source_name = resolver.parent_parameter.name if resolver.parent_parameter else None
    info_name = resolver.info_parameter.name if resolver.info_parameter else None
    if list(inspect.signature(call).parameters) == [source_name, info_name]:
        return call
    converter = SCHEMA.schema_converter

    def convert_and_call(source: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        arguments = convert_arguments(given, resolver.arguments, converter.scalar_registry, converter.config)
        if source_name is not None:
            arguments[source_name] = source
        if info_name is not None:
            arguments[info_name] = info
        return call(**arguments)

    return convert_and_call


def _writer(resolver: StrawberryResolver[Any]) -> Resolver:
    """Calls a write; a refusal it raises is its answer, and what was read before it is forgotten."""
    call = _caller(resolver)

    async def write(source: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        try:
            return await call(source, info, **given)
        except Refused as refused:
            return refused.reason
        finally:
            info.context.renew()

    return write


def _event(event: Any, *_: Any, **__: Any) -> Any:
    """What a subscription's field is when one of its events is executed: the event."""
    return event


def _shorten(field: GraphQLField, definition: StrawberryField) -> None:
    """Resolves `field` directly; `extensions["read"]`, where app.http.executor looks, if it is that short.

    `extensions["plain"]`, where app.http.plan looks: it asks `info` for `context` only.
    """
    field.extensions["plain"] = True
    if (read := _reader(definition)) is not None:
        field.resolve = lambda source, _: read(source)
        field.extensions["read"] = read
    elif definition.base_resolver is not None:
        field.resolve = _caller(definition.base_resolver)


def _build() -> GraphQLSchema:
    built = SCHEMA._schema  # noqa: SLF001 - strawberry's own execution is not used: its per-request layers cost more than they give
    for kind in built.type_map.values():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field in kind.fields.values():
                definition = field.extensions.get("strawberry-definition")
                if not isinstance(definition, StrawberryField):
                    continue
                field.extensions |= declared(definition)
                if kind is built.mutation_type and definition.base_resolver is not None:
                    field.resolve = _writer(definition.base_resolver)
                elif kind is built.subscription_type and definition.base_resolver is not None:
                    field.subscribe, field.resolve = _caller(definition.base_resolver), _event
                elif isinstance(kind, GraphQLObjectType):
                    _shorten(field, definition)
    return built


GRAPHQL = _build()
