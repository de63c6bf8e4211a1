"""Writes of webhooks: registered, given a new secret, resumed; dead letters replayed."""

from dataclasses import dataclass
from datetime import timedelta

import asyncpg

from app.kit import audit, clock, crypto, data_keys, db, jobs
from app.kit.caller import Caller
from app.kit.crypto import KeyRing
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.partners import addresses, queries, rules, signing
from app.partners.deliveries import WebhookDelivery
from app.partners.enums import PartnerEventType
from app.partners.errors import (
    DeliveryNotDead,
    WebhookExists,
    WebhookNotFound,
    WebhookNotPaused,
)
from app.partners.models import Webhook
from app.partners.queries import Due
from app.partners.service import lock_active

SCOPE = "partners:write"
DELIVER = "webhooks.deliver"
OVERLAP = timedelta(hours=24)
"""How long a replaced secret still signs beside its successor."""

NEXT_ID = "SELECT nextval('webhook_id_seq')"
INSERT = """
INSERT INTO webhook (id, partner_id, url, events, secret_sealed, is_active, created_at)
VALUES ($1, $2, $3, $4, $5, true, $6)
"""
RESEAL = """
UPDATE webhook SET previous_secret_sealed = secret_sealed, previous_secret_until = $3, secret_sealed = $2 WHERE id = $1
"""
RESUME = "UPDATE webhook SET paused_at = NULL, failing_since = NULL WHERE id = $1 AND paused_at IS NOT NULL"
REPLAY = """
UPDATE webhook_delivery SET status = 'PENDING', attempts = 0, next_try_at = $2, finished_at = NULL
WHERE id = $1 AND status = 'DEAD'
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """A webhook. `secret` is shown this once: a retry with the same idempotency key gets None."""

    webhook: Webhook
    secret: str | None


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The webhooks of an installation. `ring` seals their secrets; `allows_loopback` is for development."""

    ring: KeyRing
    allows_loopback: bool

    async def add(
        self, caller: Caller, *, idempotency_key: str, partner_id: int, url: str, events: list[PartnerEventType]
    ) -> Registered:
        """Registers a webhook of an active partner.

        Raises:
            WebhookUrlRefused: the address is not public https.
            WebhookExists: the partner has one with this address.
            PartnerNotFound, PartnerSwitchedOff: the partner.
            BadPartner: no event is named.
            IdempotencyKeyReused: the key was used for another input.
        """
        addresses.check_url(url, allows_loopback=self.allows_loopback)
        secret, names = signing.new_secret(), rules.event_names(events)
        async with db.transaction() as tx:

            async def act() -> Reference:
                await lock_active(tx, partner_id)
                webhook_id = int((await tx.fetch(NEXT_ID))[0][0])
                sealed = await self._seal(tx, partner_id, webhook_id, secret)
                try:
                    await tx.execute(INSERT, webhook_id, partner_id, url, names, sealed, clock.now())
                except asyncpg.UniqueViolationError:
                    raise Refused(WebhookExists()) from None
                await _note(
                    tx, caller, "create", webhook_id, after={"partner": partner_id, "url": url, "events": names}
                )
                return Reference("Webhook", webhook_id)

            given = [partner_id, url, names]
            reference = await once(tx, caller=caller, operation="addWebhook", key=idempotency_key, input=given, act=act)
        return await self._registered(reference, secret)

    async def replace_secret(self, caller: Caller, *, idempotency_key: str, webhook_id: int) -> Registered:
        """Gives a webhook a new secret; the one before it signs too for OVERLAP, the one before that no more.

        Raises:
            WebhookNotFound: the id.
            IdempotencyKeyReused: the key was used for another input.
        """
        secret = signing.new_secret()
        async with db.transaction() as tx:

            async def act() -> Reference:
                webhook = await _lock(tx, webhook_id)
                sealed = await self._seal(tx, webhook.partner_id, webhook_id, secret)
                until = clock.now() + OVERLAP
                await tx.execute(RESEAL, webhook_id, sealed, until)
                await _note(tx, caller, "replace_secret", webhook_id, after={"previous_secret_until": until})
                return Reference("Webhook", webhook_id)

            reference = await once(
                tx, caller=caller, operation="replaceWebhookSecret", key=idempotency_key, input=[webhook_id], act=act
            )
        return await self._registered(reference, secret)

    async def secrets(self, connection: RequestConnection, due: Due) -> list[bytes]:
        """The secrets that sign a delivery now, newest first.

        Raises:
            CannotOpen: the key ring does not hold the key that sealed them.
            NoDataKey, DataKeyDestroyed: the partner's key is not there.
        """
        key = await data_keys.fetch(connection, self.ring, f"partner:{due.partner_id}")
        sealed, until = [due.secret_sealed], due.previous_secret_until
        if due.previous_secret_sealed is not None and until is not None and clock.now() < until:
            sealed.append(due.previous_secret_sealed)
        return [crypto.unseal(key, each, _place(due.webhook_id)) for each in sealed]

    async def _registered(self, reference: Reference, secret: bytes) -> Registered:
        """The webhook with its secret, if that is the one just made and not that of an earlier call."""
        webhook = (await queries.webhooks_by_id([reference.key]))[0]
        key = await data_keys.fetch(db.current(), self.ring, f"partner:{webhook.partner_id}")
        is_new = crypto.unseal(key, webhook.secret_sealed, _place(webhook.id)) == secret
        return Registered(webhook, signing.shown(secret) if is_new else None)

    async def _seal(self, tx: RequestConnection, partner_id: int, webhook_id: int, secret: bytes) -> bytes:
        key = await data_keys.ensure(tx, self.ring, f"partner:{partner_id}")
        return crypto.seal(key, secret, _place(webhook_id))


NOWHERE = Webhooks(KeyRing({"nobody": crypto.new_key()}), allows_loopback=False)
"""For a context without an installation behind it: what it seals, nobody opens."""


def _place(webhook_id: int) -> bytes:
    """What ties a sealed secret to its webhook."""
    return b"webhook.secret_sealed:%d" % webhook_id


async def resume(caller: Caller, webhook_id: int) -> Webhook:
    """Lets a paused webhook be told again of what happens from now on; what it missed is among the dead letters.

    Raises:
        WebhookNotFound: the id.
        WebhookNotPaused: it is not paused.
    """
    async with db.transaction() as tx:
        webhook = await _lock(tx, webhook_id)
        if await tx.execute(RESUME, webhook_id) != "UPDATE 1":
            raise Refused(WebhookNotPaused())
        await _note(tx, caller, "resume", webhook_id, before={"paused_at": webhook.paused_at})
    return (await queries.webhooks_by_id([webhook_id]))[0]


async def replay(caller: Caller, delivery_id: int) -> WebhookDelivery:
    """Sends a dead letter again, with all its attempts.

    Raises:
        DeliveryNotDead: the delivery is no dead letter, or there is none.
    """
    async with db.transaction() as tx:
        if await tx.execute(REPLAY, delivery_id, clock.now()) != "UPDATE 1":
            raise Refused(DeliveryNotDead())
        await jobs.enqueue(tx, DELIVER, {"delivery": delivery_id})
        after = {"status": "PENDING"}
        await audit.append(
            tx, caller, scope=SCOPE, action="replay", entity="WebhookDelivery", entity_id=delivery_id, after=after
        )
    return (await queries.deliveries_by_id([delivery_id]))[0]


async def _lock(tx: RequestConnection, webhook_id: int) -> Webhook:
    found = await queries.lock_webhook(tx, webhook_id)
    if found is None:
        raise Refused(WebhookNotFound())
    return found


async def _note(
    tx: RequestConnection,
    caller: Caller,
    action: str,
    webhook_id: int,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    await audit.append(
        tx,
        caller,
        scope=SCOPE,
        action=action,
        entity="Webhook",
        entity_id=webhook_id,
        before=before,
        after=after,
    )
