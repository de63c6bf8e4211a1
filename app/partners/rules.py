"""What an API key looks like and whether it holds; no I/O."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from typing import NamedTuple

from app.partners.errors import ApiKeyExpired, ApiKeyRevoked, ApiKeyUnknown, BadApiKey, PartnerInactive

MARK = "ygk_"
_FORM = re.compile(r"ygk_([0-9a-f]{12})_([0-9a-f]{64})")
_NO_HASH = bytes(32)


class NewKey(NamedTuple):
    """A key just made: `text` is shown once, the other two are stored."""

    text: str
    prefix: str
    key_hash: bytes


class StoredKey(NamedTuple):
    """What is known of a key: its row and its partner's."""

    id: int
    partner_id: int
    key_hash: bytes
    scopes: frozenset[str]
    expires_at: datetime
    revoked_at: datetime | None
    partner_is_active: bool


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
