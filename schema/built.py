"""The schema as graphql-core executes it, with what the HTTP side needs to know of each field."""

from graphql import GraphQLObjectType, GraphQLSchema
from strawberry.types.field import StrawberryField

from schema.directives import CacheControl
from schema.root import SCHEMA


def _max_age(field: StrawberryField) -> int | None:
    return next((each.max_age for each in field.directives if isinstance(each, CacheControl)), None)


def _build() -> GraphQLSchema:
    built = SCHEMA._schema  # noqa: SLF001 - strawberry's own execution is not used: its per-request layers cost more than they give
    for kind in built.type_map.values():
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                definition = field.extensions.get("strawberry-definition")
                if isinstance(definition, StrawberryField) and (age := _max_age(definition)) is not None:
                    field.extensions["max_age"] = age
    return built


GRAPHQL = _build()
