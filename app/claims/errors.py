"""What claiming, and deciding a claim, are refused for."""

from dataclasses import dataclass
from datetime import datetime

from app.claims.enums import ClaimState
from app.kit.errors import BadInput, Refusal


class BadClaim(BadInput):
    """A claim, or a decision, that cannot mean anything."""


@dataclass(frozen=True, slots=True)
class ClaimTooLate(Refusal):
    """Defects are claimed within 48 hours of the hand-over."""

    until: datetime

    zh = "已超过收货后48小时的售后期限。"
    en = "The 48 hours for claims after the hand-over are over."


@dataclass(frozen=True, slots=True)
class ClaimAlreadyOpen(Refusal):
    """A claim about this line waits to be decided."""

    zh = "该商品已有售后申请在处理中。"
    en = "A claim about this line is being looked at already."


@dataclass(frozen=True, slots=True)
class NothingLeftToClaim(Refusal):
    """All that was paid for the line has gone back, or it was free."""

    zh = "该商品没有可赔付的金额。"
    en = "Nothing that was paid for this line is left to give back."


@dataclass(frozen=True, slots=True)
class DefectClaimNotFound(Refusal):
    """There is no such claim at a point this member of staff serves."""

    zh = "没有这个售后申请。"
    en = "There is no such claim."


@dataclass(frozen=True, slots=True)
class DefectClaimDecided(Refusal):
    """It was decided otherwise before."""

    state: ClaimState

    zh = "该售后申请已处理。"
    en = "The claim was decided before."
