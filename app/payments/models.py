"""Tables of money: payments, their ledger, and what was granted to go back."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare
from app.payments import rules
from app.payments.enums import EventKind, EventOutcome, EventSource, PaymentState, RefundState

_REFUND_KNOWN_ONCE = "kind = 'REFUND' AND outcome IN ('REQUEST', 'SUCCESS')"
_FAILURE_KNOWN_ONCE = "kind = 'REFUND' AND outcome = 'FAILURE'"


class Payment(Model):
    """Money a customer is asked for: its own number at WeChat, one end, and counters of the ledger below it."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    customer_id: int
    out_trade_no = fields.CharField(max_length=32, unique=True)  # what WeChat knows it by; made from the id
    amount_fen = fields.BigIntField()
    description = fields.CharField(max_length=120)
    expires_at: datetime = fields.DatetimeField()  # WeChat takes no money after it (time_expire)
    asked_at: datetime | None = fields.DatetimeField(null=True)  # from then on WeChat may know of it
    prepay_id = fields.CharField(max_length=64, null=True)
    prepay_until: datetime | None = fields.DatetimeField(null=True)
    closing_at: datetime | None = fields.DatetimeField(null=True)  # from then on nobody makes it payable again
    closed_at: datetime | None = fields.DatetimeField(null=True)
    paid_at: datetime | None = fields.DatetimeField(null=True)
    transaction_id = fields.CharField(max_length=32, null=True)  # the charge that pays it
    handed_over_at: datetime | None = fields.DatetimeField(null=True)  # the customer has what she paid for
    shipped_at: datetime | None = fields.DatetimeField(null=True)  # and WeChat knows (发货信息)
    paid_fen = fields.BigIntField(db_default=0)  # all that arrived, also what has to go back
    refund_granted_fen = fields.BigIntField(db_default=0)
    refunded_fen = fields.BigIntField(db_default=0)
    created_at: datetime = fields.DatetimeField()

    class Meta:
        """Nothing goes back that did not come, and nothing twice."""

        table = "payment"
        indexes = (
            Index(fields=("customer_id", "id"), name="payment_by_customer"),
            Index(fields=("expires_at",), name="payment_by_end"),
            Index(fields=("handed_over_at",), name="payment_by_hand_over"),
        )
        constraints = (
            unique("payment", "transaction_id"),
            check("payment", "number_form", "out_trade_no ~ '^YG[0-9]{20}$'"),
            check("payment", "amount_positive", "amount_fen > 0"),
            check("payment", "ends_later", "expires_at > created_at"),
            check(
                "payment",
                "balance",
                "0 <= refunded_fen AND refunded_fen <= refund_granted_fen AND refund_granted_fen <= paid_fen",
            ),
            check("payment", "prepay_pair", "(prepay_id IS NULL) = (prepay_until IS NULL)"),
            check("payment", "paid_pair", "(paid_at IS NULL) = (transaction_id IS NULL)"),
            check("payment", "paid_in_full", "paid_at IS NULL OR paid_fen >= amount_fen"),
            check("payment", "closed_was_closing", "closed_at IS NULL OR closing_at IS NOT NULL"),
            check("payment", "handed_over_was_paid", "handed_over_at IS NULL OR paid_at IS NOT NULL"),
            check("payment", "shipped_was_handed_over", "shipped_at IS NULL OR handed_over_at IS NOT NULL"),
            check("payment", "paid_or_closed", "paid_at IS NULL OR closed_at IS NULL"),
        )

    @property
    def state(self) -> PaymentState:
        """Where it stands."""
        if self.paid_at is not None:
            return PaymentState.PAID
        return PaymentState.OPEN if self.closed_at is None else PaymentState.CLOSED


class GrantedRefund(Model):
    """What is to go back, and why; the money itself moves by entries of the ledger."""

    id = fields.BigIntField(primary_key=True)
    payment = ref("Payment")
    payment_id: int
    key = fields.CharField(max_length=64)  # what it is granted for: granted once
    ordinal = fields.SmallIntField()  # of the payment, from 1
    transaction_id = fields.CharField(max_length=32)  # the charge it goes back from
    amount_fen = fields.BigIntField()
    reason = fields.CharField(max_length=80)
    out_refund_no = fields.CharField(max_length=40, unique=True)  # the first attempt's; `number` is the current one's
    attempt = fields.SmallIntField(db_default=1)
    tries = fields.IntField(db_default=0)  # how often WeChat was asked
    next_try_at: datetime | None = fields.DatetimeField(null=True)
    accepted_at: datetime | None = fields.DatetimeField(null=True)  # WeChat has it, by WeChat's clock
    succeeded_at: datetime | None = fields.DatetimeField(null=True)
    failure = fields.CharField(max_length=40, null=True)  # why staff must look at it
    created_at: datetime = fields.DatetimeField()

    class Meta:
        """WeChat takes 50 refunds of a payment; each is waited for until it is done or needs somebody."""

        table = "granted_refund"
        indexes = (
            Index(fields=("next_try_at",), name="granted_refund_by_next_try"),
            Index(fields=("accepted_at",), name="granted_refund_by_day"),
        )
        constraints = (
            unique("granted_refund", "payment_id", "key"),
            unique("granted_refund", "payment_id", "ordinal"),
            check("granted_refund", "amount_positive", "amount_fen > 0"),
            check("granted_refund", "ordinal_range", f"ordinal BETWEEN 1 AND {rules.MOST_REFUNDS}"),
            check("granted_refund", "attempt_range", f"attempt BETWEEN 1 AND {rules.MOST_ATTEMPTS}"),
            check("granted_refund", "done_or_failed", "succeeded_at IS NULL OR failure IS NULL"),
            check(
                "granted_refund",
                "waits_or_is_over",
                "(next_try_at IS NULL) = (succeeded_at IS NOT NULL OR failure IS NOT NULL)",
            ),
        )

    @property
    def number(self) -> str:
        """What WeChat knows the current attempt by."""
        return rules.refund_number(self.out_refund_no, self.attempt)

    @property
    def state(self) -> RefundState:
        """Where it stands."""
        return rules.refund_state(self.accepted_at, self.succeeded_at, self.failure)


class PaymentEvent(Model):
    """An entry of the ledger: what was asked of WeChat and what WeChat said. Append-only.

    Its unique keys make a repeated notification a no-op: a charge arrives once, a refund's number is asked for and
    succeeds once.
    """

    id = fields.BigIntField(primary_key=True)
    payment = ref("Payment")
    payment_id: int
    kind = choice(EventKind)
    outcome = choice(EventOutcome)
    source = choice(EventSource)
    amount_fen = fields.BigIntField()
    transaction_id = fields.CharField(max_length=32, null=True)
    refund = ref("GrantedRefund", null=True)
    refund_id: int | None
    out_refund_no = fields.CharField(max_length=40, null=True)
    code = fields.CharField(max_length=40, null=True)  # the gateway's word for a failure
    happened_at: datetime = fields.DatetimeField()  # by WeChat's clock where WeChat says it
    recorded_at: datetime = fields.DatetimeField()

    class Meta:
        """The application role may not update or delete it."""

        table = "payment_event"
        indexes = (
            Index(fields=("payment_id", "id"), name="payment_event_by_payment"),
            Index(fields=("happened_at",), name="payment_event_by_time"),
        )
        constraints = (
            known("payment_event", "kind", EventKind),
            known("payment_event", "outcome", EventOutcome),
            known("payment_event", "source", EventSource),
            unique("payment_event", "transaction_id", where="kind = 'CHARGE' AND outcome = 'SUCCESS'"),
            unique("payment_event", "payment_id", where="kind = 'CLOSE' AND outcome = 'SUCCESS'"),
            unique("payment_event", "out_refund_no", "outcome", where=_REFUND_KNOWN_ONCE),
            unique("payment_event", "out_refund_no", "code", where=_FAILURE_KNOWN_ONCE),
            check("payment_event", "amount", "amount_fen >= 0 AND (kind = 'CLOSE') = (amount_fen = 0)"),
            check(
                "payment_event",
                "charge_named",
                "kind <> 'CHARGE' OR outcome <> 'SUCCESS' OR transaction_id IS NOT NULL",
            ),
            check("payment_event", "refund_named", "(kind = 'REFUND') = (out_refund_no IS NOT NULL)"),
            check("payment_event", "refund_granted", "(kind = 'REFUND') = (refund_id IS NOT NULL)"),
            check("payment_event", "failure_told", "(outcome = 'FAILURE') = (code IS NOT NULL)"),
        )


_PLAIN = (
    *("id", "out_trade_no", "amount_fen", "description", "expires_at", "asked_at", "prepay_id", "prepay_until"),
    *("closing_at", "closed_at", "paid_at", "transaction_id", "handed_over_at", "shipped_at"),
    *("paid_fen", "refund_granted_fen", "refunded_fen", "created_at"),
)
declare(
    Payment,
    plain=_PLAIN,
    customer_id=("proof of a payment", "3 years after the order", Mask.HIDDEN, Erase.KEEP),  # 电商法 article 31
)
