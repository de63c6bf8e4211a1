"""Scalars of the schema beyond GraphQL's own."""

from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

MAX_FEN = 2**53  # what a JSON number carries exactly


def _fen(value: object) -> int:
    if type(value) is not int or abs(value) > MAX_FEN:
        raise GraphQLError("Fen is a whole number up to 2^53.")
    return value


Fen = NewType("Fen", int)
FEN = strawberry.scalar(
    name="Fen",
    description="An amount of money in fen, a hundredth of a yuan: a whole number up to 2^53.",
    serialize=_fen,
    parse_value=_fen,
)
SCALARS: dict[object, ScalarDefinition] = {Fen: FEN}
