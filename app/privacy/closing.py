"""Closing an account: what identifies goes at once, what the law wants kept tells of nobody any more (PIPL article 47).

Orders, reviews, coupons and consents stay as rows; the customer they point at is anonymous, and the key of whatever was
sealed for her is destroyed.
"""

import orjson

from app.accounts import sessions
from app.accounts.enums import SignInEnd
from app.accounts.queries import lock_customer
from app.carts import service as carts
from app.claims import service as claims
from app.invoices import service as invoices
from app.kit import audit, clock, data_keys, db, jobs
from app.kit.caller import Caller, CallerKind
from app.kit.db import RequestConnection
from app.privacy.models import DataRequest
from app.privacy.register import owned

_LIVE = "SELECT id FROM sign_in WHERE customer_id = $1 AND ended_at IS NULL ORDER BY id"
_LET_GO = "UPDATE upload SET referenced_at = NULL WHERE id = $1"  # its file is swept with those nobody refers to
_FORGET_ANSWERS = "DELETE FROM idempotent_answer WHERE caller = $1"
_CLOSE = "UPDATE customer SET status = 'CLOSED', closed_at = $2 WHERE id = $1"
_END_REQUESTS = """UPDATE data_request SET state = 'ENDED', done_at = coalesce(done_at, $2)
WHERE customer_id = $1 AND (kind = 'EXPORT' AND state <> 'ENDED' OR state = 'OPEN')"""
_PROVE = """INSERT INTO data_request (customer_id, kind, state, requested_at, due_on, done_at, counts)
VALUES ($1, 'CLOSURE', 'DONE', $2, $3, $2, $4) RETURNING id"""


async def close_account(caller: Caller, customer_id: int) -> DataRequest:
    """The proof that the account is closed: everything about the customer erased as the register declares.

    Every sign-in of hers ends with the commit. Files of exports are deleted by a job after it.

    Raises:
        Refused: AccountClosed: it was closed before; nothing changes.
    """
    async with db.transaction() as tx:
        proof = await close(tx, caller, customer_id)
    return await DataRequest.get(id=proof)


async def close(tx: RequestConnection, caller: Caller, customer_id: int) -> int:
    """Closes the account in the caller's transaction; the key of the proof.

    Raises:
        Refused: AccountClosed: it was closed before; nothing changes.
        NoTransactionError: outside a transaction.
    """
    customer = await lock_customer(tx, customer_id)
    live = [record["id"] for record in await tx.fetch(_LIVE, customer_id)]
    await sessions.end(tx, live, SignInEnd.CLOSED)
    await carts.forget(tx, customer_id)
    await claims.forget_photos(tx, customer_id)
    await invoices.end_open(tx, customer_id)
    counts = await _erase(tx, customer_id)
    if customer.avatar_id is not None:
        await tx.execute(_LET_GO, customer.avatar_id)
    await tx.execute(_FORGET_ANSWERS, f"customer:{customer_id}")
    await data_keys.destroy(tx, f"customer:{customer_id}")
    now = clock.now()
    await tx.execute(_CLOSE, customer_id, now)
    await tx.execute(_END_REQUESTS, customer_id, now)
    await jobs.enqueue(tx, "privacy.drop_exports", {"customer_id": customer_id})
    proof = int((await tx.fetch(_PROVE, customer_id, now, clock.today(), orjson.dumps(counts).decode()))[0]["id"])
    scope = "me" if caller.kind is CallerKind.CUSTOMER else None
    told = {"request": proof, "rows": counts}
    await audit.append(
        tx, caller, scope=scope, action="close account", entity="Customer", entity_id=customer_id, after=told
    )
    return proof


async def _erase(tx: RequestConnection, customer_id: int) -> dict[str, int]:
    counts = {}
    for table in owned():
        if table.erase is not None:
            done = await tx.execute(table.erase, customer_id)
            counts[table.table] = int(done.rpartition(" ")[2])
    return counts
