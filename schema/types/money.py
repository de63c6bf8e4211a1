"""Money."""

from decimal import Decimal
from enum import Enum

import strawberry

from resolvers import money as resolve
from schema.binding import field
from schema.scalars import Fen


@strawberry.enum(description="A currency by its ISO 4217 code.")
class CurrencyCode(Enum):
    """The shop sells in one currency."""

    CNY = strawberry.enum_value("CNY", description="Yuan renminbi.")


@strawberry.type(description="An amount of money.")
class Money:
    """Its source is a number of fen."""

    fen: Fen = field(resolve.fen, description="The amount in fen: calculate with this one.")
    amount: Decimal = field(resolve.amount, description="The amount in yuan with two decimals: show this one.")
    currency: CurrencyCode = field(resolve.currency, description="The currency: always CNY.")
