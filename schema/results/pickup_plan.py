"""What the mutations of pickup points and their plans answer."""

from typing import Annotated

import strawberry

from app.pickup import errors
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.results.staff import PickupPointNotFound
from schema.types.pickup import PickupPoint, PickupSlot
from schema.types.pickup_plan import PickupPlanChange


@strawberry.type(description="Returned when another pickup point has the code.")
@of(errors.PickupPointCodeTaken)
class PickupPointCodeTaken(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the point is closed for good.")
@of(errors.PickupPointClosed)
class PickupPointClosed(UserError):
    """Its source is the refusal."""


@strawberry.type(
    description="Returned when somebody is still to collect in what was to go: move those reservations first."
)
@of(errors.PlacesReserved)
class PlacesReserved(UserError):
    """Its source is the refusal."""

    places: int = field(description="How many places are reserved.")


@strawberry.type(description="Returned when there is no weekly rule of this id.")
@of(errors.SlotRuleNotFound)
class SlotRuleNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when another window of the same day at this point overlaps this one.")
@of(errors.WindowOverlaps)
class WindowOverlaps(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the point is closed on that day.")
@of(errors.DayClosed)
class DayClosed(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no closed day of this id.")
@of(errors.SlotClosureNotFound)
class SlotClosureNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no extra window of this id.")
@of(errors.ExtraSlotNotFound)
class ExtraSlotNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no slot of this id, or it was withdrawn.")
@of(errors.PickupSlotNotFound)
class PickupSlotNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when more places are reserved than the slot was to have.")
@of(errors.CapacityBelowReserved)
class CapacityBelowReserved(UserError):
    """Its source is the refusal."""

    reserved: int = field(description="How many are reserved.")


CreatePickupPointResult = Annotated[
    PickupPoint | PickupPointCodeTaken | IdempotencyKeyReused,
    strawberry.union("CreatePickupPointResult", description="The point, or why there is none."),
]
ChangePickupPointResult = Annotated[
    PickupPoint | PickupPointNotFound | PickupPointClosed,
    strawberry.union("ChangePickupPointResult", description="The point, changed, or why not."),
]
SuspendPickupPointResult = Annotated[
    PickupPlanChange | PickupPointNotFound | PickupPointClosed,
    strawberry.union("SuspendPickupPointResult", description="The point, suspended, or why not."),
]
ReopenPickupPointResult = Annotated[
    PickupPlanChange | PickupPointNotFound | PickupPointClosed,
    strawberry.union("ReopenPickupPointResult", description="The point, open again, or why not."),
]
ClosePickupPointResult = Annotated[
    PickupPlanChange | PickupPointNotFound | PlacesReserved,
    strawberry.union("ClosePickupPointResult", description="The point, closed for good, or why not."),
]
AddSlotRuleResult = Annotated[
    PickupPlanChange | PickupPointNotFound | PickupPointClosed | WindowOverlaps | IdempotencyKeyReused,
    strawberry.union("AddSlotRuleResult", description="The weekly rule, or why there is none."),
]
ChangeSlotRuleResult = Annotated[
    PickupPlanChange | SlotRuleNotFound | PickupPointClosed | WindowOverlaps,
    strawberry.union("ChangeSlotRuleResult", description="The weekly rule, changed, or why not."),
]
ActivateSlotRuleResult = Annotated[
    PickupPlanChange | SlotRuleNotFound | PickupPointClosed | WindowOverlaps,
    strawberry.union("ActivateSlotRuleResult", description="The weekly rule, active, or why not."),
]
DeactivateSlotRuleResult = Annotated[
    PickupPlanChange | SlotRuleNotFound | PickupPointClosed,
    strawberry.union("DeactivateSlotRuleResult", description="The weekly rule, inactive, or why not."),
]
CloseDayResult = Annotated[
    PickupPlanChange | PickupPointNotFound | PickupPointClosed | DayClosed | PlacesReserved | IdempotencyKeyReused,
    strawberry.union("CloseDayResult", description="The closed day, or why it is not closed."),
]
OpenDayResult = Annotated[
    PickupPlanChange | SlotClosureNotFound | PickupPointClosed,
    strawberry.union("OpenDayResult", description="The point, open on that day, or why not."),
]
AddExtraSlotResult = Annotated[
    PickupPlanChange
    | PickupPointNotFound
    | PickupPointClosed
    | DayClosed
    | WindowOverlaps
    | PlacesReserved
    | IdempotencyKeyReused,
    strawberry.union("AddExtraSlotResult", description="The extra window, or why there is none."),
]
RemoveExtraSlotResult = Annotated[
    PickupPlanChange | ExtraSlotNotFound | PickupPointClosed | PlacesReserved,
    strawberry.union("RemoveExtraSlotResult", description="The point without it, or why not."),
]
SetSlotCapacityResult = Annotated[
    PickupSlot | PickupSlotNotFound | CapacityBelowReserved,
    strawberry.union("SetSlotCapacityResult", description="The slot, or why it stays as it is."),
]
