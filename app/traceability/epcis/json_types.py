"""The types of JSON values as this package reads them."""

from decimal import Decimal
from typing import TypeAlias

Json: TypeAlias = bool | int | Decimal | str | list["Json"] | dict[str, "Json"] | None
"""A JSON value; numbers with a fraction or an exponent are Decimal, so that none loses a digit."""

JsonObject: TypeAlias = dict[str, Json]
"""A JSON object."""
