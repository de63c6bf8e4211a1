"""What checking out, placing, paying and cancelling are refused for."""

from dataclasses import dataclass
from datetime import date, datetime

from app.inventory.rules import Shortage
from app.kit.errors import Refusal
from app.orders.enums import OrderStatus, SubstitutionState


@dataclass(frozen=True, slots=True)
class InsufficientStock(Refusal):
    """Some lines cannot be had at this point for this day; nothing is held of the others either."""

    lines: tuple[Shortage, ...]

    zh = "有商品在所选自提点和日期库存不足。"
    en = "Some of it cannot be had at this pickup point on this day."


@dataclass(frozen=True, slots=True)
class QuoteInvalid(Refusal):
    """The quote is none of this customer's, or not as the shop signed it."""

    zh = "报价无效，请重新结算。"
    en = "This is no valid quote: check out once more."


@dataclass(frozen=True, slots=True)
class QuoteChanged(Refusal):
    """The quote's time is over and what it offered costs something else now. Check out once more to see all of it."""

    quoted_fen: int
    total_fen: int

    zh = "报价已过期，价格或优惠已变化，请重新确认。"
    en = "The quote is over, and the price is another one now: check out once more."


@dataclass(frozen=True, slots=True)
class ReturnExceptionUnconfirmed(Refusal):
    """Goods that cannot be returned without a reason need the buyer's confirmation (Consumer Rights Law, art. 25)."""

    zh = "订单含不支持七日无理由退货的商品，请先单独确认。"
    en = "Some goods cannot be returned without a reason: let the customer confirm that by itself first."


@dataclass(frozen=True, slots=True)
class OrderNotFound(Refusal):
    """There is no such order that this caller may change."""

    zh = "没有这个订单。"
    en = "There is no such order."


@dataclass(frozen=True, slots=True)
class OrderNotPayable(Refusal):
    """The order is paid already, or its time to pay is over."""

    status: OrderStatus

    zh = "订单已支付或已关闭，不能支付。"
    en = "The order is paid or closed: there is nothing to pay."


@dataclass(frozen=True, slots=True)
class PaymentUnavailable(Refusal):
    """The payment service does not answer just now; nothing has changed, so try again."""

    zh = "支付服务暂时不可用，请稍后重试。"
    en = "The payment service does not answer just now: try again."


@dataclass(frozen=True, slots=True)
class CancelTooLate(Refusal):
    """The customer may cancel until the slot's cut-off; after that the shop is packing."""

    until: datetime

    zh = "已过截单时间，商品正在备货，不能自行取消。"
    en = "The cut-off has passed and the order is being packed: it cannot be cancelled any more."


@dataclass(frozen=True, slots=True)
class LineUnitsExceeded(Refusal):
    """More units than the line has left, or may be decided about now."""

    left: int

    zh = "该商品只剩 {self.left} 件可操作。"
    en = "The line has {self.left} units left to do this with."


@dataclass(frozen=True, slots=True)
class NotSoldByWeight(Refusal):
    """The line is paid by the piece: nothing is weighed."""

    zh = "该商品按件销售，无需称重。"
    en = "This line is sold by the piece: there is nothing to weigh."


@dataclass(frozen=True, slots=True)
class LinesNotReady(Refusal):
    """Some lines are still to be weighed, or wait for the customer's answer."""

    line_ids: tuple[int, ...]

    zh = "还有商品未称重或在等顾客答复替换。"
    en = "Some lines are still to be weighed, or wait for the customer's answer."


@dataclass(frozen=True, slots=True)
class SubstituteNotPossible(Refusal):
    """The substitute is what it stands for, is not on sale, is weighed when packed, or another offer is open."""

    zh = "该商品不能作为替换品。"
    en = "This cannot be offered instead."


@dataclass(frozen=True, slots=True)
class SubstituteDearer(Refusal):
    """A substitute costs no more than what it stands for."""

    most_fen: int

    zh = "替换品价格不能高于原商品。"
    en = "A substitute may cost no more than what it stands for."


@dataclass(frozen=True, slots=True)
class SubstitutionNotFound(Refusal):
    """No such substitute was offered to this customer."""

    zh = "没有这个替换建议。"
    en = "No such substitute was offered."


@dataclass(frozen=True, slots=True)
class SubstitutionOver(Refusal):
    """It was answered otherwise, or the time to answer is over."""

    state: SubstitutionState

    zh = "该替换建议已处理或已超时。"
    en = "This offer was answered before, or its time is over."


@dataclass(frozen=True, slots=True)
class PickupCodeUnknown(Refusal):
    """No order waits at this point under this code: never, not any more, or at another point."""

    zh = "取货码无效，请核对。"
    en = "No order waits here under this code."


@dataclass(frozen=True, slots=True)
class PickupDayOver(Refusal):
    """The order was to be collected on an earlier day: staff decide what becomes of it."""

    zh = "取货日已过，请联系店长处理。"
    en = "The day of pickup is over: the shop decides what becomes of the order."


@dataclass(frozen=True, slots=True)
class HandOverLocked(Refusal):
    """Too many wrong codes by this clerk at this point."""

    until: datetime

    zh = "取货码错误次数过多，请稍后再试。"
    en = "Too many wrong codes: wait a while."


@dataclass(frozen=True, slots=True)
class OrderNotMovable(Refusal):
    """The order is not where this step begins."""

    status: OrderStatus

    zh = "订单当前状态不能进行此操作。"
    en = "The order is in another state: this cannot be done to it."


@dataclass(frozen=True, slots=True)
class SlotChangeTooLate(Refusal):
    """The customer may change the slot until the cut-off of the one she has; after that the shop is packing."""

    until: datetime

    zh = "已过原自提时段的截单时间，不能再更改。"
    en = "The cut-off of the slot you have has passed: it cannot be changed any more."


@dataclass(frozen=True, slots=True)
class LotsTooOld(Refusal):
    """What was bought would not keep the promised days beyond the new day; `possible_on` is the last day it does."""

    line_ids: tuple[int, ...]
    possible_on: date

    zh = "有商品在该日期将达不到承诺的保质天数，最晚可选 {self.possible_on}。"
    en = "Some of it would not keep as long as promised on that day: {self.possible_on} is the last that works."


@dataclass(frozen=True, slots=True)
class RefundsExhausted(Refusal):
    """WeChat takes 50 refunds of a payment, and no more small ones are begun: those that are left end the order."""

    zh = "该订单退款次数已接近或达到微信上限（50次），不能再单独退款。"
    en = "WeChat takes no more refunds of this payment one by one."
