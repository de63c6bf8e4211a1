"""Seals people's values and finds them again: the key ring and the key of blind indexes, put together once."""

from app.kit import crypto, data_keys
from app.kit.crypto import KeyRing
from app.kit.db import RequestConnection
from app.kit.subkeys import subkey


class Vault:
    """Where a sealed value lies is part of its seal: `place` is table and column, and the subject is whose it is."""

    def __init__(self, ring: KeyRing, index_secret: str) -> None:
        """`index_secret` is what blind indexes are keyed with: it never changes, or nobody is found again."""
        self.ring = ring
        self._index_secret = index_secret

    def index(self, place: str, value: str) -> bytes:
        """32 bytes that are equal for equal values of one place only."""
        return crypto.blind_index(subkey(self._index_secret, f"index of {place}"), value)

    async def seal(self, tx: RequestConnection, subject: str, place: str, value: str) -> bytes:
        """`value` under the key of `subject` (`customer:7`), which is made when there is none.

        Raises:
            DataKeyDestroyed: the subject was erased.
            NoTransactionError: outside a transaction.
        """
        key = await data_keys.ensure(tx, self.ring, subject)
        return crypto.seal(key, value.encode(), _aad(subject, place))

    async def unseal(self, connection: RequestConnection, subject: str, place: str, sealed: bytes) -> str:
        """What was sealed for this subject and place.

        Raises:
            NoDataKey, DataKeyDestroyed: there is no key.
            CannotOpen: sealed with another key, for another subject or place, or changed.
        """
        key = await data_keys.fetch(connection, self.ring, subject)
        return crypto.unseal(key, sealed, _aad(subject, place)).decode()


def _aad(subject: str, place: str) -> bytes:
    return f"{place} of {subject}".encode()
