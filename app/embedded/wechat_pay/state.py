"""What the stand-in knows: orders, charges and refunds of one merchant, and how it was told to misbehave."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.embedded.wechat_pay.keys import Keys

SHANGHAI = ZoneInfo("Asia/Shanghai")
PREPAY_SECONDS = 7200
RETRIES = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600)
"""Seconds between notifications that were not taken (WeChat Pay, payment notification)."""


@dataclass(slots=True)
class Order:
    """What a merchant asked for; `facts` are compared when it asks again."""

    facts: dict[str, Any]
    prepay_id: str
    prepaid_at: float
    created_at: float
    state: str = "NOTPAY"
    charges: list["Charge"] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The merchant's."""
        return str(self.facts["out_trade_no"])

    @property
    def total(self) -> int:
        """In fen."""
        return int(self.facts["amount"]["total"])


@dataclass(slots=True)
class Charge:
    """Money of a customer."""

    order: Order
    transaction_id: str
    paid_at: float
    refunds: list["Refund"] = field(default_factory=list)


@dataclass(slots=True)
class Refund:
    """Money on its way back."""

    charge: Charge
    facts: dict[str, Any]
    refund_id: str
    created_at: float
    status: str = "PROCESSING"
    finished_at: float | None = None

    @property
    def number(self) -> str:
        """The merchant's."""
        return str(self.facts["out_refund_no"])

    @property
    def amount(self) -> int:
        """In fen."""
        return int(self.facts["amount"]["refund"])


@dataclass(slots=True)
class Message:
    """A notification on its way."""

    url: str
    event: str
    plain: dict[str, Any]
    due_at: float
    id: str
    tries: int = 0


@dataclass(slots=True)
class Switches:
    """How it misbehaves, until told otherwise. All counts are of notifications, all times in seconds."""

    lose: int = 0  # so many are never sent
    repeat: int = 1  # each is sent so often
    delay: float = 0  # each is sent so late
    reorder: bool = False  # of those that are due the last goes first
    spoil: str = ""  # signature, probe, serial, late, key, amount, mchid or appid: what is wrong with each
    pay_after_close: bool = False
    pay_twice: bool = False
    refund_ends: str = "SUCCESS"  # SUCCESS, ABNORMAL or CLOSED, as soon as it is accepted; "" stays PROCESSING
    refund_spacing: float = 0  # between the refunds of a charge; WeChat Pay has 60


@dataclass(slots=True)
class State:
    """`faults` holds, by call, what is wrong with the next answers.

    An error code, "signature", "serial", "late", "html", "slow", or "lost": it was done, and nobody hears of it.
    """

    keys: Keys
    appid: str
    switches: Switches = field(default_factory=Switches)
    orders: dict[str, Order] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    outbox: list[Message] = field(default_factory=list)
    sent: list[tuple[dict[str, str], bytes, int]] = field(default_factory=list)  # headers, body, status answered
    nonces: set[str] = field(default_factory=set)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    numbers: int = 0

    def number(self, now: float) -> str:
        """A number of WeChat's own, 28 digits."""
        self.numbers += 1
        return f"42{moment(now):%Y%m%d%H%M%S}{self.numbers:012}"

    def charge(self, transaction_id: str) -> Charge | None:
        """The charge with WeChat's number."""
        every = (charge for order in self.orders.values() for charge in order.charges)
        return next((charge for charge in every if charge.transaction_id == transaction_id), None)

    def prepaid(self, prepay_id: str) -> Order | None:
        """The order a phone was sent to pay."""
        return next((order for order in self.orders.values() if order.prepay_id == prepay_id), None)


def moment(seconds: float) -> datetime:
    """In the shop's wall time."""
    return datetime.fromtimestamp(seconds, SHANGHAI)


def told(seconds: float) -> str:
    """As WeChat writes times."""
    return moment(seconds).isoformat(timespec="seconds")
