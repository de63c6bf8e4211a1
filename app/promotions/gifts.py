"""Gifts: which a cart earns, and their units kept for a checkout, in the manner of `holds`.

The lock of a rule comes after those of offers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.kit import clock, db
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.promotions.errors import GiftGone

_RULES = """SELECT r.id, r.sku_id, r.buy_quantity, r.gift_sku_id, r.gift_quantity,
  CASE WHEN r.quota IS NOT NULL THEN r.quota - r.given + (SELECT coalesce(sum(h.quantity), 0)::int FROM gift_hold h
    WHERE h.gift_rule_id = r.id AND h.released_at IS NULL AND (h.expires_at <= $2 OR h.hold_id = $3)) END AS units
FROM gift_rule r WHERE r.sku_id = ANY($1) AND r.is_active AND r.starts_at <= $2 AND r.ends_at > $2 ORDER BY r.id"""

_LOCK = "SELECT id FROM gift_rule WHERE id = ANY($1) AND quota IS NOT NULL ORDER BY id FOR NO KEY UPDATE"
_OF_HOLDS = "SELECT gift_rule_id FROM gift_hold WHERE hold_id = ANY($1) AND released_at IS NULL"
_ENDING = """SELECT DISTINCT gift_rule_id FROM gift_hold WHERE released_at IS NULL AND expires_at <= $1
ORDER BY gift_rule_id LIMIT $2"""
_COUNTED = """UPDATE gift_rule r SET given = r.given - g.units
FROM (SELECT gift_rule_id, sum(quantity) AS units FROM gone GROUP BY gift_rule_id) g WHERE r.id = g.gift_rule_id"""
_TIDY = f"""WITH gone AS (
  UPDATE gift_hold SET released_at = $2 WHERE gift_rule_id = ANY($1) AND released_at IS NULL AND expires_at <= $2
  RETURNING gift_rule_id, quantity) {_COUNTED}"""
_RELEASE = f"""WITH gone AS (
  UPDATE gift_hold SET released_at = $2 WHERE hold_id = ANY($1) AND released_at IS NULL
  RETURNING gift_rule_id, quantity) {_COUNTED}"""
_LEFT = """SELECT id, quota IS NOT NULL AS is_counted,
  CASE WHEN is_active AND starts_at <= $2 AND ends_at > $2 THEN quota - given ELSE 0 END AS units
FROM gift_rule WHERE id = ANY($1)"""
_HOLD = """WITH kept AS (
  INSERT INTO gift_hold (hold_id, gift_rule_id, quantity, expires_at)
  SELECT $1, *, $4 FROM unnest($2::bigint[], $3::int[]) RETURNING gift_rule_id, quantity
) UPDATE gift_rule r SET given = r.given + k.quantity FROM kept k WHERE r.id = k.gift_rule_id"""
_KEEP = "UPDATE gift_hold SET expires_at = $2 WHERE hold_id = $1 AND released_at IS NULL RETURNING id"


@dataclass(frozen=True, slots=True)
class Rule:
    """A live rule, and how many units of the gift can still be given (None: any number)."""

    id: int
    sku_id: int
    buy_quantity: int
    gift_sku_id: int
    gift_quantity: int
    units: int | None

    def earned(self, bought: int) -> int:
        """Units of the gift for so many units bought."""
        return bought // self.buy_quantity * self.gift_quantity


@dataclass(frozen=True, slots=True)
class Gift:
    """Units of a SKU for nothing, by a rule; `earned` is more than `quantity` when the rest is gone."""

    rule_id: int
    sku_id: int
    quantity: int
    earned: int


def gifts(quantities: Mapping[int, int], rules: Sequence[Rule], available: Mapping[int, int] | None) -> list[Gift]:
    """What a cart (`quantities` by SKU) earns, in the order of the rules; rules that it does not meet give nothing.

    `available`: units by SKU that can be had besides those bought; None while nobody knows where.
    """
    left = dict(available) if available is not None else None
    found = []
    for rule in rules:
        earned = rule.earned(quantities.get(rule.sku_id, 0))
        if not earned:
            continue
        units = earned if rule.units is None else max(0, min(earned, rule.units))
        if left is not None:
            units = max(0, min(units, left.get(rule.gift_sku_id, 0)))
            left[rule.gift_sku_id] = left.get(rule.gift_sku_id, 0) - units
        found.append(Gift(rule.id, rule.gift_sku_id, units, earned))
    return found


async def live_rules(sku_ids: Sequence[int], now: datetime, own_hold_id: int | None) -> list[Rule]:
    """The rules for buying any of these SKUs that are live, by id. What `own_hold_id` keeps counts as there."""
    return [Rule(*record) for record in await db.fetch(_RULES, list(sku_ids), now, own_hold_id)]


async def hold(tx: RequestConnection, hold_id: int, wanted: Mapping[int, int], expires_at: datetime | None) -> None:
    """Keeps `wanted` units by rule for a hold until `expires_at` (None: for good).

    Raises:
        Refused: GiftGone for the first rule that has ended or has not as many left.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    await _tidy(tx, sorted(wanted))
    left = {record["id"]: record for record in await tx.fetch(_LEFT, sorted(wanted), clock.now())}
    for rule_id, quantity in sorted(wanted.items()):
        units = left[rule_id]["units"] if rule_id in left else 0
        if units is not None and units < quantity:
            raise Refused(GiftGone())
    counted = [rule_id for rule_id in sorted(wanted) if left[rule_id]["is_counted"]]
    await tx.execute(_HOLD, hold_id, counted, [wanted[rule_id] for rule_id in counted], expires_at)


async def lock(tx: RequestConnection, hold_ids: Sequence[int], rule_ids: Sequence[int] = ()) -> None:
    """Locks these rules and those of the holds; units held there beyond their time are let go.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    held = [record["gift_rule_id"] for record in await tx.fetch(_OF_HOLDS, list(hold_ids))]
    await _tidy(tx, [*held, *rule_ids])


async def keep(tx: RequestConnection, hold_id: int, until: datetime | None) -> int:
    """Gives the gifts of a hold, locked before, another end (None: an order has taken them); how many rules live."""
    tx.require_transaction()
    return len(await tx.fetch(_KEEP, hold_id, until))


async def release(tx: RequestConnection, hold_ids: Sequence[int]) -> None:
    """Gives the gifts of holds, locked before, back."""
    tx.require_transaction()
    await tx.execute(_RELEASE, list(hold_ids), clock.now())


async def sweep(tx: RequestConnection, most: int) -> int:
    """Lets go the units held beyond their time of no more than `most` rules; of how many that was.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    ending = [record["gift_rule_id"] for record in await tx.fetch(_ENDING, clock.now(), most)]
    await _tidy(tx, ending)
    return len(ending)


async def _tidy(tx: RequestConnection, rule_ids: list[int]) -> None:
    await tx.fetch(_LOCK, rule_ids)
    await tx.execute(_TIDY, rule_ids, clock.now())
