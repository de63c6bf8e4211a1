"""What checking out, placing, paying and cancelling are refused for."""

from dataclasses import dataclass
from datetime import datetime

from app.inventory.rules import Shortage
from app.kit.errors import Refusal
from app.orders.enums import OrderStatus


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
class OrderNotMovable(Refusal):
    """The order is not where this step begins."""

    status: OrderStatus

    zh = "订单当前状态不能进行此操作。"
    en = "The order is in another state: this cannot be done to it."
