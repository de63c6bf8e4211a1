"""Refunds: asked for, asked about, and what becomes of them."""

from typing import Any

from app.embedded.wechat_pay import notifications
from app.embedded.wechat_pay.orders import Refused
from app.embedded.wechat_pay.state import Charge, Refund, State, told

YEAR = 365 * 86400
MOST = 50


def create(state: State, asked: dict[str, Any], now: float) -> Refund:
    """POST /v3/refund/domestic/refunds: the same number is the same refund."""
    amount, number = asked.get("amount"), asked.get("out_refund_no")
    if not isinstance(amount, dict) or not isinstance(number, str) or not 0 < len(number) <= 64:  # noqa: PLR2004 - the documented length
        raise Refused(400, "PARAM_ERROR", "参数错误")
    known = state.refunds.get(number)
    if known is not None:
        if known.facts != asked:
            raise Refused(400, "INVALID_REQUEST", "订单号重复，参数不一致")
        return known
    charge = _charge(state, asked)
    _check(state, charge, amount, now)
    refund = Refund(charge, asked, state.number(now), now)
    charge.refunds.append(refund)
    charge.order.state = "REFUND"
    state.refunds[number] = refund
    if state.switches.refund_ends:
        settle(state, refund, state.switches.refund_ends, now)
    return refund


def settle(state: State, refund: Refund, status: str, now: float) -> None:
    """The end of a refund, and its notification."""
    refund.status = status
    refund.finished_at = now if status == "SUCCESS" else None
    if url := refund.facts.get("notify_url"):
        plain = described(refund)
        plain["refund_status"] = plain.pop("status")
        notifications.put(state, url, f"REFUND.{status}", plain | {"mchid": state.keys.mchid}, now)


def described(refund: Refund) -> dict[str, Any]:
    """A refund as queries tell it."""
    order, total = refund.charge.order, refund.charge.order.total
    said = {
        "refund_id": refund.refund_id,
        "out_refund_no": refund.number,
        "transaction_id": refund.charge.transaction_id,
        "out_trade_no": order.number,
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": told(refund.created_at),
        "status": refund.status,
        "amount": {
            "total": total,
            "refund": refund.amount,
            "payer_total": total,
            "payer_refund": refund.amount,
            "currency": "CNY",
        },
    }
    return said if refund.finished_at is None else said | {"success_time": told(refund.finished_at)}


def _charge(state: State, asked: dict[str, Any]) -> Charge:
    charge = state.charge(str(asked.get("transaction_id")))
    order = state.orders.get(str(asked.get("out_trade_no")))
    found = charge or next(iter(order.charges if order else ()), None)
    if found is None:
        raise Refused(404, "RESOURCE_NOT_EXISTS", "订单不存在")
    return found


def _check(state: State, charge: Charge, amount: dict[str, Any], now: float) -> None:
    wanted = amount.get("refund")
    going = [each for each in charge.refunds if each.status != "CLOSED"]
    back = sum(each.amount for each in going)
    if type(wanted) is not int or wanted < 1 or amount.get("total") != charge.order.total:
        raise Refused(400, "PARAM_ERROR", "参数错误")
    if back + wanted > charge.order.total or len(charge.refunds) >= MOST or now - charge.paid_at > YEAR:
        raise Refused(400, "INVALID_REQUEST", "退款金额或次数超限")
    if any(now - each.created_at < state.switches.refund_spacing for each in charge.refunds):
        raise Refused(429, "FREQUENCY_LIMITED", "同一笔订单退款过于频繁")
