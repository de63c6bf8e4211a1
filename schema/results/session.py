"""What signing in and out answers."""

from typing import Annotated

import strawberry

from app.accounts import errors
from schema.binding import of
from schema.errors import AccountClosed, UserError
from schema.types.customer import Customer
from schema.types.session import Session


@strawberry.type(
    description="Returned when the refresh token is unknown, over or was used before, or the sign-in was ended."
)
@of(errors.SessionEnded)
class SessionEnded(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when WeChat does not know the code, or it is older than five minutes.")
@of(errors.LoginCodeInvalid)
class LoginCodeInvalid(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the code was used before: get another by `wx.login`.")
@of(errors.LoginCodeUsed)
class LoginCodeUsed(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when WeChat counts too many sign-ins of this person: wait a minute.")
@of(errors.SignInTooFrequent)
class SignInTooFrequent(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when WeChat holds this person for risky.")
@of(errors.SignInBlocked)
class SignInBlocked(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when WeChat does not answer: try again later, with a new code.")
@of(errors.WeChatAway)
class WeChatAway(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when WeChat does not know the code, or it is too old or another mini-program's.")
@of(errors.PhoneCodeInvalid)
class PhoneCodeInvalid(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the code was used before: let the customer confirm her number again.")
@of(errors.PhoneCodeUsed)
class PhoneCodeUsed(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the number belongs to another account.")
@of(errors.PhoneTaken)
class PhoneTaken(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the customer is not signed in on such a device.")
@of(errors.DeviceNotFound)
class DeviceNotFound(UserError):
    """Its source is the refusal."""


LoginWithWeChatResult = Annotated[
    Session | LoginCodeInvalid | LoginCodeUsed | SignInTooFrequent | SignInBlocked | WeChatAway,
    strawberry.union("LoginWithWeChatResult", description="The sign-in, or why there is none."),
]
RefreshSessionResult = Annotated[
    Session | SessionEnded,
    strawberry.union("RefreshSessionResult", description="The sign-in with its next tokens, or why it ended."),
]
BindPhoneResult = Annotated[
    Customer | PhoneCodeInvalid | PhoneCodeUsed | PhoneTaken | SignInTooFrequent | WeChatAway | AccountClosed,
    strawberry.union("BindPhoneResult", description="The customer with her number, or why it is not bound."),
]
SignOutResult = Annotated[
    Customer | AccountClosed,
    strawberry.union("SignOutResult", description="The customer, who is signed out, or why not."),
]
EndDeviceResult = Annotated[
    Customer | DeviceNotFound | AccountClosed,
    strawberry.union("EndDeviceResult", description="The customer with the devices she has left, or why not."),
]
