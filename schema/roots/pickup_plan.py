"""Root fields of pickup points and their plans, for staff."""

import strawberry

from resolvers import pickup_plan as resolve
from schema.binding import field, mutation
from schema.inputs.pickup_plan import (
    AddExtraSlotInput,
    AddSlotRuleInput,
    ChangePickupPointInput,
    ChangeSlotRuleInput,
    CloseDayInput,
    CreatePickupPointInput,
    OpenDayInput,
    PickupPointInput,
    RemoveExtraSlotInput,
    SetSlotCapacityInput,
    SlotRuleInput,
)
from schema.results.pickup_plan import (
    ActivateSlotRuleResult,
    AddExtraSlotResult,
    AddSlotRuleResult,
    ChangePickupPointResult,
    ChangeSlotRuleResult,
    CloseDayResult,
    ClosePickupPointResult,
    CreatePickupPointResult,
    DeactivateSlotRuleResult,
    OpenDayResult,
    RemoveExtraSlotResult,
    ReopenPickupPointResult,
    SetSlotCapacityResult,
    SuspendPickupPointResult,
)
from schema.types.page import Connection
from schema.types.pickup import PickupPoint, PickupSlot
from schema.types.pickup_plan import ExtraSlot, SlotClosure, SlotRule

MANAGE = ("pickup:manage",)


@strawberry.type
class PickupPlanQueries:
    """Reads of points and their plans."""

    all_pickup_points: Connection[PickupPoint] = field(
        resolve.all_points, requires=MANAGE, description="Every pickup point, closed ones too, newest first."
    )
    slot_rules: Connection[SlotRule] = field(
        resolve.rules, requires=MANAGE, description="The weekly rules of a point, inactive ones too, newest first."
    )
    slot_closures: Connection[SlotClosure] = field(
        resolve.closures, requires=MANAGE, description="The closed days of a point, those added last first."
    )
    extra_slots: Connection[ExtraSlot] = field(
        resolve.extras, requires=MANAGE, description="The extra windows of a point, those added last first."
    )
    slots_on: list[PickupSlot] = field(
        resolve.slots_on,
        requires=("pickup:serve",),
        list_size=10,
        description="The slots of a point on a day, soonest first; past, full and suspended ones too.",
    )


@strawberry.type
class PickupPlanWrites:
    """Writes of points and their plans."""

    create_pickup_point: CreatePickupPointResult = mutation(
        resolve.create_point,
        CreatePickupPointInput,
        requires=MANAGE,
        description="Makes a pickup point, open; it has no slots before it has weekly rules or extra windows.",
    )
    change_pickup_point: ChangePickupPointResult = mutation(
        resolve.change_point,
        ChangePickupPointInput,
        requires=MANAGE,
        description="Changes what is told about a point, its hours and preparation time. Its slots stay.",
    )
    suspend_pickup_point: SuspendPickupPointResult = mutation(
        resolve.suspend_point,
        PickupPointInput,
        requires=MANAGE,
        description="Lets a point take no new orders for now; what is reserved there stays.",
    )
    reopen_pickup_point: ReopenPickupPointResult = mutation(
        resolve.reopen_point, PickupPointInput, requires=MANAGE, description="Lets a suspended point take orders again."
    )
    close_pickup_point: ClosePickupPointResult = mutation(
        resolve.close_point,
        PickupPointInput,
        requires=MANAGE,
        description="Closes a point for good, once nobody is to collect there any more.",
    )
    add_slot_rule: AddSlotRuleResult = mutation(
        resolve.add_rule,
        AddSlotRuleInput,
        requires=MANAGE,
        description="Opens a window every week, at once for the coming days.",
    )
    change_slot_rule: ChangeSlotRuleResult = mutation(
        resolve.change_rule,
        ChangeSlotRuleInput,
        requires=MANAGE,
        description="Changes a weekly rule. Slots with reservations stay as they are; empty ones are made anew.",
    )
    activate_slot_rule: ActivateSlotRuleResult = mutation(
        resolve.activate_rule, SlotRuleInput, requires=MANAGE, description="Lets a weekly rule make slots again."
    )
    deactivate_slot_rule: DeactivateSlotRuleResult = mutation(
        resolve.deactivate_rule,
        SlotRuleInput,
        requires=MANAGE,
        description="Lets a weekly rule make no more slots; its empty ones are withdrawn.",
    )
    close_day: CloseDayResult = mutation(
        resolve.close_day,
        CloseDayInput,
        requires=MANAGE,
        description="Closes a point on a day on which nothing is reserved; its slots of that day are withdrawn.",
    )
    open_day: OpenDayResult = mutation(
        resolve.open_day, OpenDayInput, requires=MANAGE, description="Takes a closed day back; its slots come back."
    )
    add_extra_slot: AddExtraSlotResult = mutation(
        resolve.add_extra, AddExtraSlotInput, requires=MANAGE, description="Opens a window on one day."
    )
    remove_extra_slot: RemoveExtraSlotResult = mutation(
        resolve.remove_extra,
        RemoveExtraSlotInput,
        requires=MANAGE,
        description="Takes an extra window back, in which nothing is reserved.",
    )
    set_slot_capacity: SetSlotCapacityResult = mutation(
        resolve.resize_slot,
        SetSlotCapacityInput,
        requires=MANAGE,
        description="Gives one slot another capacity, never less than is reserved.",
    )
