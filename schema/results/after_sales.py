"""What a customer's writes about a placed order answer."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from app.claims import errors as claims
from app.claims.enums import ClaimState
from app.orders import errors
from resolvers import after_sales as resolve
from schema.binding import field, of
from schema.errors import AccountClosed, IdempotencyKeyReused, PickupSlotClosed, PickupSlotFull, UserError
from schema.results.clerk import LineUnitsExceeded, RefundsExhausted
from schema.results.files import UploadAlreadyUsed, UploadNotFound, UploadOfWrongKind
from schema.results.order import OrderNotFound, OrderNotMovable
from schema.types.after_sales import Reordered
from schema.types.customer import Customer
from schema.types.order import DefectClaim, Order


@strawberry.type(description="Returned when the cut-off of the slot the order has is over: the shop is packing.")
@of(errors.SlotChangeTooLate)
class SlotChangeTooLate(UserError):
    """Its source is the refusal."""

    until: datetime = field(description="Until when she could change it.")


@strawberry.type(description="Returned when something bought would not keep as long as promised on the new day.")
@of(errors.LotsTooOld)
class LotsTooOld(UserError):
    """Its source is the refusal."""

    line_ids: list[strawberry.ID] = field(resolve.lines_too_old, description="The lines it is about.", list_size=5)
    possible_on: date = field(description="The last day on which all of it keeps as promised.")


@strawberry.type(description="Returned when the 48 hours for claims are over.")
@of(claims.ClaimTooLate)
class ClaimTooLate(UserError):
    """Its source is the refusal."""

    until: datetime = field(description="Until when it could be claimed.")


@strawberry.type(description="Returned when a claim about the line waits to be decided.")
@of(claims.ClaimAlreadyOpen)
class ClaimAlreadyOpen(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when nothing that was paid for the line is left to give back.")
@of(claims.NothingLeftToClaim)
class NothingLeftToClaim(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no such claim at a point that you serve.")
@of(claims.DefectClaimNotFound)
class DefectClaimNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the claim was decided otherwise before.")
@of(claims.DefectClaimDecided)
class DefectClaimDecided(UserError):
    """Its source is the refusal."""

    state: ClaimState = field(description="What was decided.")


ChangeSlotResult = Annotated[
    Order | OrderNotFound | OrderNotMovable | SlotChangeTooLate | PickupSlotClosed | PickupSlotFull | LotsTooOld,
    strawberry.union("ChangeSlotResult", description="The order with its new slot, or why it keeps the old one."),
]
ReorderResult = Annotated[
    Reordered | OrderNotFound | IdempotencyKeyReused | AccountClosed,
    strawberry.union("ReorderResult", description="The cart, or why nothing was put into it."),
]
ClaimDefectResult = Annotated[
    DefectClaim
    | OrderNotFound
    | OrderNotMovable
    | ClaimTooLate
    | ClaimAlreadyOpen
    | LineUnitsExceeded
    | NothingLeftToClaim
    | UploadNotFound
    | UploadAlreadyUsed
    | UploadOfWrongKind
    | IdempotencyKeyReused,
    strawberry.union("ClaimDefectResult", description="The claim, or why there is none."),
]
DecideDefectClaimResult = Annotated[
    DefectClaim | DefectClaimNotFound | DefectClaimDecided | RefundsExhausted,
    strawberry.union("DecideDefectClaimResult", description="The claim, decided, or why it is not."),
]
RecordMessageGrantResult = Annotated[
    Customer | IdempotencyKeyReused | AccountClosed,
    strawberry.union("RecordMessageGrantResult", description="The customer with her grants, or why none was counted."),
]
