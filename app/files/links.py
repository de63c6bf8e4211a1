"""The address a ticket's file is put to: it carries its own permission, until a moment."""

import hmac
from datetime import datetime
from urllib.parse import urlencode

from app.files.models import UploadTicket
from app.kit import clock, ids
from app.kit.subkeys import subkey

_LONGEST = 12  # digits of the seconds: until the year 33658


class Links:
    """Makes such addresses and knows its own again. Those of one secret are the same in every process."""

    def __init__(self, secret: str) -> None:
        self._key = subkey(secret, "upload links")

    def to_write(self, ticket_id: int, expires: datetime) -> str:
        """Where the file of a ticket is put until `expires`, from the server's root on."""
        seconds = str(int(expires.timestamp()))
        query = urlencode({"expires": seconds, "signature": self._signature(ticket_id, seconds)})
        return f"/uploads/incoming/{ids.encode(UploadTicket.__name__, ticket_id)}?{query}"

    def is_good(self, ticket_id: int, expires: str, signature: str) -> bool:
        """Whether an address is the shop's own and its time is not over."""
        if not (expires.isascii() and expires.isdigit() and len(expires) <= _LONGEST):
            return False
        expected = self._signature(ticket_id, expires).encode()
        return hmac.compare_digest(expected, signature.encode()) and clock.now().timestamp() < int(expires)

    def _signature(self, ticket_id: int, expires: str) -> str:
        return hmac.digest(self._key, f"{ticket_id}:{expires}".encode(), "sha256").hex()[:32]
