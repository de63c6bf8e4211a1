"""What the mutations of payments answer."""

from typing import Annotated

import strawberry

from app.payments import errors
from schema.binding import of
from schema.errors import UserError
from schema.types.payment import GrantedRefund


@strawberry.type(description="Returned when the refund is done, on its way, or not there.")
@of(errors.RefundNotFailed)
class RefundNotFailed(UserError):
    """Its source is the refusal."""


RetryRefundResult = Annotated[
    GrantedRefund | RefundNotFailed,
    strawberry.union("RetryRefundResult", description="The refund, on its way again, or why not."),
]
