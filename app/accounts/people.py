"""What signing people in needs from outside the database."""

from dataclasses import dataclass

from app.kit.tokens import Tokens
from app.kit.vault import Vault
from app.wechat.client import WeChat


@dataclass(frozen=True, slots=True)
class People:
    """Where values are sealed, what signs tokens, and who knows the customers."""

    vault: Vault
    tokens: Tokens
    wechat: WeChat
