"""Table of holds."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.holds.enums import HoldOutcome
from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare


class Hold(Model):
    """Stock, a slot's place and a coupon kept together for one customer while she checks out.

    Its lines are rows of the domains whose things they hold (StockHold, SlotHold, CouponHold), each with an end of its
    own; this row only says who holds them, since when, and how that ended.
    """

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    customer_id: int
    address_index = fields.BinaryField()  # of the network address it came from, blind
    started_at: datetime = fields.DatetimeField()
    expires_at: datetime = fields.DatetimeField()
    extended_at: datetime | None = fields.DatetimeField(null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)
    outcome = choice(HoldOutcome, null=True)

    class Meta:
        """One open hold per customer: a new checkout lets the old one go. Extended once at most."""

        table = "hold"
        indexes = (
            Index(fields=("customer_id", "started_at"), name="hold_by_customer"),
            Index(fields=("address_index", "started_at"), name="hold_by_address"),
        )
        constraints = (
            known("hold", "outcome", HoldOutcome),
            unique("hold", "customer_id", where="ended_at IS NULL"),
            check("hold", "ended_has_outcome", "(ended_at IS NULL) = (outcome IS NULL)"),
            check("hold", "expires_later", "expires_at > started_at AND extended_at >= started_at"),
            check("hold", "address_length", "octet_length(address_index) = 32"),
        )


declare(
    Hold,
    plain=("id", "started_at", "expires_at", "extended_at", "ended_at", "outcome"),
    customer_id=("checkout", "3 years (E-Commerce Law, article 31)", Mask.HIDDEN, Erase.KEEP),
    address_index=("limit on what one address holds", "1 day", Mask.HIDDEN, Erase.KEEP),
)
