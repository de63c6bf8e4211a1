"""Root fields of signing in and out."""

import strawberry

from resolvers import session as resolve_session
from schema.binding import mutation
from schema.inputs.session import (
    BindPhoneInput,
    EndDeviceInput,
    LoginWithWeChatInput,
    RefreshSessionInput,
    SignOutInput,
)
from schema.results.session import (
    BindPhoneResult,
    EndDeviceResult,
    LoginWithWeChatResult,
    RefreshSessionResult,
    SignOutResult,
)

ME = ("me",)  # what is the customer's own


@strawberry.type
class SessionWrites:
    """Writes of signing in and out."""

    login_with_we_chat: LoginWithWeChatResult = mutation(
        resolve_session.log_in,
        LoginWithWeChatInput,
        name="loginWithWeChat",
        description="Signs in whoever got the code from `wx.login`; the first time, an account is made.",
    )
    refresh_session: RefreshSessionResult = mutation(
        resolve_session.refresh,
        RefreshSessionInput,
        description="The next access and refresh token of a sign-in, for the newest refresh token.",
    )
    bind_phone: BindPhoneResult = mutation(
        resolve_session.bind_phone,
        BindPhoneInput,
        description="Binds the phone number that its owner confirmed to WeChat. A repeated call answers the same.",
        requires=ME,
    )
    sign_out: SignOutResult = mutation(
        resolve_session.sign_out,
        SignOutInput,
        description="Ends this sign-in, or all of the customer's: their tokens do not hold any more.",
        requires=ME,
    )
    end_device: EndDeviceResult = mutation(
        resolve_session.end_device,
        EndDeviceInput,
        description="Signs the customer out on one of her devices.",
        requires=ME,
    )
