"""The trade bill of a day: CSV in yuan, with sums at its end."""

from datetime import date

from app.embedded.wechat_pay.state import Charge, Refund, State, moment

NAMES = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
SUMS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"


def written(state: State, day: date) -> bytes | None:
    """The bill; None when nothing happened."""
    every = [charge for order in state.orders.values() for charge in order.charges]
    charges = [each for each in every if moment(each.paid_at).date() == day]
    refunds = [each for each in state.refunds.values() if moment(each.created_at).date() == day]
    if not charges and not refunds:
        return None
    lines = [_charge(state, each) for each in charges] + [_refund(state, each) for each in refunds]
    paid, back = sum(each.order.total for each in charges), sum(each.amount for each in refunds)
    sums = (str(len(lines)), yuan(paid), yuan(back), "0.00", "0.00", yuan(paid), yuan(back))
    rows = [NAMES, *(_marked(line) for line in lines), SUMS, _marked(sums)]
    return "\r\n".join(rows).encode("utf-8-sig") + b"\r\n"


def yuan(fen: int) -> str:
    """As bills write it."""
    return f"{fen // 100}.{fen % 100:02}"


def _marked(values: tuple[str, ...]) -> str:
    return ",".join(f"`{each}" for each in values)


def _charge(state: State, charge: Charge) -> tuple[str, ...]:
    total = yuan(charge.order.total)
    none = ("0", "0", "0.00", "0.00", "", "")
    return (*_head(state, charge, charge.paid_at, "SUCCESS"), total, "0.00", *none, *_tail(charge, total, "0.00"))


def _refund(state: State, refund: Refund) -> tuple[str, ...]:
    back = yuan(refund.amount)
    status = {"ABNORMAL": "CHANGE", "CLOSED": "FAIL"}.get(refund.status, refund.status)
    middle = (refund.refund_id, refund.number, back, "0.00", "ORIGINAL", status)
    head = _head(state, refund.charge, refund.created_at, "REFUND")
    return (*head, "0.00", "0.00", *middle, *_tail(refund.charge, "0.00", back))


def _head(state: State, charge: Charge, at: float, status: str) -> tuple[str, ...]:
    order = charge.order
    openid = str(order.facts["payer"]["openid"])
    when = f"{moment(at):%Y-%m-%d %H:%M:%S}"
    numbers = (charge.transaction_id, order.number, openid)
    return (when, state.appid, state.keys.mchid, "0", "", *numbers, "JSAPI", status, "OTHERS", "CNY")


def _tail(charge: Charge, total: str, back: str) -> tuple[str, ...]:
    return (str(charge.order.facts["description"]), "", "0.00000", "0.60%", total, back, "")
