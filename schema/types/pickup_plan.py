"""The plan of a pickup point, as staff sees it."""

from datetime import date, time

import strawberry

from app.pickup.models import ExtraSlot as ExtraRow
from app.pickup.models import SlotClosure as ClosureRow
from app.pickup.models import SlotRule as RuleRow
from app.pickup.plan import PlanChange
from resolvers import node as resolve_node
from resolvers import pickup_plan as resolve
from schema.binding import field, of
from schema.types.pickup import PickupPoint

_ID = "Opaque and unique in the whole shop."
_WALL = "Asia/Shanghai wall time, without an offset."


@strawberry.type(description="A window of every week, from which slots are made a week ahead.")
@of(RuleRow)
class SlotRule:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description=_ID)
    weekday: int = field(description="1 Monday to 7 Sunday.")
    starts_at: time = field(description=f"When collecting begins. {_WALL}")
    ends_at: time = field(description=f"When collecting ends. {_WALL}")
    cutoff_days_before: int = field(description="How many days before the cut-off is; 0: the same day.")
    cutoff_at: time = field(description=f"Until when one can order on that day. {_WALL}")
    capacity: int = field(description="How many orders a slot of it takes.")
    is_active: bool = field(description="Whether it makes slots.")


@strawberry.type(description="A day on which a point gives nothing out, whatever its weekly rules say.")
@of(ClosureRow)
class SlotClosure:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description=_ID)
    closed_on: date = field(description="The day, Asia/Shanghai.")
    reason: str = field(description="Why.")


@strawberry.type(description="A window on one day beside the weekly rules; weekly windows it overlaps give way.")
@of(ExtraRow)
class ExtraSlot:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description=_ID)
    opens_on: date = field(description="The day, Asia/Shanghai.")
    starts_at: time = field(description=f"When collecting begins. {_WALL}")
    ends_at: time = field(description=f"When collecting ends. {_WALL}")
    cutoff_days_before: int = field(description="How many days before the cut-off is; 0: the same day.")
    cutoff_at: time = field(description=f"Until when one can order on that day. {_WALL}")
    capacity: int = field(description="How many orders its slot takes.")


@strawberry.type(description="A change of a point's plan, and what became of its slots: counts are 0 on a retry.")
@of(PlanChange)
class PickupPlanChange:
    """Its source is app.pickup.plan.PlanChange."""

    pickup_point: PickupPoint = field(resolve.point, description="The point, as it is now.")
    slot_rule: SlotRule | None = field(resolve.rule, description="The weekly rule; null where none was written.")
    slot_closure: SlotClosure | None = field(
        resolve.closure, description="The closed day; null where none was added, and once it was taken back."
    )
    extra_slot: ExtraSlot | None = field(
        resolve.extra, description="The extra window; null where none was added, and once it was taken back."
    )
    slots_opened: int = field(resolve.opened, description="How many slots can be booked now, or take another number.")
    slots_withdrawn: int = field(resolve.withdrawn, description="How many empty slots cannot be booked any more.")
    slots_kept: int = field(
        resolve.kept, description="How many slots stay for their reservations, although the plan has them no more."
    )
    places_kept: int = field(resolve.places, description="How many places are reserved in those.")
