"""What is sent to sign in and out."""

import strawberry
from strawberry import ID


@strawberry.input(description="Who wants to sign in, and on what.")
class LoginWithWeChatInput:
    """Its fields are the resolver's arguments."""

    code: str = strawberry.field(description="What `wx.login` answered: good once, for five minutes.")
    device_label: str = strawberry.field(
        description="What the customer's list of devices calls this one, 1 to 60 characters: the phone's model."
    )


@strawberry.input(description="A sign-in that needs a new access token.")
class RefreshSessionInput:
    """Its fields are the resolver's arguments."""

    refresh_token: str = strawberry.field(description="The newest one of this sign-in.")


@strawberry.input(description="A phone number its owner confirmed to WeChat.")
class BindPhoneInput:
    """Its fields are the resolver's arguments."""

    code: str = strawberry.field(description="What the button `getPhoneNumber` answered: good once, for five minutes.")


@strawberry.input(description="Where to sign out.")
class SignOutInput:
    """Its fields are the resolver's arguments."""

    everywhere: bool = strawberry.field(default=False, description="On every device, not on this one alone.")


@strawberry.input(description="A device to sign out on.")
class EndDeviceInput:
    """Its fields are the resolver's arguments."""

    device_id: ID = strawberry.field(description="The device's id.")
