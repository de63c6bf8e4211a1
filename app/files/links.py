"""Addresses that carry their own permission: to write one ticket's file, or to read one upload, until a moment."""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from app.files.models import Upload, UploadTicket
from app.kit import clock, ids
from app.kit.subkeys import subkey


class Right(StrEnum):
    """What an address lets its bearer do."""

    READ = "read"
    WRITE = "write"


class Links:
    """Makes and reads such addresses; they begin at the server's root."""

    def __init__(self, secret: str) -> None:
        self._key = subkey(secret, "upload links")

    def to_read(self, upload_id: int, lifetime: timedelta) -> str:
        """Where an upload is read until `lifetime` from now is over."""
        expires = clock.now() + lifetime
        return f"/uploads/{ids.encode(Upload.__name__, upload_id)}?{self._query(Right.READ, upload_id, expires)}"

    def to_write(self, ticket_id: int, expires: datetime) -> str:
        """Where the file of a ticket is put until `expires`."""
        id_ = ids.encode(UploadTicket.__name__, ticket_id)
        return f"/uploads/incoming/{id_}?{self._query(Right.WRITE, ticket_id, expires)}"

    def is_good(self, right: Right, key: int, expires: str, signature: str) -> bool:
        """Whether an address is the shop's own and its time is not over."""
        if not expires.isascii() or not expires.isdigit() or len(expires) > 12:  # noqa: PLR2004 - seconds until year 33658
            return False
        return hmac.compare_digest(self._signature(right, key, expires).encode(), signature.encode()) and (
            clock.now().timestamp() < int(expires)
        )

    def _query(self, right: Right, key: int, expires: datetime) -> str:
        seconds = str(int(expires.timestamp()))
        return urlencode({"expires": seconds, "signature": self._signature(right, key, seconds)})

    def _signature(self, right: Right, key: int, expires: str) -> str:
        return hmac.digest(self._key, f"{right}:{key}:{expires}".encode(), "sha256").hex()[:32]
