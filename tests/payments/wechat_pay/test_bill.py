"""The bill is read exactly, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.embedded.wechat_pay import bills
from app.payments.wechat_pay import bill
from app.payments.wechat_pay.errors import Untrusted

HEAD = bills.NAMES
SUMS = bills.SUMS


def row(**values: str) -> str:
    """A charge of 12.34 yuan, but for some values."""
    given = dict.fromkeys(HEAD.split(","), "") | {
        "交易时间": "2026-11-20 10:00:00",
        "商户号": "1",
        "微信订单号": "T1",
        "商户订单号": "P1",
        "交易状态": "SUCCESS",
        "订单金额": "12.34",
        "申请退款金额": "0.00",
    }
    return ",".join(f"`{value}" for value in (given | values).values())


def written(*rows: str, count: str = "1", paid: str = "12.34", back: str = "0.00") -> bytes:
    """A bill."""
    return "\r\n".join([HEAD, *rows, SUMS, f"`{count},`0,`0,`0,`0,`{paid},`{back}"]).encode()


def test_a_bill_is_read() -> None:
    """With and without a mark of the byte order; a description may hold what it likes."""
    content = written(row(商品名称='"五常大米, 5kg"'.strip('"').replace(", ", "，")))
    found = bill.parse(content, mchid="1")
    assert [(each.transaction_id, each.amount_fen) for each in found.charges] == [("T1", 1234)]
    assert bill.parse("﻿".encode() + content, mchid="1") == found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEAD.encode(),
        written(row(), count="2"),
        written(row(), paid="12.35"),
        written(row(), back="0.01"),
        written(row(商户号="2")),
        written(row(订单金额="12.345"), paid="12.345"),
        written(row(订单金额="NaN"), paid="NaN"),
        written(row(订单金额="x"), paid="x"),
        f"{HEAD}\r\n{row()}".encode(),
    ],
)
def test_a_bill_that_is_not_whole_is_none(content: bytes) -> None:
    """Sums that are not those of its rows, another merchant, parts of a fen, no end."""
    with pytest.raises(Untrusted):
        bill.parse(content, mchid="1")


@given(st.integers(0, 10**12))
def test_yuan_and_fen_are_the_same_money(fen: int) -> None:
    """Exactly, however much."""
    assert bill.fen(bills.yuan(fen)) == fen
    assert bill.fen(str(fen)) == fen * 100
