"""What an account is refused for."""

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class StaffSignInRefused(Refusal):
    """Name, password and code do not let anybody in, or not now: which of it is never told."""

    zh = "用户名、密码或动态码不正确，或尝试次数过多，请稍后再试。"
    en = "User name, password or code are not right, or there were too many attempts: try again later."


@dataclass(frozen=True, slots=True)
class StaffNotFound(Refusal):
    """No such person works for the shop, or not any more."""

    zh = "没有这位在职员工。"
    en = "Nobody with this id works here."


@dataclass(frozen=True, slots=True)
class UsernameTaken(Refusal):
    """Somebody has the user name, or had it."""

    zh = "该用户名已被使用。"
    en = "This user name is taken."


@dataclass(frozen=True, slots=True)
class NotOnYourself(Refusal):
    """An administrator changes everybody's rights but her own."""

    zh = "不能修改自己的权限或账号，请由另一位管理员操作。"
    en = "Nobody changes her own rights: ask another administrator."


@dataclass(frozen=True, slots=True)
class PasswordTooWeak(Refusal):
    """A new password that is too short, known to everybody, or the user name."""

    least: int

    zh = "密码至少 {self.least} 个字符，且不能是用户名或常见密码。"
    en = "A password has {self.least} characters at least, and is neither the user name nor a common one."


@dataclass(frozen=True, slots=True)
class PasswordWrong(Refusal):
    """The present password was not given."""

    zh = "当前密码不正确，或尝试次数过多。"
    en = "This is not your present password, or there were too many attempts."


@dataclass(frozen=True, slots=True)
class AdministratorExists(Refusal):
    """The shop has an administrator, who makes all others."""

    zh = "已有管理员，请由管理员添加员工。"
    en = "There is an administrator already, who makes all others."


@dataclass(frozen=True, slots=True)
class CustomerNotFound(Refusal):
    """No customer has the id or the number."""

    zh = "没有找到该顾客。"
    en = "There is no such customer."


@dataclass(frozen=True, slots=True)
class NoPhone(Refusal):
    """The customer bound no number."""

    zh = "该顾客未绑定手机号。"
    en = "This customer has bound no phone number."


@dataclass(frozen=True, slots=True)
class LookupLimitReached(Refusal):
    """The member of staff looked up as many customers as one may in an hour."""

    again_at: datetime

    zh = "本小时查询顾客次数已达上限，请稍后再试。"
    en = "You looked up as many customers as one may in an hour: try again later."


@dataclass(frozen=True, slots=True)
class RevealLimitReached(Refusal):
    """The member of staff saw as many numbers as one may in an hour."""

    again_at: datetime

    zh = "本小时查看完整号码次数已达上限，请稍后再试。"
    en = "You saw as many whole numbers as one may in an hour: try again later."
