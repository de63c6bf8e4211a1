"""How much a document may ask for. Everything is counted as if its fragments were written out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a document may have of each; app.http.survey counts them, app.http.cost counts the cost.

    `duplicates`: pairs of fields that answer under one name in one place. graphql-core compares each pair, so that
    3,000 equal fields take it seconds. `cost`: points of one request, with its variables.
    """

    characters: int
    tokens: int
    definitions: int
    depth: int
    fields: int
    aliases: int
    directives: int
    duplicates: int
    cost: int


# GraphiQL's introspection query is 18 deep; the largest document of the mini-program has 150 fields.
FREE = Limits(
    characters=65_536,
    tokens=5_000,
    definitions=50,
    depth=24,
    fields=2_000,
    aliases=100,
    directives=100,
    duplicates=2_000,
    cost=5_000,
)
# Known before it is asked: it may be larger, and is refused when it is pushed, not when a shopper sends it.
REGISTERED = Limits(
    characters=262_144,
    tokens=20_000,
    definitions=100,
    depth=24,
    fields=5_000,
    aliases=300,
    directives=300,
    duplicates=5_000,
    cost=10_000,
)
