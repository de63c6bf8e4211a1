"""What a person takes back at WeChat is taken back here too, as if she had done it in the mini-program.

Numbers of what she takes back: WeChat's mini-program guide, "authorised user information change".
"""

import secrets
from typing import NamedTuple

from app.accounts.consents import consents_of, decide
from app.accounts.enums import ConsentPurpose
from app.accounts.models import Customer
from app.accounts.places import OPENID
from app.accounts.queries import lock_customer
from app.kit import audit, db
from app.kit.caller import MACHINE
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.idempotency import Reference, once
from app.kit.vault import Vault
from app.privacy import closing
from app.wechat.push import Event

REVOKE = "user_authorization_revoke"
CANCELLATION = "user_authorization_cancellation"
CHANNEL = "wechat"
NAME, PICTURE, PHONE, LOCATION = frozenset({6, 19}), frozenset({6, 20}), frozenset({8}), frozenset({13, 18})
EVENT = "wechat.event"

_FIND = "SELECT id FROM customer WHERE openid_index = $1 AND status = 'ACTIVE'"
_NAME = "UPDATE customer SET display_name = $2 WHERE id = $1"
_PICTURE = "UPDATE customer SET avatar_id = NULL WHERE id = $1"
_LET_GO = "UPDATE upload SET referenced_at = NULL WHERE id = $1"
_PHONE = "UPDATE customer SET phone_sealed = NULL, phone_index = NULL, phone_tail_index = NULL WHERE id = $1"


class Told(NamedTuple):
    """What came of an event: for the counter, nothing that tells of whom."""

    outcome: str


async def take_back(vault: Vault, event: Event) -> Told:
    """Does what the event wants, once: WeChat tells it again when our answer is lost.

    Of somebody the shop does not know, or not any more, nothing is done; nor for events of other names.
    """
    if event.name not in {REVOKE, CANCELLATION}:
        return Told("ignored")
    found = await db.fetch(_FIND, vault.index(OPENID, event.openid))
    if not found:
        return Told("unknown")
    customer_id = int(found[0]["id"])
    facts = f"{event.name} {event.openid} {event.created_at.timestamp():.0f} {sorted(event.revoked)}"
    key = vault.index(EVENT, facts).hex()
    is_new = False
    try:
        async with db.transaction() as tx:

            async def act() -> Reference:
                nonlocal is_new
                is_new = True
                if event.name == CANCELLATION:
                    return Reference("DataRequest", await closing.close(tx, MACHINE, customer_id))
                await _forget(tx, await lock_customer(tx, customer_id), event.revoked)
                return Reference("Customer", customer_id)

            await once(tx, caller=MACHINE, operation=EVENT, key=key, input=key, act=act)
    except Refused:  # closed meanwhile
        return Told("unknown")
    return Told(event.name if is_new else "again")


async def _forget(tx: RequestConnection, customer: Customer, revoked: frozenset[int]) -> None:
    gone = []
    if revoked & NAME:
        await tx.execute(_NAME, customer.id, f"优友{secrets.randbelow(10_000):04}")
        gone.append("display_name")
    if revoked & PICTURE and customer.avatar_id is not None:
        await tx.execute(_PICTURE, customer.id)
        await tx.execute(_LET_GO, customer.avatar_id)
        gone.append("avatar_id")
    if revoked & PHONE:
        await tx.execute(_PHONE, customer.id)
        gone.append("phone")
    if revoked & LOCATION and await _withdraw(tx, customer.id, ConsentPurpose.PRECISE_LOCATION):
        gone.append(ConsentPurpose.PRECISE_LOCATION)
    after = {"revoked": sorted(revoked), "gone": gone}
    await audit.append(
        tx, MACHINE, scope=None, action="wechat revoke", entity="Customer", entity_id=customer.id, after=after
    )


async def _withdraw(tx: RequestConnection, customer_id: int, purpose: ConsentPurpose) -> bool:
    """Whether she had agreed to it, and now does not any more."""
    held = {each.purpose: each for each in await consents_of(customer_id)}.get(purpose)
    if held is None or not held.granted:
        return False
    return await decide(tx, customer_id, purpose, granted=False, version=held.policy_version, channel=CHANNEL)
