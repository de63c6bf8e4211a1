"""What an account is refused for."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class AccountClosed(Refusal):
    """The customer closed her account; her token still holds."""

    zh = "账号已注销。"
    en = "This account is closed."


@dataclass(frozen=True, slots=True)
class SessionEnded(Refusal):
    """The refresh token is unknown, over, or was used before, or the sign-in was ended."""

    zh = "登录已失效，请重新登录。"
    en = "You are no longer signed in: sign in again."


@dataclass(frozen=True, slots=True)
class LoginCodeInvalid(Refusal):
    """WeChat does not know the code, or it is older than five minutes."""

    zh = "登录凭证无效或已过期，请重试。"
    en = "This sign-in code is not valid or too old: try again."


@dataclass(frozen=True, slots=True)
class LoginCodeUsed(Refusal):
    """The code was used before."""

    zh = "登录凭证已使用过，请重新获取。"
    en = "This sign-in code was used before: get a new one."


@dataclass(frozen=True, slots=True)
class SignInTooFrequent(Refusal):
    """WeChat counts too many sign-ins of this person."""

    zh = "登录过于频繁，请一分钟后再试。"
    en = "Too many sign-ins: try again in a minute."


@dataclass(frozen=True, slots=True)
class SignInBlocked(Refusal):
    """WeChat holds this person for risky."""

    zh = "微信暂时限制了该账号登录。"
    en = "WeChat does not let this account sign in at present."


@dataclass(frozen=True, slots=True)
class WeChatAway(Refusal):
    """WeChat does not answer; nothing is wrong with what was sent."""

    zh = "微信服务繁忙，请稍后再试。"
    en = "WeChat does not answer: try again later."


@dataclass(frozen=True, slots=True)
class PhoneCodeInvalid(Refusal):
    """WeChat does not know the code, or it is too old or another mini-program's."""

    zh = "手机号授权无效或已过期，请重新授权。"
    en = "This phone code is not valid or too old: confirm the number again."


@dataclass(frozen=True, slots=True)
class PhoneCodeUsed(Refusal):
    """The code was asked about before: each is good once."""

    zh = "手机号授权已使用过，请重新授权。"
    en = "This phone code was used before: confirm the number again."


@dataclass(frozen=True, slots=True)
class PhoneTaken(Refusal):
    """The number belongs to another account."""

    zh = "该手机号已绑定其他账号。"
    en = "This number belongs to another account."


@dataclass(frozen=True, slots=True)
class DeviceNotFound(Refusal):
    """The customer is not signed in on such a device, or not any more."""

    zh = "该设备未登录或已退出。"
    en = "You are not signed in on this device."
