"""Root fields of staff: signing in, and what administrators do."""

import strawberry

from resolvers import staff as resolve_staff
from schema.binding import field, mutation
from schema.inputs.staff import (
    BindPickupPointsInput,
    ChangeMyPasswordInput,
    CreateStaffInput,
    ResetStaffInput,
    SetStaffRolesInput,
    SignInStaffInput,
    SignOutStaffInput,
    StaffMemberInput,
)
from schema.results.staff import (
    BindPickupPointsResult,
    ChangeMyPasswordResult,
    CreateStaffResult,
    DeactivateStaffResult,
    ResetStaffPasswordResult,
    ResetStaffTotpResult,
    SetStaffRolesResult,
    SignInStaffResult,
    SignOutStaffResult,
)
from schema.types.page import Connection
from schema.types.staff import StaffMember

READ_STAFF = ("staff:read",)
STAFF = ("staff:write",)
SELF = ("staff:self",)
HASHING = 200  # points of a mutation that verifies a password: 19 MiB of memory for some 20 ms


@strawberry.type
class StaffQueries:
    """Reads of staff."""

    staff_members: Connection[StaffMember] = field(
        resolve_staff.members, requires=READ_STAFF, description="Who works for the shop, or did, newest first."
    )


@strawberry.type
class StaffWrites:
    """Writes of staff."""

    sign_in_staff: SignInStaffResult = mutation(
        resolve_staff.sign_in,
        SignInStaffInput,
        description="Signs in somebody who works for the shop, for 12 hours, or until half an hour passes unused.",
        cost=HASHING,
    )
    sign_out_staff: SignOutStaffResult = mutation(
        resolve_staff.sign_out,
        SignOutStaffInput,
        description="Ends this sign-in of a member of staff, or all of hers.",
        requires=SELF,
    )
    change_my_password: ChangeMyPasswordResult = mutation(
        resolve_staff.change_password,
        ChangeMyPasswordInput,
        description="Gives the member of staff who asks another password, and signs her out elsewhere.",
        requires=SELF,
        cost=HASHING,
    )
    create_staff: CreateStaffResult = mutation(
        resolve_staff.create,
        CreateStaffInput,
        description="Lets somebody work for the shop. Her password and her codes' secret are shown once.",
        requires=STAFF,
    )
    set_staff_roles: SetStaffRolesResult = mutation(
        resolve_staff.set_roles,
        SetStaffRolesInput,
        description="Gives another member of staff these roles and no others; if they change, she is signed out.",
        requires=STAFF,
    )
    bind_pickup_points: BindPickupPointsResult = mutation(
        resolve_staff.bind_points,
        BindPickupPointsInput,
        description="Lets another member of staff serve these points and no others.",
        requires=STAFF,
    )
    deactivate_staff: DeactivateStaffResult = mutation(
        resolve_staff.deactivate,
        StaffMemberInput,
        description="Ends the work of another member of staff: she is signed out and not let in again.",
        requires=STAFF,
    )
    reset_staff_password: ResetStaffPasswordResult = mutation(
        resolve_staff.reset_password,
        ResetStaffInput,
        description="Gives another member of staff a password to begin with, shown once, and signs her out.",
        requires=STAFF,
    )
    reset_staff_totp: ResetStaffTotpResult = mutation(
        resolve_staff.reset_totp,
        ResetStaffInput,
        description="Gives another member of staff another secret of codes, shown once, and signs her out.",
        requires=STAFF,
    )
