"""What an account is refused for."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class AccountClosed(Refusal):
    """The customer closed her account; her token still holds."""

    zh = "账号已注销。"
    en = "This account is closed."
