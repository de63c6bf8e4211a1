"""What beginning or lengthening a hold is refused for."""

from dataclasses import dataclass
from datetime import datetime

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class HoldBudgetSpent(Refusal):
    """The customer, or the address she asks from, began too many checkouts lately and bought nothing with them."""

    again_at: datetime

    zh = "您近期多次占用库存而未下单，请稍后再试。"
    en = "Too many checkouts were begun and not finished lately: try again later."


@dataclass(frozen=True, slots=True)
class HoldEnded(Refusal):
    """What was held is on sale again: the time was over, or a newer checkout replaced it."""

    zh = "为您保留的商品已释放，请重新结算。"
    en = "What was held for you is on sale again: check out once more."


@dataclass(frozen=True, slots=True)
class HoldAlreadyExtended(Refusal):
    """A hold is lengthened once."""

    zh = "保留时间只能延长一次。"
    en = "The time can be extended only once."
