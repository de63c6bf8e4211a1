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


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description=(
        "Which scopes a caller needs to ask for this field, all of them. A document that names it is refused as a"
        " whole, before anything runs, when the caller lacks one."
    ),
)
class Requires:
    """`@requires(scopes:)`: checked in app.http.scopes."""

    scopes: list[str]


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description=(
        "How many points this field costs by itself. Without it a field that answers an object costs 1, a scalar or"
        " an enum 0, a mutation 10."
    ),
)
class Cost:
    """`@cost(weight:)`, as Apollo Federation writes it."""

    weight: int


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description=(
        "How many items the cost of this list is counted for: what its slicing argument says, else the assumed size."
        " On a page the lists right below it have this size. Without it a list counts as 10 items."
    ),
)
class ListSize:
    """`@listSize(assumedSize:, slicingArguments:)`, after IBM's cost specification."""

    assumed_size: int = strawberry.directive_field(name="assumedSize")
    slicing_arguments: list[str] = strawberry.directive_field(name="slicingArguments")
