"""WeChat is told what was collected: until then it keeps the money (发货信息管理, self-pickup)."""

from datetime import datetime, timedelta
from typing import Any

import structlog

from app.kit import clock, db, jobs
from app.kit.db import RequestConnection
from app.kit.vault import Vault
from app.payments import payer, queries
from app.payments.errors import NoPayer
from app.wechat.client import HandOver, WeChat
from app.wechat.errors import ShippedAlready

SHIP_JOB = "payments.ship"

HANDED_OVER = "UPDATE payment SET handed_over_at = $2 WHERE id = $1 AND handed_over_at IS NULL AND paid_at IS NOT NULL"
LATE = timedelta(hours=1)
GIVEN_UP = timedelta(days=15)
OVERDUE = """
SELECT id FROM payment WHERE handed_over_at BETWEEN $1 AND $2 AND shipped_at IS NULL
ORDER BY handed_over_at, id LIMIT 1000
"""
SHIPPED = "UPDATE payment SET shipped_at = $2 WHERE id = $1"

_log = structlog.get_logger("payments")


async def hand_over(tx: RequestConnection, payment_id: int, at: datetime) -> bool:
    """Notes, with the hand-over itself, that the customer has what she paid for; WeChat is told by a job.

    False when it was noted before, or nothing was paid: then nothing changed.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    if await tx.execute(HANDED_OVER, payment_id, at) != "UPDATE 1":
        return False
    await jobs.enqueue(tx, SHIP_JOB, {"payment": payment_id})
    return True


class Shipper:
    """Tells WeChat; the openid is unsealed for the call."""

    def __init__(self, wechat: WeChat, vault: Vault) -> None:
        self._wechat = wechat
        self._vault = vault

    async def ship(self, payload: dict[str, Any]) -> None:
        """Tells WeChat once. Told before is fine: a worker may have died behind the answer.

        Raises:
            WeChatRefused, WeChatUnavailable: the job is tried again, and then a dead letter.
        """
        payment = await queries.payment(payload["payment"])
        if payment.handed_over_at is None or payment.shipped_at is not None or payment.transaction_id is None:
            return
        try:
            openid = await payer.openid_of(self._vault, payment.customer_id)
        except NoPayer:
            _log.error("a closed account's hand-over cannot be told to WeChat", payment_id=payment.id)
            return
        await db.current().rest()
        told = HandOver(payment.transaction_id, openid, payment.description, payment.handed_over_at)
        try:
            await self._wechat.report_hand_over(told)
        except ShippedAlready:
            _log.info("a hand-over was told before", payment_id=payment.id)
        await db.current().execute(SHIPPED, payment.id, clock.now())

    async def sweep(self, _: dict[str, Any]) -> None:
        """Queues again what WeChat should know since an hour, for when it was away longer than the job's patience.

        After 15 days it is left to staff, who tell WeChat in the merchant platform.
        """
        now = clock.now()
        async with db.transaction() as tx:
            for record in await tx.fetch(OVERDUE, now - GIVEN_UP, now - LATE):
                await jobs.enqueue(tx, SHIP_JOB, {"payment": record["id"]}, dedupe_key=f"ship:{record['id']}")
