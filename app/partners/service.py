"""Writes of partners and their keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg

from app.kit import audit, clock, db, fanout, idempotency
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference
from app.partners import queries, rules
from app.partners.enums import PartnerKind
from app.partners.errors import (
    ApiKeyEnded,
    ApiKeyNotFound,
    PartnerCodeTaken,
    PartnerNotFound,
    PartnerSwitchedOff,
)
from app.partners.models import ApiKey, Partner

SCOPE = "partners:write"
KEYS_CHANGED = "partner-keys"
"""The topic on which every process hears whose keys were changed, by the partner's key."""

CREATE = """
INSERT INTO partner (code, name, kind, is_active, calls_per_minute, calls_per_day, created_at)
VALUES ($1, $2, $3, true, $4, $5, $6) RETURNING id
"""
ISSUE = """
INSERT INTO api_key (partner_id, prefix, key_hash, scopes, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
"""
END = "UPDATE api_key SET expires_at = least(expires_at, $2) WHERE id = $1"
REVOKE = "UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"
SWITCH = "UPDATE partner SET is_active = $2 WHERE id = $1 AND is_active <> $2"


@dataclass(frozen=True, slots=True)
class Issued:
    """A key just made. `text` is the key, shown this once: a retry with the same idempotency key gets None."""

    api_key: ApiKey
    text: str | None


class NewPartner(NamedTuple):
    """What a partner is made of; each of its documents may be called so often."""

    code: str
    name: str
    kind: PartnerKind
    calls_per_minute: int
    calls_per_day: int


class Rotation(NamedTuple):
    """A key that ends, and when; when its successor ends."""

    api_key_id: int
    old_ends_at: datetime
    expires_at: datetime


class Grant(NamedTuple):
    """What a new key is for."""

    partner_id: int
    scopes: list[str]
    expires_at: datetime


async def create(caller: Caller, *, idempotency_key: str, new: NewPartner) -> Partner:
    """A partner, active.

    Raises:
        BadPartner: the code, the name or the budget cannot be.
        Refused: PartnerCodeTaken or IdempotencyKeyReused.
    """
    rules.check_partner(new.code, new.name, new.calls_per_minute, new.calls_per_day)

    async with db.transaction() as tx:

        async def act() -> Reference:
            try:
                made = await tx.fetch(CREATE, *new, clock.now())
            except asyncpg.UniqueViolationError:
                raise Refused(PartnerCodeTaken()) from None
            partner_id = int(made[0]["id"])
            await _note(tx, caller, "create", "Partner", partner_id, after={"code": new.code, "kind": new.kind})
            return Reference("Partner", partner_id)

        reference = await idempotency.once(
            tx, caller=caller, operation="createPartner", key=idempotency_key, input=[*new], act=act
        )
    return (await queries.partners_by_id([reference.key]))[0]


async def issue_key(caller: Caller, *, idempotency_key: str, grant: Grant) -> Issued:
    """A key for an active partner.

    Raises:
        Refused: PartnerNotFound, PartnerSwitchedOff, ScopesNotAllowed (for its kind), ApiKeyTimeNotAllowed (past or
            too far) or IdempotencyKeyReused.
    """
    new = rules.new_key()

    async with db.transaction() as tx:

        async def act() -> Reference:
            partner = await lock_active(tx, grant.partner_id)
            rules.check_scopes(partner.kind, grant.scopes)
            return await _issue(tx, caller, new, grant)

        given = grant._replace(scopes=sorted(grant.scopes))
        reference = await idempotency.once(
            tx, caller=caller, operation="issueApiKey", key=idempotency_key, input=[*given], act=act
        )
    return await _issued(reference, new)


async def rotate_key(caller: Caller, *, idempotency_key: str, rotation: Rotation) -> Issued:
    """A successor of a key, with its partner and scopes; the old one holds until `old_ends_at`, or its own end.

    Raises:
        Refused: ApiKeyNotFound, ApiKeyEnded, PartnerSwitchedOff, ApiKeyTimeNotAllowed (one of the times) or
            IdempotencyKeyReused.
    """
    new = rules.new_key()

    async with db.transaction() as tx:

        async def act() -> Reference:
            old = await _end(tx, caller, rotation)
            await lock_active(tx, old.partner_id)
            return await _issue(tx, caller, new, Grant(old.partner_id, old.scopes, rotation.expires_at))

        reference = await idempotency.once(
            tx, caller=caller, operation="rotateApiKey", key=idempotency_key, input=[*rotation], act=act
        )
    return await _issued(reference, new)


async def revoke_key(caller: Caller, api_key_id: int) -> ApiKey:
    """The key, ended at once; one that was revoked before stays as it was.

    Raises:
        ApiKeyNotFound: the id.
    """
    async with db.transaction() as tx:
        key = await _lock_key(tx, api_key_id)
        now = clock.now()
        if await tx.execute(REVOKE, api_key_id, now) == "UPDATE 1":
            await _note(tx, caller, "revoke", "ApiKey", api_key_id, after={"revoked_at": now})
            _changed(tx, key.partner_id)
    return (await queries.keys_by_id([api_key_id]))[0]


async def switch(caller: Caller, partner_id: int, *, is_active: bool) -> Partner:
    """The partner, switched on or off: while it is off its keys do not hold and its webhooks are told nothing.

    Raises:
        PartnerNotFound: the id.
    """
    async with db.transaction() as tx:
        if await queries.lock_partner(tx, partner_id) is None:
            raise Refused(PartnerNotFound())
        if await tx.execute(SWITCH, partner_id, is_active) == "UPDATE 1":
            before, after = {"is_active": not is_active}, {"is_active": is_active}
            action = "activate" if is_active else "deactivate"
            await _note(tx, caller, action, "Partner", partner_id, before=before, after=after)
            _changed(tx, partner_id)
    return (await queries.partners_by_id([partner_id]))[0]


async def lock_active(tx: RequestConnection, partner_id: int) -> Partner:
    """The partner, locked until the transaction ends.

    Raises:
        PartnerNotFound: there is none.
        PartnerSwitchedOff: it is not active.
    """
    partner = await queries.lock_partner(tx, partner_id)
    if partner is None:
        raise Refused(PartnerNotFound())
    if not partner.is_active:
        raise Refused(PartnerSwitchedOff())
    return partner


async def _lock_key(tx: RequestConnection, api_key_id: int) -> ApiKey:
    key = await queries.lock_key(tx, api_key_id)
    if key is None:
        raise Refused(ApiKeyNotFound())
    return key


async def _end(tx: RequestConnection, caller: Caller, rotation: Rotation) -> ApiKey:
    """The key as it was, with an end from now on."""
    now, (key_id, ends, _) = clock.now(), rotation
    old = await _lock_key(tx, key_id)
    if old.revoked_at is not None or old.expires_at <= now:
        raise Refused(ApiKeyEnded())
    rules.check_time(ends, now)
    await tx.execute(END, key_id, ends)
    before, after = {"expires_at": old.expires_at}, {"expires_at": min(old.expires_at, ends)}
    await _note(tx, caller, "rotate", "ApiKey", key_id, before=before, after=after)
    _changed(tx, old.partner_id)
    return old


def _changed(tx: RequestConnection, partner_id: int) -> None:
    """Lets every process look the partner's keys up again at their next use."""
    fanout.announce(tx, KEYS_CHANGED, {"partner": partner_id})


async def _issue(tx: RequestConnection, caller: Caller, new: rules.NewKey, grant: Grant) -> Reference:
    now = clock.now()
    rules.check_time(grant.expires_at, now)
    wanted = sorted(set(grant.scopes))
    made = await tx.fetch(ISSUE, grant.partner_id, new.prefix, new.key_hash, wanted, now, grant.expires_at)
    key_id = int(made[0]["id"])
    after = {"partner": grant.partner_id, "prefix": new.prefix, "scopes": wanted, "expires_at": grant.expires_at}
    await _note(tx, caller, "issue", "ApiKey", key_id, after=after)
    return Reference("ApiKey", key_id)


async def _issued(reference: Reference, new: rules.NewKey) -> Issued:
    api_key = (await queries.keys_by_id([reference.key]))[0]
    return Issued(api_key, new.text if api_key.prefix == new.prefix else None)


async def _note(
    tx: RequestConnection,
    caller: Caller,
    action: str,
    entity: str,
    entity_id: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    await audit.append(
        tx, caller, scope=SCOPE, action=action, entity=entity, entity_id=entity_id, before=before, after=after
    )
