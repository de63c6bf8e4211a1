"""Directives the schema is annotated with."""

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description=(
        "How many seconds a cache may keep an answer that contains this field. An answer is kept for the least"
        " of its fields; a field of object type without this directive makes it uncacheable."
    ),
)
class CacheControl:
    """`@cacheControl(maxAge:)`, as Apollo and Shopify write it."""

    max_age: int = strawberry.directive_field(name="maxAge")
