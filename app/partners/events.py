"""Telling partners that something happened: written with it, sent after it."""

from typing import Any

import orjson

from app.kit import clock, jobs
from app.kit.db import RequestConnection
from app.partners.enums import PartnerEventType

EMIT = """
INSERT INTO partner_event (uid, type, payload, partner_id, happened_at)
VALUES (gen_random_uuid(), $1, $2, $3, $4) RETURNING id
"""
FAN_OUT = "webhooks.fan_out"


async def emit(
    tx: RequestConnection, kind: PartnerEventType, payload: dict[str, Any], *, partner_id: int | None = None
) -> None:
    """Writes an event in the caller's transaction. If that commits, the worker tells every webhook that listens.

    `payload` holds global ids and times, never personal values: a receiver asks the API for the rest, with its own
    rights. `partner_id`: the one partner the event concerns; None: everybody. Two statements, however many listen.
    Webhooks may be told of events in any order, and more than once.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    written = await tx.fetch(EMIT, kind.value, orjson.dumps(payload).decode(), partner_id, clock.now())
    await jobs.enqueue(tx, FAN_OUT, {"event": written[0]["id"]})
