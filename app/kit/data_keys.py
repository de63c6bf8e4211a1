"""A key per person: what is sealed with it is erased by destroying the key (DESIGN rule 9).

Keys are never cached, so that a destroyed key is gone for every process at once.
"""

from app.kit import clock, crypto
from app.kit.crypto import KeyRing
from app.kit.db import RequestConnection

CREATE = """
INSERT INTO data_key (subject, ring_key, wrapped, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (subject) DO NOTHING RETURNING id
"""
FETCH = "SELECT ring_key, wrapped FROM data_key WHERE subject = $1"
DESTROY = "UPDATE data_key SET wrapped = NULL, destroyed_at = $2 WHERE subject = $1 AND wrapped IS NOT NULL"


class NoDataKey(LookupError):  # noqa: N818 - refusals carry no suffix
    """The subject never had a key."""


class DataKeyDestroyed(LookupError):  # noqa: N818 - as above
    """The subject was erased: nothing sealed for it can be read again."""


async def ensure(tx: RequestConnection, ring: KeyRing, subject: str) -> bytes:
    """The key of `subject` (`customer:7`), made in the caller's transaction when there is none yet.

    Raises:
        DataKeyDestroyed: the subject was erased and gets no second key.
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    key = crypto.new_key()
    ring_key, wrapped = ring.wrap(key, subject.encode())
    if await tx.fetch(CREATE, subject, ring_key, wrapped, clock.now()):
        return key
    return await fetch(tx, ring, subject)


async def fetch(connection: RequestConnection, ring: KeyRing, subject: str) -> bytes:
    """The key of `subject`.

    Raises:
        NoDataKey: it never had one.
        DataKeyDestroyed: it was erased.
        CannotOpen: the ring does not hold the key that wrapped it.
    """
    found = await connection.fetch(FETCH, subject)
    if not found:
        raise NoDataKey(f"{subject} has no data key")
    if found[0]["wrapped"] is None:
        raise DataKeyDestroyed(f"{subject} was erased")
    return ring.unwrap(found[0]["ring_key"], found[0]["wrapped"], subject.encode())


async def destroy(tx: RequestConnection, subject: str) -> bool:
    """Makes everything sealed for `subject` unreadable when the transaction commits; whether there was a key.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    return await tx.execute(DESTROY, subject, clock.now()) == "UPDATE 1"
