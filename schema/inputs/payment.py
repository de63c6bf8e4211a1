"""Inputs of payments."""

import strawberry
from strawberry import ID


@strawberry.input(description="A refund that needs somebody.")
class RetryRefundInput:
    """Its fields are the resolver's arguments."""

    refund_id: ID = strawberry.field(description="The refund.")
