"""Directives the schema is annotated with."""

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description=(
        "How many seconds a cache may keep an answer that contains this field; an answer is kept for the least of"
        " its fields. A root field without it is not kept; any other field is as fresh as the object it stands on."
    ),
)
class CacheControl:
    """`@cacheControl(maxAge:)`, as Apollo and Shopify write it."""

    max_age: int = strawberry.directive_field(name="maxAge")
