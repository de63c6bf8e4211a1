"""What an API key looks like and whether it holds, and what a partner may be given; no I/O."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from app.kit.caller import Caller, CallerKind
from app.kit.errors import Forbidden, Refused
from app.partners.enums import PartnerEventType, PartnerKind
from app.partners.errors import (
    ApiKeyExpired,
    ApiKeyRevoked,
    ApiKeyTimeNotAllowed,
    ApiKeyUnknown,
    BadApiKey,
    BadPartner,
    PartnerInactive,
    ScopesNotAllowed,
)

MARK = "ygk_"
ALLOWED_SCOPES: Mapping[PartnerKind, frozenset[str]] = {
    PartnerKind.LAB: frozenset({"reports:file"}),
    PartnerKind.SUPPLIER: frozenset(),
    PartnerKind.LOGISTICS: frozenset(),
    PartnerKind.GROUP_LEADER: frozenset(),
}
"""What a key may be allowed beyond what everybody may read, by what the partner does for the shop."""
MAX_LIFETIME = timedelta(days=400)  # a year, and a month to replace the key in
MAX_NAME = 80
MAX_PER_MINUTE = 100_000
MAX_PER_DAY = 100_000_000
_CODE = re.compile(r"[a-z0-9-]{2,40}")
_FORM = re.compile(r"ygk_([0-9a-f]{12})_([0-9a-f]{64})")
_NO_HASH = bytes(32)


class NewKey(NamedTuple):
    """A key just made: `text` is shown once, the other two are stored."""

    text: str
    prefix: str
    key_hash: bytes


class Budget(NamedTuple):
    """How often a partner may send each of its documents: in a minute of the clock, and on a business day."""

    per_minute: int
    per_day: int


class StoredKey(NamedTuple):
    """What is known of a key: its row and its partner's."""

    id: int
    partner_id: int
    key_hash: bytes
    scopes: frozenset[str]
    expires_at: datetime
    revoked_at: datetime | None
    partner_is_active: bool
    budget: Budget


def new_key() -> NewKey:
    """A key `ygk_<prefix>_<secret>`: 6 random bytes that find it and 32 that prove it, both in hex.

    Hex, so that a double click selects all of it and a scanner for leaked secrets knows it by its form.
    """
    prefix, secret = secrets.token_hex(6), secrets.token_hex(32)
    return NewKey(f"{MARK}{prefix}_{secret}", prefix, hash_of(secret))


def split(text: str) -> tuple[str, str]:
    """The prefix and the secret of a key.

    Raises:
        ApiKeyUnknown: it has not the form of a key.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ApiKeyUnknown
    return found[1], found[2]


def hash_of(secret: str) -> bytes:
    """What is stored of a secret: its SHA-256.

    Slow hashes with salt protect what people choose. This is 32 random bytes: there is no list to try, and
    2^256 fast attempts are as hopeless as slow ones; a slow hash would only cost every request.
    """
    return hashlib.sha256(secret.encode()).digest()


def matching(key: StoredKey | None, digest: bytes) -> StoredKey:
    """The key if `digest` is that of its secret. Compares in constant time, also where there is no key.

    Raises:
        ApiKeyUnknown: no key has the prefix, or its secret is another: nobody learns which.
    """
    is_same = hmac.compare_digest(_NO_HASH if key is None else key.key_hash, digest)
    if key is None or not is_same:
        raise ApiKeyUnknown
    return key


def refusal_of(key: StoredKey, now: datetime) -> BadApiKey | None:
    """Why a key that was proved does not hold at `now`; None if it does."""
    if key.revoked_at is not None:
        return ApiKeyRevoked()
    if now >= key.expires_at:
        return ApiKeyExpired()
    return None if key.partner_is_active else PartnerInactive()


def partner_of(caller: Caller) -> int:
    """The key of the partner who asks.

    Raises:
        Forbidden: the caller is somebody else.
    """
    if caller.kind is not CallerKind.PARTNER or caller.id is None:
        raise Forbidden("This is for partners.")
    return caller.id


def check_partner(code: str, name: str, calls_per_minute: int, calls_per_day: int) -> None:
    """Lets a new partner through.

    Raises:
        BadPartner: the code is no slug, the name is blank or long, or the budget is not from 1 call a minute up.
    """
    if _CODE.fullmatch(code) is None:
        raise BadPartner("code is 2 to 40 lower-case letters, digits and hyphens")
    if not name.strip() or len(name) > MAX_NAME:
        raise BadPartner(f"name is 1 to {MAX_NAME} characters")
    if not 1 <= calls_per_minute <= MAX_PER_MINUTE or not calls_per_minute <= calls_per_day <= MAX_PER_DAY:
        raise BadPartner(f"callsPerMinute is 1 to {MAX_PER_MINUTE}, callsPerDay from that to {MAX_PER_DAY}")


def check_scopes(kind: PartnerKind, scopes: list[str]) -> None:
    """Lets scopes through that a partner of this kind may have.

    Raises:
        ScopesNotAllowed: some it may not have.
    """
    if not set(scopes) <= ALLOWED_SCOPES[kind]:
        raise Refused(ScopesNotAllowed(sorted(ALLOWED_SCOPES[kind])))


def check_time(ends_at: datetime, now: datetime) -> None:
    """Lets the end of a key through.

    Raises:
        ApiKeyTimeNotAllowed: it is past, or further away than MAX_LIFETIME.
    """
    if not now < ends_at <= now + MAX_LIFETIME:
        raise Refused(ApiKeyTimeNotAllowed(now + MAX_LIFETIME))


def event_names(events: list[PartnerEventType]) -> list[str]:
    """What a webhook listens to, as stored: sorted, each once.

    Raises:
        BadPartner: nothing.
    """
    if not events:
        raise BadPartner("a webhook listens to at least one event")
    return sorted({event.value for event in events})
