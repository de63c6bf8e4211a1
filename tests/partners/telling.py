"""Events and their deliveries, as tests make and look at them."""

import asyncio
import sys
from datetime import datetime
from typing import Any

from app.kit import clock, db
from app.kit.crypto import KeyRing
from app.kit.job_worker import work
from app.partners import events, jobs
from app.partners.enums import PartnerEventType
from app.partners.jobs import Deliverer
from app.partners.sender import Sender
from app.partners.webhooks import Registered, Webhooks
from app.tables import Database
from tests.kit.conftest import AT_ONCE, BEAT
from tests.partners.conftest import STAFF, Office

SLOT_FULL = PartnerEventType.SLOT_FULL
REPORT_FILED = PartnerEventType.INSPECTION_REPORT_FILED
DELIVERIES = "SELECT status, attempts, response_status, error FROM webhook_delivery ORDER BY id"
RING = "test:" + "A" * 43 + "="


async def webhook(office: Office, partner_id: int, url: str, *listens: PartnerEventType) -> Registered:
    """A webhook of a partner, that listens to full slots unless told otherwise."""
    async with office.database.session():
        return await office.webhooks.add(
            STAFF,
            idempotency_key=f"webhook-{partner_id}-{url[-40:]}",
            partner_id=partner_id,
            url=url,
            events=list(listens or [SLOT_FULL]),
        )


async def emit(
    office: Office, kind: PartnerEventType = SLOT_FULL, payload: Any = None, partner_id: int | None = None
) -> None:
    """Something happens, in a transaction that commits."""
    async with office.database.session(), db.transaction() as tx:
        await events.emit(tx, kind, payload or {"pickupSlot": "x"}, partner_id=partner_id)


async def fan_out(office: Office) -> list[int]:
    """The worker fans out what waits; the deliveries that are queued then."""
    for name, payload in await office.queued():
        if name == events.FAN_OUT:
            async with office.database.session():
                await jobs.fan_out(payload)
            await office.owner.execute("DELETE FROM pgqueuer WHERE entrypoint = $1", name)
    return [payload["delivery"] for name, payload in await office.queued() if name == jobs.DELIVER]


async def told(office: Office) -> int:
    """A full slot on its way to the one webhook: the delivery."""
    await emit(office)
    return (await fan_out(office))[-1]


async def deliver(office: Office, delivery: int, at: datetime | None = None, *, seconds: float = 10) -> None:
    """The worker makes the attempt that is due."""
    deliverer = Deliverer(office.webhooks, Sender(allows_loopback=True, seconds=seconds))
    with clock.moved_to(at or clock.now()):
        async with office.database.session():
            await deliverer.deliver({"delivery": delivery})


async def next_try(office: Office, delivery: int) -> datetime:
    """When the delivery is tried again."""
    at: datetime = await office.owner.fetchval("SELECT next_try_at FROM webhook_delivery WHERE id = $1", delivery)
    return at


def handlers(webhooks: Webhooks, seconds: float = 10) -> dict[str, Any]:
    """What a worker runs of this."""
    deliverer = Deliverer(webhooks, Sender(allows_loopback=True, seconds=seconds))
    return {events.FAN_OUT: jobs.fan_out, jobs.DELIVER: deliverer.deliver}


async def main(url: str) -> None:
    """A worker in a process of its own, until it is killed."""
    database = await Database.open(url, size=3)
    webhooks = Webhooks(KeyRing.parse(RING), allows_loopback=True)
    await work(database, handlers(webhooks, seconds=600), [], stop=asyncio.Event(), retry=AT_ONCE, heartbeat=BEAT)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
