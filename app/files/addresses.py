"""Addresses of files, and the signatures that make some of them impossible to invent."""

from base64 import urlsafe_b64encode
from datetime import datetime
from hmac import compare_digest, digest

from app.kit import clock
from app.kit.errors import BadInput
from app.kit.subkeys import subkey

ROOT = "/media/"
PUBLIC = "media/"
"""Below it the store keeps what anyone may see: the file at ROOT + `x` is stored as PUBLIC + `x`."""
WIDTHS = (160, 320, 480, 640, 960)
"""The widths in pixels a picture may be asked in: few, so that each is made once and kept."""
UPLOADS = "uploads/"
"""Below it the store keeps what somebody sent: nobody finds it who was not given its address."""
EXPORTS = "exports/"
"""Below it the store keeps what only one person may fetch, by a link that ends: the key is the address's path too."""
_PURPOSE = "media addresses"
_SIGNATURE_BYTES = 16
_LONGEST_TIME = 12  # digits of the seconds


class BadWidth(BadInput):
    """A width that is not offered."""


def check_width(width: int | None) -> None:
    """Lets pass None, and what is offered.

    Raises:
        BadWidth: anything else.
    """
    if width is not None and width not in WIDTHS:
        raise BadWidth(f"width must be one of {', '.join(map(str, WIDTHS))}")


class Addresses:
    """Makes addresses and knows its own again. Those of one secret are the same in every process."""

    def __init__(self, secret: str) -> None:
        self._key = subkey(secret, _PURPOSE)

    def public(self, key: str, width: int | None = None) -> str:
        """Where the public file PUBLIC + `key` is, as it is or, for a picture, at most `width` pixels wide.

        An upload that the public is shown is the file `key` itself, and keeps an address nobody can invent.

        Raises:
            BadWidth: `width` is none of WIDTHS.
        """
        check_width(width)
        if width is None:
            return self.stored(key) if key.startswith(UPLOADS) else ROOT + key
        return f"{ROOT}{key}?width={width}&signature={self._signature(key, str(width))}"

    def stored(self, key: str) -> str:
        """Where the stored file `key` is, whole; one that is not public is found only by who was given its address."""
        if key.startswith(PUBLIC):
            return ROOT + key.removeprefix(PUBLIC)
        return f"{ROOT}{key}?signature={self._signature(key, '')}"

    def expiring(self, key: str, until: datetime) -> str:
        """Where the file `key` below EXPORTS can be fetched by whoever has this link, until that moment."""
        seconds = str(int(until.timestamp()))
        return f"/{key}?expires={seconds}&signature={self._signature(key, f'until {seconds}')}"

    def is_open(self, key: str, expires: str, signature: str) -> bool:
        """Whether a link is the shop's own and its time is not over."""
        if not (expires.isascii() and expires.isdigit() and len(expires) <= _LONGEST_TIME):
            return False
        expected = self._signature(key, f"until {expires}").encode()
        return compare_digest(expected, signature.encode()) and clock.now().timestamp() < int(expires)

    def is_ours(self, key: str, width: str, signature: str) -> bool:
        """Whether this class gave out the address with this key and width (empty: none)."""
        return compare_digest(self._signature(key, width).encode(), signature.encode())

    def _signature(self, key: str, width: str) -> str:
        whole = digest(self._key, f"{width}\n{key}".encode(), "sha256")
        return urlsafe_b64encode(whole[:_SIGNATURE_BYTES]).rstrip(b"=").decode()
