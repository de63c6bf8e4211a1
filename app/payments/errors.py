"""How gateways fail, and what the ledger does not take."""

from dataclasses import dataclass

from app.kit.errors import Refusal
from app.payments.enums import PaymentState


class GatewayUnavailable(Exception):  # noqa: N818 - names say what happened
    """No answer, an answer that cannot be trusted, or "later": whether it happened is open.

    Try again with the same numbers; a new number could move the money twice.
    """


class GatewayRefused(Exception):  # noqa: N818 - as above
    """The gateway said no, and will again: `code` is its own word for it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the gateway refused: {code}")
        self.code = code


class AlreadyPaid(GatewayRefused):
    """The order was paid: it can neither be closed nor paid again."""


class OrderClosed(GatewayRefused):
    """The order was closed: it can never be paid again under this number."""


class NumberUsed(GatewayRefused):
    """The number stands for an order or a refund with other facts."""


class NotEnough(GatewayRefused):
    """The shop's account does not hold enough for this refund now; later it may."""


class BillNotReady(GatewayRefused):
    """The bill of that day is not made yet."""


class PaymentOver(Exception):  # noqa: N818 - as above
    """Nothing can be paid any more: it was paid, closed, or its time is over. `state` OPEN means the latter."""

    def __init__(self, state: PaymentState) -> None:
        super().__init__(f"the payment is over: {state}")
        self.state = state


class NoPayer(Exception):  # noqa: N818 - as above
    """The customer has no openid any more: she closed her account."""


class PaymentUnknown(LookupError):  # noqa: N818 - as above
    """There is no payment with this key."""


class RefundTooLarge(ValueError):  # noqa: N818 - as above
    """More is to go back than was paid and not granted yet."""


class RefundTooMany(ValueError):  # noqa: N818 - as above
    """WeChat takes at most 50 refunds of one payment."""


class RefundKeyReused(ValueError):  # noqa: N818 - as above
    """The key was granted with another amount before."""


@dataclass(frozen=True, slots=True)
class RefundNotFailed(Refusal):
    """The refund is done, on its way, or not there: there is nothing to try again."""

    zh = "这笔退款不在待处理之列。"
    en = "This refund does not wait for anybody."
