"""Sealing of values that must not be read from the database alone: AES-256-GCM, and what finds them again.

A sealed value is one version byte, a random nonce of 12 bytes and the ciphertext with its tag. `aad` ties
it to its place (table, column, row): moved elsewhere it does not open.
"""

import binascii
import hashlib
import hmac
import os
from base64 import b64decode
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_LENGTH = 32
NONCE_LENGTH = 12
MAX_RING_ID = 20  # the column's length
VERSION = b"\x01"


class CannotOpen(Exception):  # noqa: N818 - refusals carry no suffix
    """The value was sealed with another key, for another place, or was changed."""


class UnknownRingKey(CannotOpen):
    """The key ring does not hold the key that wrapped this."""


class BadKeyRing(ValueError):  # noqa: N818 - as above
    """The text is no key ring. Nothing of the text is repeated in the message."""


def new_key() -> bytes:
    """A random key for one person's values."""
    return AESGCM.generate_key(8 * KEY_LENGTH)


def seal(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """`plaintext` sealed for the place `aad`, different each time."""
    nonce = os.urandom(NONCE_LENGTH)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, aad)


def unseal(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What was sealed with `key` for the place `aad`.

    Raises:
        CannotOpen: another key, another place, or changed bytes.
    """
    if sealed[:1] != VERSION:
        raise CannotOpen("sealed in an unknown form")
    nonce, ciphertext = sealed[1 : 1 + NONCE_LENGTH], sealed[1 + NONCE_LENGTH :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, aad)
    except (InvalidTag, ValueError):
        raise CannotOpen("the value does not open") from None


def blind_index(key: bytes, value: str) -> bytes:
    """32 bytes by which equal values are found without being readable (HMAC-SHA-256).

    `key` is derived for one column only, so that equal values of two columns are not linked.
    """
    return hmac.digest(key, value.encode(), hashlib.sha256)


class KeyRing:
    """The installation's keys that wrap people's keys: the newest wraps, all unwrap."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """Takes keys by id, newest first.

        Raises:
            BadKeyRing: none, or one of another length, or an id that does not fit its column.
        """
        if not keys or any(len(key) != KEY_LENGTH or not 0 < len(name) <= MAX_RING_ID for name, key in keys.items()):
            raise BadKeyRing("a key ring has keys of 32 bytes, with ids of 1 to 20 characters")
        self._keys = dict(keys)
        self.newest = next(iter(self._keys))
        self.names = tuple(self._keys)

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """The ring in `id:base64,id:base64`, newest first.

        Raises:
            BadKeyRing: another form, or an id twice.
        """
        keys: dict[str, bytes] = {}
        for entry in text.split(","):
            name, colon, coded = entry.strip().partition(":")
            try:
                key = b64decode(coded, validate=True)
            except binascii.Error:
                raise BadKeyRing("a key of the ring is not base64") from None
            if not colon or name in keys:
                raise BadKeyRing("a key ring is id:base64,id:base64 with different ids")
            keys[name] = key
        return cls(keys)

    def wrap(self, key: bytes, aad: bytes) -> tuple[str, bytes]:
        """A person's key sealed by the newest ring key: the ring key's id, and the sealed key."""
        return self.newest, seal(self._keys[self.newest], key, aad)

    def unwrap(self, ring_key: str, wrapped: bytes, aad: bytes) -> bytes:
        """The key that `wrap` sealed.

        Raises:
            UnknownRingKey: the ring has no such key any more.
            CannotOpen: it was wrapped for another person, or changed.
        """
        if ring_key not in self._keys:
            raise UnknownRingKey(f"the key ring has no key {ring_key}")
        return unseal(self._keys[ring_key], wrapped, aad)
