"""Orders: made, asked about, closed, and paid by a phone."""

import secrets
from datetime import datetime
from typing import Any

from app.embedded.wechat_pay import notifications, seals
from app.embedded.wechat_pay.state import PREPAY_SECONDS, Charge, Order, State, told

SEVEN_DAYS = 7 * 86400


class Refused(Exception):  # noqa: N818 - names say what happened
    """An error as WeChat Pay tells it."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


def create(state: State, asked: dict[str, Any], now: float) -> dict[str, Any]:
    """POST /v3/pay/transactions/jsapi."""
    _check(state, asked, now)
    number = asked["out_trade_no"]
    order = state.orders.get(number)
    if order is None:
        order = state.orders[number] = Order(asked, _prepay_id(), now, now)
        return {"prepay_id": order.prepay_id}
    if order.facts != asked:
        raise Refused(403, "OUT_TRADE_NO_USED", "商户订单号重复")
    _require_open(order, now)
    if now - order.prepaid_at > PREPAY_SECONDS:
        order.prepay_id, order.prepaid_at = _prepay_id(), now
    return {"prepay_id": order.prepay_id}


def find(state: State, number: str, now: float) -> Order:
    """The order, closed by itself after a week."""
    order = state.orders.get(number)
    if order is None:
        raise Refused(404, "ORDER_NOT_EXIST", "订单不存在")
    if order.state == "NOTPAY" and now - order.created_at > SEVEN_DAYS:
        order.state = "CLOSED"
    return order


def close(state: State, number: str, now: float) -> None:
    """POST .../close: again and again, as long as nobody paid."""
    order = find(state, number, now)
    if order.charges:
        raise Refused(400, "ORDERPAID", "订单已支付")
    order.state = "CLOSED"


def pay(state: State, given: dict[str, str], now: float) -> Charge:
    """What happens when the customer's phone was given these parameters and she typed her password."""
    package = given.get("package", "")
    message = "\n".join((given.get("appId", ""), given.get("timeStamp", ""), given.get("nonceStr", ""), package, ""))
    signed = seals.fits(state.keys.merchant.public_key(), message.encode(), given.get("paySign", ""))
    order = state.prepaid(package.removeprefix("prepay_id="))
    if given.get("signType") != "RSA" or given.get("appId") != state.appid or not signed or order is None:
        raise Refused(400, "requestPayment:fail", "支付验证签名失败")
    if not state.switches.pay_after_close or order.state != "CLOSED":
        _require_open(order, now)
        if now - order.prepaid_at > PREPAY_SECONDS or now >= _ends(order.facts):
            raise Refused(400, "requestPayment:fail", "订单已超过支付时间")
    order.state = "SUCCESS"
    for _ in range(2 if state.switches.pay_twice else 1):
        charge = Charge(order, state.number(now), now)
        order.charges.append(charge)
        plain = described(state, order, charge)
        notifications.put(state, order.facts["notify_url"], "TRANSACTION.SUCCESS", plain, now)
    return order.charges[0]


def described(state: State, order: Order, charge: Charge | None = None) -> dict[str, Any]:
    """An order as queries and notifications tell it."""
    openid, paid = order.facts["payer"]["openid"], charge or next(iter(order.charges), None)
    told_of = {
        "appid": state.appid,
        "mchid": state.keys.mchid,
        "out_trade_no": order.number,
        "trade_state": order.state,
        "trade_state_desc": order.state,
        "payer": {"openid": openid},
    }
    if paid is None:
        return told_of
    amount = {"total": order.total, "payer_total": order.total, "currency": "CNY", "payer_currency": "CNY"}
    return told_of | {
        "transaction_id": paid.transaction_id,
        "trade_type": "JSAPI",
        "bank_type": "OTHERS",
        "success_time": told(paid.paid_at),
        "amount": amount,
    }


def _check(state: State, asked: dict[str, Any], now: float) -> None:
    amount, payer = asked.get("amount"), asked.get("payer")
    if asked.get("appid") != state.appid or asked.get("mchid") != state.keys.mchid:
        raise Refused(400, "APPID_MCHID_NOT_MATCH", "商户号和appid没有绑定关系")
    total = amount.get("total") if isinstance(amount, dict) else None
    url = asked.get("notify_url")
    complete = (
        isinstance(payer, dict) and payer.get("openid") and asked.get("description") and asked.get("out_trade_no")
    )
    if type(total) is not int or total < 1 or not complete or not isinstance(url, str) or "?" in url:
        raise Refused(400, "PARAM_ERROR", "参数错误")
    if _ends(asked) <= now:
        raise Refused(400, "PARAM_ERROR", "time_expire 已过")


def _ends(facts: dict[str, Any]) -> float:
    try:
        return datetime.fromisoformat(facts["time_expire"]).timestamp()
    except (KeyError, ValueError, TypeError):
        raise Refused(400, "PARAM_ERROR", "time_expire 格式错误") from None


def _require_open(order: Order, now: float) -> None:
    if order.charges:
        raise Refused(400, "ORDERPAID", "订单已支付")
    if order.state == "CLOSED" or now - order.created_at > SEVEN_DAYS:
        raise Refused(400, "ORDER_CLOSED", "订单已关闭")


def _prepay_id() -> str:
    return f"wx{secrets.token_hex(17)}"
