"""Scalars of the schema beyond GraphQL's own, with what each looks like."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.types.base_scalars import DateDefinition, DateTimeDefinition, DecimalDefinition, TimeDefinition
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
JSON = NewType("JSON", object)
JSON_VALUE = strawberry.scalar(
    name="JSON", description="Any JSON value: an object, a list, a text, a number, true, false or null."
)
SCALARS: dict[object, ScalarDefinition] = {
    Fen: FEN,
    JSON: JSON_VALUE,
    date: replace(DateDefinition, description="A calendar day (ISO 8601), such as 2026-11-20."),
    datetime: replace(
        DateTimeDefinition, description="A moment with its offset (ISO 8601): 2026-11-20T02:00:00+00:00."
    ),
    time: replace(TimeDefinition, description="A time of day (ISO 8601), such as 08:00:00."),
    Decimal: replace(DecimalDefinition, description="An exact decimal number, as a string such as 12.50."),
}
