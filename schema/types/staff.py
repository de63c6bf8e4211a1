"""Who works for the shop."""

from datetime import datetime

import strawberry

from app.accounts.enums import RoleCode
from app.accounts.models import Staff as StaffRow
from app.accounts.staff import Introduced
from resolvers import node as resolve_node
from resolvers import staff as resolve
from schema.binding import field, of
from schema.types.pickup import PickupPoint


@strawberry.type(description="Somebody who works for the shop, or did.")
@of(StaffRow)
class StaffMember:
    """Its source is a row."""

    id: strawberry.ID = field(resolve_node.global_id, description="Opaque; the mutations take it.")
    username: str = field(description="What she signs in with.")
    name: str = field(description="Her name.")
    roles: list[RoleCode] = field(resolve.roles, description="What she may do.", list_size=7)
    pickup_points: list[PickupPoint] = field(
        resolve.pickup_points, description="The points she serves, in the shop's order.", list_size=5
    )
    is_active: bool = field(description="Whether she still works here.")
    must_change_password: bool = field(
        resolve.must_change_password,
        description="Whether her password was given to her: until she chooses her own she may do nothing else.",
    )
    created_at: datetime = field(description="When she began.")


@strawberry.type(description="A member of staff, with what is to be handed to her: shown this once.")
@of(Introduced)
class IntroducedStaffMember:
    """Its source is app.accounts.staff.Introduced."""

    member: StaffMember = field(description="The member.")
    password: str | None = field(
        description="Holds for a day and lets her choose her own; null if none was made, or on a retry."
    )
    totp_uri: str | None = field(
        description="For her authenticator app, as text or QR code; null if none was made, or on a retry."
    )
