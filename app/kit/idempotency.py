"""Writes that a retry may repeat act once and answer the same (DESIGN rule 4)."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

import orjson

from app.kit import clock, db
from app.kit.caller import Caller
from app.kit.db import RequestConnection
from app.kit.errors import BadInput, Refusal, Refused

KEPT = timedelta(hours=24)
_FORM = re.compile(r"[!-~]{8,64}")

# a second call with the same key waits here until the first has committed or rolled back
CLAIM = """
INSERT INTO idempotent_answer (caller, operation, key, input_hash, result, created_at)
VALUES ($1, $2, $3, $4, 'null', $5) ON CONFLICT (caller, operation, key) DO NOTHING RETURNING id
"""
ANSWER = "UPDATE idempotent_answer SET result = $2 WHERE id = $1"
REMEMBERED = "SELECT input_hash, result FROM idempotent_answer WHERE caller = $1 AND operation = $2 AND key = $3"
PURGE = "DELETE FROM idempotent_answer WHERE created_at < $1"


class Reference(NamedTuple):
    """What a write answered: the row by its GraphQL type and key, to be loaded again for a retry."""

    type: str
    key: int


class BadIdempotencyKey(BadInput):
    """The key is not 8 to 64 visible ASCII characters."""


@dataclass(frozen=True, slots=True)
class IdempotencyKeyReused(Refusal):
    """The key was used for another input before."""

    zh = "这个幂等键已用于另一次不同的提交，请换一个新的。"
    en = "This idempotency key was used for another input before: take a new one."


async def once(
    tx: RequestConnection,
    *,
    caller: Caller | str,
    operation: str,
    key: str,
    input: Any,  # noqa: A002 - the GraphQL name of what is compared
    act: Callable[[], Awaitable[Reference]],
) -> Reference:
    """What `act` answers, or what it answered the first time this caller used this key for this operation.

    The answer is stored in the transaction of `act`'s own writes: both are there or neither. When `act`
    raises, nothing is stored and the key stays free. Of concurrent calls one acts, the others wait for it.
    `caller`: who asks, or for a visitor the name of what only she can write, such as `cart:7`.

    Raises:
        BadIdempotencyKey: the key's form.
        Refused: IdempotencyKeyReused: the key was used with another input.
        NoTransactionError: outside the transaction of the write.
    """
    tx.require_transaction()
    if not _FORM.fullmatch(key):
        raise BadIdempotencyKey("an idempotency key is 8 to 64 visible ASCII characters")
    name, digest = str(caller), input_hash(input)
    claimed = await tx.fetch(CLAIM, name, operation, key, digest, clock.now())
    if claimed:
        reference = await act()
        await tx.execute(ANSWER, claimed[0]["id"], orjson.dumps(tuple(reference)).decode())
        return reference
    remembered = (await tx.fetch(REMEMBERED, name, operation, key))[0]
    if remembered["input_hash"] != digest:
        raise Refused(IdempotencyKeyReused())
    return Reference(*remembered["result"])


def input_hash(value: Any) -> bytes:
    """32 bytes that are equal for equal inputs, whatever the order of their fields.

    Takes what GraphQL inputs are made of: dicts, lists, dataclasses, texts, numbers, enums and times.
    """
    plain = orjson.loads(orjson.dumps(value, default=str))  # orjson sorts the keys of dicts, not of dataclasses
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).digest()


async def purge(_: dict[str, Any]) -> None:
    """The job that forgets answers older than a day."""
    await db.current().execute(PURGE, clock.now() - KEPT)
