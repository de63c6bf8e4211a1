"""Reads the trade bill: CSV with a backtick before each value, money in yuan."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from app.kit import clock
from app.payments.gateway import Bill, BillRefund, Charge, RefundStatus
from app.payments.wechat_pay.errors import Untrusted

SUMMARY = "总交易单数"
MARK = "`"
_TIME = "%Y-%m-%d %H:%M:%S"
_REFUNDED = "REFUND"
_STATUS = {"SUCCESS": RefundStatus.SUCCESS, "FAIL": RefundStatus.CLOSED, "CHANGE": RefundStatus.ABNORMAL}


def parse(content: bytes, *, mchid: str) -> Bill:
    """The charges and refunds of a bill of the type ALL, and nothing personal that stands beside them.

    Raises:
        Untrusted: another form, another merchant, or sums at its end that are not those of its rows.
    """
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    ends = [place for place, line in enumerate(lines) if line and line[0] == SUMMARY]
    if not lines or len(ends) != 1 or ends[0] + 1 >= len(lines):
        raise Untrusted("a bill without its sums")
    names = lines[0]
    rows = [dict(zip(names, map(_bare, line), strict=True)) for line in lines[1 : ends[0]] if line]
    if any(row.get("商户号") != mchid for row in rows):
        raise Untrusted("a bill of another merchant")
    charges = tuple(_charge(row) for row in rows if row["交易状态"] != _REFUNDED)
    refunds = tuple(_refund(row) for row in rows if row["交易状态"] == _REFUNDED)
    sums = dict(zip(lines[ends[0]], map(_bare, lines[ends[0] + 1]), strict=True))
    told = (int(sums[SUMMARY]), fen(sums["订单总金额"]), fen(sums["申请退款总金额"]))
    counted = (len(rows), sum(each.amount_fen for each in charges), sum(each.amount_fen for each in refunds))
    if told != counted:
        raise Untrusted("a bill whose sums are not those of its rows")
    return Bill(charges, refunds)


def fen(yuan: str) -> int:
    """An amount of a bill in fen, exactly: 19.9 is 1990.

    Raises:
        Untrusted: no amount, or parts of a fen.
    """
    try:
        amount = Decimal(yuan).scaleb(2)
        whole = int(amount)
    except (InvalidOperation, ValueError, OverflowError):
        raise Untrusted("a bill with an amount that is none") from None
    if whole != amount:
        raise Untrusted("a bill with parts of a fen")
    return whole


def _bare(value: str) -> str:
    return value.removeprefix(MARK)


def _charge(row: Mapping[str, str]) -> Charge:
    paid_at = datetime.strptime(row["交易时间"], _TIME).replace(tzinfo=clock.SHANGHAI)
    return Charge(row["商户订单号"], row["微信订单号"], fen(row["订单金额"]), paid_at)


def _refund(row: Mapping[str, str]) -> BillRefund:
    status = _STATUS.get(row["退款状态"], RefundStatus.PROCESSING)
    return BillRefund(row["商户订单号"], row["商户退款单号"], fen(row["申请退款金额"]), status)
