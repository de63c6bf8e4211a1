"""Sessions: a short access token that nobody looks up, and a refresh token that is used once.

RFC 9700 (OAuth 2.0 Security Best Current Practice), 4.14.2: a refresh token is exchanged for the next one; one that
comes a second time was copied, so its whole sign-in ends, for the thief and for the owner, who signs in again.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import asyncpg
import structlog
from prometheus_client import Counter

from app.accounts import queries
from app.accounts.enums import SignInEnd
from app.accounts.errors import SessionEnded
from app.accounts.rules import CUSTOMER_SCOPES
from app.kit import clock, db, fanout
from app.kit.caller import Caller, CallerKind
from app.kit.db import RequestConnection
from app.kit.errors import Refused
from app.kit.tokens import Tokens

ACCESS = timedelta(minutes=10)
ENDED = "sign-ins ended"  # the topic of app.accounts.ended
MARK = "ygr_"
_SECRET_BYTES = 32  # as random as a key: its hash needs no salt and no slowness

_log = structlog.get_logger("accounts")
_REFUSED = Counter("refresh_tokens_refused", "Refresh tokens that were refused, by what is wrong with them.", ["why"])

_INSERT_SIGN_IN = """INSERT INTO sign_in (customer_id, staff_id, label, created_at, last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $4, $5) RETURNING id"""
_ADD = "INSERT INTO refresh_token (sign_in_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4)"
# the sign-in is locked, so of two uses of one token the second sees what the first did
_FIND = """SELECT s.id, s.customer_id, s.staff_id, s.expires_at AS ends_at, s.ended_at, t.id AS token_id, t.used_at,
  t.expires_at
FROM refresh_token t JOIN sign_in s ON s.id = t.sign_in_id WHERE t.token_hash = $1 FOR UPDATE OF s"""
_KNOWN = "SELECT id FROM refresh_token WHERE token_hash = $1"
_USED_AT = "SELECT used_at FROM refresh_token WHERE id = $1"
_USE = "UPDATE refresh_token SET used_at = $2 WHERE id = $1"
_SEEN = "UPDATE sign_in SET last_seen_at = greatest(last_seen_at, $2) WHERE id = $1"
_END = """UPDATE sign_in SET ended_at = $2, end_reason = $3
WHERE id = ANY($1) AND ended_at IS NULL RETURNING id"""


class Lifetimes(NamedTuple):
    """How long a sign-in lasts: unused for `idle` it ends, and after `longest` whatever happens."""

    idle: timedelta
    longest: timedelta


CUSTOMERS = Lifetimes(idle=timedelta(days=30), longest=timedelta(days=180))
STAFF = Lifetimes(idle=timedelta(minutes=30), longest=timedelta(hours=12))


@dataclass(frozen=True, slots=True)
class Session:
    """What a client keeps: tokens and until when each is good."""

    caller: Caller
    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime


async def begin(tx: RequestConnection, tokens: Tokens, caller: Caller, label: str, lifetimes: Lifetimes) -> Session:
    """A new sign-in of `caller`, a customer or a member of staff, with its first tokens.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    now = clock.now()
    is_customer = caller.kind is CallerKind.CUSTOMER
    people = (caller.id, None) if is_customer else (None, caller.id)
    ends_at = now + lifetimes.longest
    sign_in = (await tx.fetch(_INSERT_SIGN_IN, *people, label, now, ends_at))[0]["id"]
    return await _issue(tx, tokens, caller.within(sign_in), lifetimes, ends_at)


async def refresh(tokens: Tokens, refresh_token: str) -> Session:
    """The next tokens of a sign-in. The old refresh token is used up by it.

    Raises:
        Refused: SessionEnded: unknown, over, or used before, which ends the whole sign-in.
    """
    token_hash = _hash(refresh_token)
    if not await db.fetch(_KNOWN, token_hash):
        _REFUSED.labels("unknown").inc()
        raise Refused(SessionEnded())  # an invented one costs a read and no transaction
    async with db.transaction() as tx:
        session = await _refreshed(tx, tokens, token_hash)
    if session is None:  # after the commit: that the sign-in ended stays
        _REFUSED.labels("ended").inc()
        raise Refused(SessionEnded())
    return session


async def _refreshed(tx: RequestConnection, tokens: Tokens, token_hash: bytes) -> Session | None:
    now = clock.now()
    found = await tx.fetch(_FIND, token_hash)
    if not found or found[0]["ended_at"] is not None:
        return None
    sign_in = found[0]
    if (await tx.fetch(_USED_AT, sign_in["token_id"]))[0]["used_at"] is not None:  # read again behind the lock
        _log.warning("a refresh token was used twice", sign_in=sign_in["id"])
        await end(tx, [sign_in["id"]], SignInEnd.REUSED)
        return None
    caller = await _caller_of(tx, sign_in)
    if caller is None or now >= min(sign_in["expires_at"], sign_in["ends_at"]):
        await end(tx, [sign_in["id"]], SignInEnd.EXPIRED)
        return None
    await tx.execute(_USE, sign_in["token_id"], now)
    await tx.execute(_SEEN, sign_in["id"], now)
    lifetimes = CUSTOMERS if caller.kind is CallerKind.CUSTOMER else STAFF
    return await _issue(tx, tokens, caller, lifetimes, sign_in["ends_at"])


async def _caller_of(tx: RequestConnection, sign_in: asyncpg.Record) -> Caller | None:
    """Whom a sign-in speaks for, with what she may do now; None when she may not come back."""
    if sign_in["customer_id"] is not None:
        if not await queries.active_customers([sign_in["customer_id"]]):
            return None
        return Caller(CallerKind.CUSTOMER, sign_in["customer_id"], CUSTOMER_SCOPES, sign_in["id"])
    scopes = await queries.scopes_of_staff(tx, sign_in["staff_id"])
    return None if scopes is None else Caller(CallerKind.STAFF, sign_in["staff_id"], scopes, sign_in["id"])


async def end(tx: RequestConnection, sign_ins: list[int], reason: SignInEnd) -> list[int]:
    """Ends those of the sign-ins that go on; their ids. Their access tokens end with the commit, in every process.

    Raises:
        NoTransactionError: outside a transaction.
    """
    tx.require_transaction()
    ended = [record["id"] for record in await tx.fetch(_END, sorted(sign_ins), clock.now(), reason)]
    if ended:
        fanout.announce(tx, ENDED, {"ids": ended})
    return ended


async def _issue(
    tx: RequestConnection, tokens: Tokens, caller: Caller, lifetimes: Lifetimes, ends_at: datetime
) -> Session:
    now, text = clock.now(), MARK + secrets.token_urlsafe(_SECRET_BYTES)
    refresh_ends = min(now + lifetimes.idle, ends_at)
    await tx.execute(_ADD, caller.session, _hash(text), now, refresh_ends)
    lifetime = min(ACCESS, ends_at - now)
    return Session(caller, tokens.issue(caller, lifetime), now + lifetime, text, refresh_ends)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
