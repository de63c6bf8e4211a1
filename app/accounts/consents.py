"""The ledger of consents: what a customer agrees to at present is her newest decision about each purpose."""

from app.accounts.enums import ConsentPurpose
from app.accounts.models import Consent
from app.kit import clock, db
from app.kit.db import RequestConnection
from app.kit.rows import select

_NEWEST = f"""SELECT DISTINCT ON (c.purpose) {select(Consent, "c")} FROM consent c
WHERE c.customer_id = $1 ORDER BY c.purpose, c.decided_at DESC, c.id DESC"""
_ADD = """INSERT INTO consent (customer_id, purpose, policy_version, granted, channel, decided_at)
VALUES ($1, $2, $3, $4, $5, $6)"""


async def consents_of(customer_id: int) -> list[Consent]:
    """Her newest decision about each purpose she decided about, by the purpose's name. There is none for the others."""
    return await db.rows(Consent, _NEWEST, customer_id)


async def decide(
    tx: RequestConnection, customer_id: int, purpose: ConsentPurpose, *, granted: bool, version: str, channel: str
) -> bool:
    """Adds a decision, unless it is what the customer decided already; whether it was added.

    The caller holds her lock. `version` is the policy's that she was shown, `channel` where she decided.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = {each.purpose: each for each in await consents_of(customer_id)}.get(purpose)
    if now is not None and (now.granted, now.policy_version) == (granted, version):
        return False
    await tx.execute(_ADD, customer_id, purpose, version, granted, channel, clock.now())
    return True
