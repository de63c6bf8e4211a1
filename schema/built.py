"""The schema as graphql-core executes it, with what the HTTP side needs to know of each field."""

import inspect
from collections.abc import Callable
from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from schema.directives import CacheControl
from schema.root import SCHEMA

Resolver = Callable[..., Any]


def _max_age(field: StrawberryField) -> int | None:
    return next((each.max_age for each in field.directives if isinstance(each, CacheControl)), None)


def _attribute(name: str) -> Resolver:
    return lambda source, _: getattr(source, name)


def _direct(field: StrawberryField) -> Resolver:
    """What `field` does, without the layers strawberry's own resolver puts around each call.

    Those cost more CPU than the fields themselves, and nothing here uses them: there are no field extensions, and
    resolvers ask `info` for `context` only, which graphql-core's has too. Arguments are converted by strawberry.
    """
    resolver = field.base_resolver
    if resolver is None:
        return _attribute(field.python_name)
    call = resolver.wrapped_func
    source_name = resolver.parent_parameter.name if resolver.parent_parameter else None
    info_name = resolver.info_parameter.name if resolver.info_parameter else None
    wanted = list(inspect.signature(call).parameters)
    if wanted == [source_name, info_name]:
        return call
    if wanted == [source_name]:
        return lambda source, _: call(source)
    if wanted == [info_name]:
        return lambda _, info: call(info)
    converter = SCHEMA.schema_converter

    def convert_and_call(source: Any, info: GraphQLResolveInfo, **given: Any) -> Any:
        arguments = convert_arguments(given, field.arguments, converter.scalar_registry, converter.config)
        if source_name is not None:
            arguments[source_name] = source
        if info_name is not None:
            arguments[info_name] = info
        return call(**arguments)

    return convert_and_call


def _build() -> GraphQLSchema:
    built = SCHEMA._schema  # noqa: SLF001 - strawberry's own execution is not used: its per-request layers cost more than they give
    for kind in built.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                definition = field.extensions.get("strawberry-definition")
                if not isinstance(definition, StrawberryField):
                    continue
                if (age := _max_age(definition)) is not None:
                    field.extensions["max_age"] = age
                # refusals of mutations are caught by strawberry's resolver; subscriptions are streams
                if kind not in {built.mutation_type, built.subscription_type}:
                    field.resolve = _direct(definition)
    return built


GRAPHQL = _build()
