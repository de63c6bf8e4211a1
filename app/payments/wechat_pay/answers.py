"""Reads WeChat Pay's JSON. What is said must be about this merchant, or nothing of it counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.payments.gateway import Charge, RefundReport, RefundStatus, Trade, TradeState
from app.payments.wechat_pay.errors import Untrusted
from app.payments.wechat_pay.keys import Merchant

CURRENCY = "CNY"
_MONEY_CAME = frozenset({TradeState.SUCCESS, TradeState.REFUND})


def trade(merchant: Merchant, said: Mapping[str, Any]) -> Trade:
    """An order as queried or notified.

    Raises:
        Untrusted: of another merchant or mini-program, in another currency, or not as documented.
    """
    if said.get("mchid") != merchant.mchid or said.get("appid") != merchant.appid:
        raise Untrusted("about another merchant or mini-program")
    try:
        state = TradeState(_text(said, "trade_state"))
    except ValueError:
        raise Untrusted("a trade in an unknown state") from None
    if state not in _MONEY_CAME:
        return Trade(state, None)
    amount = said.get("amount")
    if not isinstance(amount, Mapping) or amount.get("currency", CURRENCY) != CURRENCY:
        raise Untrusted("no amount in yuan")
    return Trade(
        state,
        Charge(
            _text(said, "out_trade_no"),
            _text(said, "transaction_id"),
            _fen(amount, "total"),
            moment(said.get("success_time")),
        ),
    )


def refund(said: Mapping[str, Any], *, status: str = "status") -> RefundReport:
    """A refund as asked for, queried or notified; a notification calls its status `refund_status`.

    Raises:
        Untrusted: not as documented.
    """
    amount = said.get("amount")
    if not isinstance(amount, Mapping):
        raise Untrusted("a refund without amount")
    try:
        found = RefundStatus(_text(said, status))
    except ValueError:
        raise Untrusted("a refund in an unknown state") from None
    return RefundReport(
        out_refund_no=_text(said, "out_refund_no"),
        out_trade_no=_text(said, "out_trade_no"),
        status=found,
        amount_fen=_fen(amount, "refund"),
        accepted_at=moment(said["create_time"]) if said.get("create_time") else None,
        finished_at=moment(said["success_time"]) if said.get("success_time") else None,
    )


def moment(text: object) -> datetime:
    """A time as WeChat writes it (RFC 3339).

    Raises:
        Untrusted: it is none.
    """
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Untrusted("a time that is none")
    return found


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found:
        raise Untrusted(f"no {name}")
    return found


def _fen(amount: Mapping[str, Any], name: str) -> int:
    found = amount.get(name)
    if type(found) is not int or found < 1:
        raise Untrusted(f"no {name}")
    return found
