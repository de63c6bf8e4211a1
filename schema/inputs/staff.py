"""What staff send to sign in, and administrators about staff."""

import strawberry
from strawberry import ID

from app.accounts.enums import RoleCode

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it does nothing twice."
_MEMBER = "The member's id."


@strawberry.input(description="Who wants to sign in, and on what.")
class SignInStaffInput:
    """Its fields are the resolver's arguments."""

    username: str = strawberry.field(description="Her user name.")
    password: str = strawberry.field(description="Her password.")
    totp: str = strawberry.field(description="The six digits her authenticator app shows: good once.")
    device_label: str = strawberry.field(description="What this device is called in her sign-ins, 1 to 60 characters.")


@strawberry.input(description="Where to sign out.")
class SignOutStaffInput:
    """Its fields are the resolver's arguments."""

    everywhere: bool = strawberry.field(default=False, description="On every device, not on this one alone.")


@strawberry.input(description="A new password.")
class ChangeMyPasswordInput:
    """Its fields are the resolver's arguments."""

    present: str = strawberry.field(description="The one that holds now.")
    new: str = strawberry.field(description="12 to 128 characters; neither the user name nor a common password.")


@strawberry.input(description="Somebody who begins to work for the shop.")
class CreateStaffInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    username: str = strawberry.field(
        description="2 to 40 lower-case letters, digits, dots, hyphens and underscores; for good."
    )
    name: str = strawberry.field(description="Her name; at most 40 characters.")
    roles: list[RoleCode] = strawberry.field(description="What she may do.")


@strawberry.input(description="What a member of staff may do.")
class SetStaffRolesInput:
    """Its fields are the resolver's arguments."""

    staff_member_id: ID = strawberry.field(description=_MEMBER)
    roles: list[RoleCode] = strawberry.field(description="All her roles from now on.")


@strawberry.input(description="Where a member of staff serves.")
class BindPickupPointsInput:
    """Its fields are the resolver's arguments."""

    staff_member_id: ID = strawberry.field(description=_MEMBER)
    pickup_point_ids: list[ID] = strawberry.field(description="All her points from now on.")


@strawberry.input(description="A member of staff.")
class StaffMemberInput:
    """Its fields are the resolver's arguments."""

    staff_member_id: ID = strawberry.field(description=_MEMBER)


@strawberry.input(description="A member of staff who gets something anew.")
class ResetStaffInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    staff_member_id: ID = strawberry.field(description=_MEMBER)
