"""What staff's signing in, and the mutations about staff answer."""

from typing import Annotated

import strawberry

from app.accounts import errors
from app.pickup import errors as pickup
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.types.session import Session
from schema.types.staff import IntroducedStaffMember, StaffMember


@strawberry.type(
    description="Returned when name, password and code let nobody in, or not now after too many attempts: never which."
)
@of(errors.StaffSignInRefused)
class StaffSignInRefused(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when nobody with this id works here.")
@of(errors.StaffNotFound)
class StaffNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when somebody has the user name, or had it.")
@of(errors.UsernameTaken)
class UsernameTaken(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when an administrator would change her own rights.")
@of(errors.NotOnYourself)
class NotOnYourself(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when a new password is too short, the user name, or a common one.")
@of(errors.PasswordTooWeak)
class PasswordTooWeak(UserError):
    """Its source is the refusal."""

    least: int = field(description="How many characters it must have.")


@strawberry.type(description="Returned when the present password is another, or after too many attempts.")
@of(errors.PasswordWrong)
class PasswordWrong(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when there is no such pickup point.")
@of(pickup.PickupPointNotFound)
class PickupPointNotFound(UserError):
    """Its source is the refusal."""


SignInStaffResult = Annotated[
    Session | StaffSignInRefused,
    strawberry.union("SignInStaffResult", description="The sign-in, or that there is none."),
]
SignOutStaffResult = Annotated[
    StaffMember | StaffNotFound,
    strawberry.union("SignOutStaffResult", description="The member, who is signed out, or why not."),
]
ChangeMyPasswordResult = Annotated[
    StaffMember | PasswordWrong | PasswordTooWeak | StaffNotFound,
    strawberry.union("ChangeMyPasswordResult", description="The member with her new password, or why not."),
]
CreateStaffResult = Annotated[
    IntroducedStaffMember | UsernameTaken | IdempotencyKeyReused,
    strawberry.union("CreateStaffResult", description="The new member, or why there is none."),
]
SetStaffRolesResult = Annotated[
    StaffMember | StaffNotFound | NotOnYourself,
    strawberry.union("SetStaffRolesResult", description="The member with her roles, or why not."),
]
BindPickupPointsResult = Annotated[
    StaffMember | StaffNotFound | PickupPointNotFound | NotOnYourself,
    strawberry.union("BindPickupPointsResult", description="The member with her points, or why not."),
]
DeactivateStaffResult = Annotated[
    StaffMember | StaffNotFound | NotOnYourself,
    strawberry.union("DeactivateStaffResult", description="The member, who has left, or why not."),
]
ResetStaffPasswordResult = Annotated[
    IntroducedStaffMember | StaffNotFound | NotOnYourself | IdempotencyKeyReused,
    strawberry.union("ResetStaffPasswordResult", description="The member with a given password, or why not."),
]
ResetStaffTotpResult = Annotated[
    IntroducedStaffMember | StaffNotFound | NotOnYourself | IdempotencyKeyReused,
    strawberry.union("ResetStaffTotpResult", description="The member with another secret of codes, or why not."),
]
