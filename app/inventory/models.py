"""Tables of stock: what stands where, and every movement that made it so."""

from datetime import datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.inventory.enums import MovementKind, StockHoldOutcome
from app.kit.fields import check, choice, known, ref, unique


class StockLot(Model):
    """How many units of a SKU from one lot stand at a pickup point, and how many of them are held."""

    id = fields.BigIntField(primary_key=True)
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    sku = ref("Sku")
    sku_id: int
    lot = ref("Lot")
    lot_id: int
    on_hand = fields.IntField()
    held = fields.IntField(default=0)
    updated_at = fields.DatetimeField()

    class Meta:
        """Nothing is sold that is not there; the lot is one of this SKU (migration: FK on (lot, sku))."""

        table = "stock_lot"
        indexes = (Index(fields=("lot_id",), name="stock_lot_by_lot"),)
        constraints = (
            unique("stock_lot", "sku_id", "pickup_point_id", "lot_id"),
            check("stock_lot", "within_on_hand", "held BETWEEN 0 AND on_hand"),
        )

    @property
    def available(self) -> int:
        """How many units nobody holds."""
        return self.on_hand - self.held


class StockMovement(Model):
    """One change of a stock lot. Append-only: the sums of its deltas are the stock lot's counters."""

    id = fields.BigIntField(primary_key=True)
    stock_lot = ref("StockLot")
    kind = choice(MovementKind)
    on_hand_delta = fields.IntField()
    held_delta = fields.IntField()
    reason = fields.CharField(max_length=120, null=True)
    caller = fields.CharField(max_length=60)
    moved_at = fields.DatetimeField()

    class Meta:
        """Each kind moves its counters one way only."""

        table = "stock_movement"
        indexes = (Index(fields=("stock_lot_id", "moved_at"), name="stock_movement_by_lot"),)
        constraints = (
            known("stock_movement", "kind", MovementKind),
            check("stock_movement", "moves_something", "on_hand_delta <> 0 OR held_delta <> 0"),
            check(
                "stock_movement",
                "direction_by_kind",
                "CASE kind WHEN 'RECEIVE' THEN on_hand_delta > 0 AND held_delta = 0"
                " WHEN 'RETURN' THEN on_hand_delta > 0 AND held_delta = 0"
                " WHEN 'WRITE_OFF' THEN on_hand_delta < 0 AND held_delta = 0"
                " WHEN 'HOLD' THEN on_hand_delta = 0 AND held_delta > 0"
                " WHEN 'RELEASE' THEN on_hand_delta = 0 AND held_delta < 0"
                " WHEN 'SELL' THEN on_hand_delta < 0 AND held_delta <= 0"
                " ELSE held_delta = 0 END",
            ),
        )


class StockHold(Model):
    """Units of one stock lot kept for a checkout, and then for its order: counted in the lot's `held` while it lives.

    Written and ended only by who has the stock lot's row locked. `expires_at` is null once an order has taken it.
    """

    id = fields.BigIntField(primary_key=True)
    hold = ref("Hold")
    hold_id: int
    stock_lot = ref("StockLot")
    stock_lot_id: int
    quantity = fields.IntField()
    expires_at: datetime | None = fields.DatetimeField(null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)
    outcome = choice(StockHoldOutcome, null=True)

    class Meta:
        """A hold has one live line per stock lot; what is over says how."""

        table = "stock_hold"
        indexes = (Index(fields=("hold_id",), name="stock_hold_by_hold"),)
        constraints = (
            known("stock_hold", "outcome", StockHoldOutcome),
            unique("stock_hold", "stock_lot_id", "hold_id", where="ended_at IS NULL"),
            check("stock_hold", "quantity_positive", "quantity > 0"),
            check("stock_hold", "ended_has_outcome", "(ended_at IS NULL) = (outcome IS NULL)"),
        )


class ProductAvailability(Model):
    """Until which day a product can be handed out at a pickup point, from what stands there now.

    Derived, and kept by triggers (migration) whenever stock, a lot, a SKU, a promise or a licence changes: a filter
    or a count over the whole shop reads one row instead of five tables. `product_availability_renew` rebuilds any.
    """

    id = fields.BigIntField(primary_key=True)
    product = ref("Product")
    product_id: int
    pickup_point = ref("PickupPoint")
    pickup_point_id: int
    sellable_until = fields.DateField(null=True)  # the last day of the lot that keeps longest; none: nothing is there

    class Meta:
        """One row for a product at a point, made when the first of its lots stands there."""

        table = "product_availability"
        constraints = (unique("product_availability", "product_id", "pickup_point_id"),)
