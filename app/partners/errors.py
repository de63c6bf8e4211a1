"""What the partners domain refuses."""

from dataclasses import dataclass
from datetime import datetime

from app.kit.errors import BadInput, Refusal


class BadApiKey(Exception):  # noqa: N818 - refusals carry no suffix
    """The text speaks for no partner; each reason is a class of its own, and its text may be shown."""

    told = "The API key does not hold."

    def __init__(self) -> None:
        super().__init__(self.told)


class ApiKeyUnknown(BadApiKey):
    """No key, or a wrong secret: one answer, so that nobody can search for prefixes."""


class ApiKeyExpired(BadApiKey):
    """The key was proved, and its time is over."""

    told = "The API key has expired."


class ApiKeyRevoked(BadApiKey):
    """The key was proved, and someone ended it."""

    told = "The API key was revoked."


class PartnerInactive(BadApiKey):
    """The key was proved, and its partner is switched off."""

    told = "The partner of this API key is not active."


class BadPartner(BadInput):
    """A partner with these values cannot be."""


@dataclass(frozen=True, slots=True)
class PartnerNotFound(Refusal):
    """There is no partner of this id."""

    zh = "没有这个合作方。"
    en = "There is no such partner."


@dataclass(frozen=True, slots=True)
class PartnerCodeTaken(Refusal):
    """Another partner has this code."""

    zh = "合作方代码已被使用。"
    en = "Another partner has this code."


@dataclass(frozen=True, slots=True)
class PartnerSwitchedOff(Refusal):
    """The partner was deactivated: nothing new is given to it."""

    zh = "合作方已停用。"
    en = "The partner is deactivated."


@dataclass(frozen=True, slots=True)
class ApiKeyNotFound(Refusal):
    """There is no key of this id."""

    zh = "没有这个密钥。"
    en = "There is no such key."


@dataclass(frozen=True, slots=True)
class ApiKeyEnded(Refusal):
    """The key has expired or was revoked: there is nothing left to change."""

    zh = "密钥已失效。"
    en = "The key has expired or was revoked."


@dataclass(frozen=True, slots=True)
class ScopesNotAllowed(Refusal):
    """A partner of this kind may not have some of the scopes."""

    allowed: list[str]
    zh = "这类合作方不能拥有这些权限。"
    en = "A partner of this kind may not have these scopes."


@dataclass(frozen=True, slots=True)
class ApiKeyTimeNotAllowed(Refusal):
    """A key ends in the future, and within a year and a month."""

    latest: datetime
    zh = "密钥的失效时间必须在未来，且不晚于 {self.latest:%Y-%m-%d}。"
    en = "A key ends in the future, and not after {self.latest:%Y-%m-%d}."


@dataclass(frozen=True, slots=True)
class WebhookUrlRefused(Refusal):
    """The address is not https, or leads into a private network."""

    zh = "回调地址必须是公网 https 地址。"
    en = "A webhook's address is https and public."


@dataclass(frozen=True, slots=True)
class WebhookExists(Refusal):
    """The partner has a webhook with this address."""

    zh = "该合作方已登记这个回调地址。"
    en = "The partner has a webhook with this address already."


@dataclass(frozen=True, slots=True)
class WebhookNotFound(Refusal):
    """There is no webhook of this id."""

    zh = "没有这个回调。"
    en = "There is no such webhook."


@dataclass(frozen=True, slots=True)
class WebhookNotPaused(Refusal):
    """The webhook is not paused: there is nothing to resume."""

    zh = "回调没有暂停。"
    en = "The webhook is not paused."


@dataclass(frozen=True, slots=True)
class DeliveryNotDead(Refusal):
    """The delivery is not a dead letter: it was delivered, waits for its next attempt, or is not there."""

    zh = "这次投递不在死信中。"
    en = "The delivery is not a dead letter."
