"""What jobs want staff to look at."""

from datetime import date, datetime

import strawberry

from app.notices.enums import NoticeKind
from app.notices.models import StaffNotice as Row
from resolvers import node as resolve_node
from resolvers import notice as resolve
from schema.binding import field, of
from schema.types.staff import StaffMember


@strawberry.type(description="Something a job found that somebody on the staff has to look at.")
@of(Row)
class StaffNotice:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque; handleNotice takes it.")
    kind: NoticeKind = field(description="What it is about.")
    about: strawberry.ID = field(resolve.about, description="The id of what it is about: a product, producer or lot.")
    ends_on: date | None = field(description="The last day of the paper; null where none ends.")
    product_ids: list[strawberry.ID] = field(
        resolve.product_ids, description="The products concerned, published or not; the first 50."
    )
    lot_ids: list[strawberry.ID] = field(resolve.lot_ids, description="The lots concerned; the first 50.")
    created_at: datetime = field(description="When it was found.")
    handled_at: datetime | None = field(description="When somebody handled it; null while it is open.")
    handled_by: StaffMember | None = field(resolve.handled_by, description="Who handled it; null while it is open.")
