"""What changes of stock are refused for."""

from dataclasses import dataclass
from typing import ClassVar

from app.inventory.enums import LotProblem
from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class StockLotNotFound(Refusal):
    """There is no such stock lot."""

    zh: ClassVar[str] = "没有这个库存批次。"
    en: ClassVar[str] = "There is no such stock lot."


@dataclass(frozen=True, slots=True)
class LotNotSellable(Refusal):
    """What could not be sold is not taken into stock."""

    problem: LotProblem

    zh: ClassVar[str] = "该批次不可销售，不能收货入库。"
    en: ClassVar[str] = "This lot could not be sold, so it is not taken into stock."


@dataclass(frozen=True, slots=True)
class ReceivedTooMuch(Refusal):
    """More would be received of a lot than its RECEIVING event at the point says came there."""

    announced: int
    received: int

    zh: ClassVar[str] = "收货数量超出追溯收货事件的记录：应收 {self.announced}，已收 {self.received}。"
    en: ClassVar[str] = "More than the receiving event says: {self.announced} came, {self.received} were received."


@dataclass(frozen=True, slots=True)
class StockHeld(Refusal):
    """Units that are held for customers do not go away, nor units that are not there."""

    available: int
    held: int

    zh: ClassVar[str] = "可动用库存为 {self.available}，另有 {self.held} 已为顾客保留。"
    en: ClassVar[str] = "{self.available} can be taken away; {self.held} are held for customers."
