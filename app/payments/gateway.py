"""What the shop asks of whoever moves its money, and the values that go to and fro. All money is integer fen.

Orders and the ledger know this protocol only; `app.payments.wechat_pay` is the gateway of today.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class TradeState(StrEnum):
    """What the gateway says of an order (WeChat Pay APIv3, query order)."""

    NOTPAY = "NOTPAY"
    USERPAYING = "USERPAYING"
    SUCCESS = "SUCCESS"
    REFUND = "REFUND"
    CLOSED = "CLOSED"
    REVOKED = "REVOKED"
    PAYERROR = "PAYERROR"


class RefundStatus(StrEnum):
    """What the gateway says of a refund (WeChat Pay APIv3, query refund)."""

    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    ABNORMAL = "ABNORMAL"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What the gateway is to ask its customer for, until `expires_at`; the openid is held for this call only."""

    out_trade_no: str
    description: str
    amount_fen: int
    expires_at: datetime
    openid: str


@dataclass(frozen=True, slots=True)
class PayParameters:
    """What `wx.requestPayment` takes, in its order; good for two hours from the making of the order."""

    app_id: str
    time_stamp: str
    nonce_str: str
    package: str
    sign_type: str
    pay_sign: str


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that arrived. `amount_fen` is the order's total, whatever coupons of WeChat's own paid of it."""

    out_trade_no: str
    transaction_id: str
    amount_fen: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Trade:
    """An order as the gateway has it; `charge` is there once it was paid, also when it was refunded since."""

    state: TradeState
    charge: Charge | None


@dataclass(frozen=True, slots=True)
class NewRefund:
    """Part of a charge to give back. The same `out_refund_no` asks for the same refund, however often."""

    out_refund_no: str
    transaction_id: str
    amount_fen: int
    total_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefundReport:
    """A refund as the gateway has it; `finished_at` is there with SUCCESS."""

    out_refund_no: str
    out_trade_no: str
    status: RefundStatus
    amount_fen: int
    accepted_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BillRefund:
    """A refund of a bill."""

    out_trade_no: str
    out_refund_no: str
    amount_fen: int
    status: RefundStatus


@dataclass(frozen=True, slots=True)
class Bill:
    """What the gateway says happened on a business day."""

    charges: tuple[Charge, ...] = ()
    refunds: tuple[BillRefund, ...] = ()


class Gateway(Protocol):
    """Moves money. Every call may raise GatewayUnavailable (try again, with the same numbers) or GatewayRefused.

    All of it happens outside transactions.
    """

    async def create(self, order: NewOrder) -> str:
        """The prepay id of the order, made or found: the same number with the same facts is the same order.

        Raises:
            AlreadyPaid, OrderClosed: too late.
            NumberUsed: the number has other facts.
        """

    def parameters(self, prepay_id: str) -> PayParameters:
        """What the customer's phone pays with, signed now."""

    async def query(self, out_trade_no: str) -> Trade | None:
        """The order as the gateway has it; None when it never heard of it."""

    async def close(self, out_trade_no: str) -> None:
        """Makes an order unpayable; repeated, nothing happens. An order the gateway never heard of is fine too.

        Raises:
            AlreadyPaid: the customer was faster.
        """

    async def refund(self, refund: NewRefund) -> RefundReport:
        """Asks for a refund: accepted, not done, unless the report says so.

        Raises:
            NotEnough: the shop's account does not hold enough today.
        """

    async def query_refund(self, out_refund_no: str) -> RefundReport | None:
        """The refund as the gateway has it; None when it never heard of it."""

    async def bill(self, day: date) -> Bill:
        """What happened on a business day; there from 10:00 of the next one on.

        Raises:
            BillNotReady: the bill is not made yet.
        """
