"""A till that tests of holds stand at: shelves with a ledger, and customers who hold what is on them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.inventory import holds as stock
from app.inventory.rules import Shortage, Taken, allocate
from app.kit import clock, db
from app.kit.caller import Caller, CallerKind
from app.tables import Database
from tests.conftest import Addresses
from tests.rows import TODAY, Rows, days
from tests.shop import NOW

LASTS = timedelta(minutes=10)
CALLER = Caller(CallerKind.CUSTOMER, 1)
# stock lots whose counters are not what the ledger and the live lines say
UNBALANCED = """SELECT t.id FROM stock_lot t
LEFT JOIN (SELECT stock_lot_id, sum(on_hand_delta) AS on_hand, sum(held_delta) AS held
  FROM stock_movement GROUP BY stock_lot_id) m ON m.stock_lot_id = t.id
LEFT JOIN (SELECT stock_lot_id, sum(quantity) AS held
  FROM stock_hold WHERE ended_at IS NULL GROUP BY stock_lot_id) h ON h.stock_lot_id = t.id
WHERE (t.on_hand, t.held, t.held) IS DISTINCT FROM
  (coalesce(m.on_hand, 0), coalesce(m.held, 0), coalesce(h.held, 0))"""
COUNTERS = "SELECT on_hand, held FROM stock_lot ORDER BY id"
LINES = "SELECT quantity, outcome FROM stock_hold ORDER BY id"
LEDGER = "SELECT kind, on_hand_delta, held_delta, caller FROM stock_movement WHERE kind <> 'RECEIVE' ORDER BY id"


@dataclass
class Till:
    """A database with its shelves, by the test's clock."""

    rows: Rows
    database: Database

    async def shelve(self, point: int, sku: int, units: int, **lot: Any) -> int:
        """Units of a new lot, received: the stock lot."""
        stock_lot = await self.rows.stock(point, sku, await self.rows.lot(sku, **lot), on_hand=units)
        await self.rows.insert(
            "stock_movement",
            stock_lot_id=stock_lot,
            kind="RECEIVE",
            on_hand_delta=units,
            held_delta=0,
            caller="staff:1",
            moved_at=NOW - timedelta(hours=1),
        )
        return stock_lot

    async def hold_row(self, customer: int | None = None, **values: Any) -> int:
        """An open hold, of a customer of its own unless one is given."""
        given = {
            "customer_id": customer or await self.rows.customer(),
            "address_index": bytes(32),
            "started_at": clock.now(),
            "expires_at": clock.now() + LASTS,
        }
        return await self.rows.insert("hold", **given | values)

    async def hold(
        self,
        hold_id: int,
        point: int,
        wanted: Mapping[int, int],
        until: datetime | None = None,
        pickup_on: date = TODAY,
    ) -> list[Taken] | list[Shortage]:
        """What a hold takes of SKUs in a transaction of its own, or what is short."""
        async with self.database.session(), db.transaction() as tx:
            lots = await stock.on_sale(tx, list(wanted), point, clock.today())
            taken, short = allocate(wanted, lots, pickup_on, clock.today())
            await stock.hold(tx, CALLER, hold_id, taken, until or clock.now() + LASTS)
        return taken or short

    async def keep(self, hold_id: int, until: datetime | None) -> int:
        """The lines of a hold that live, with another end."""
        async with self.database.session(), db.transaction() as tx:
            await stock.lock(tx, [hold_id])
            return await stock.keep(tx, hold_id, until)

    async def release(self, *hold_ids: int) -> None:
        """Holds let go."""
        async with self.database.session(), db.transaction() as tx:
            await stock.lock(tx, hold_ids)
            await stock.release(tx, CALLER, hold_ids)

    async def sell(self, *hold_ids: int) -> None:
        """What holds keep, handed out."""
        async with self.database.session(), db.transaction() as tx:
            await stock.lock(tx, hold_ids)
            await stock.sell(tx, CALLER, hold_ids)

    async def sweep(self, most: int = 100) -> int:
        """At how many stock lots something was let go."""
        async with self.database.session(), db.transaction() as tx:
            return await stock.sweep(tx, most)

    async def look(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows, as the owner sees them."""
        return [tuple(row) for row in await self.rows.connection.fetch(sql)]


@asynccontextmanager
async def open_till(rows: Rows, stage: Addresses, size: int = 5) -> AsyncIterator[Till]:
    """A till over the rows of the test, at the test's time."""
    rows.tables |= {"hold", "stock_hold", "stock_movement", "slot_hold", "coupon_hold", "partner_event", "pgqueuer"}
    database = await Database.open(stage.app_url, size=size)
    with clock.moved_to(NOW):
        yield Till(rows, database)
    await database.close()


def keeps(count_: int) -> dict[str, Any]:
    """A lot that can be handed out for so many days from today, by a product that promises two."""
    return {"expires_on": days(count_ + 2), "packed_on": days(-3)}


def units(taken: Sequence[Taken | Shortage]) -> int:
    """How many units were taken; none where something was short."""
    return sum(each.quantity for each in taken if isinstance(each, Taken))
