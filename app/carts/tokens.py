"""The secret by which a visitor finds her cart: 128 random bits, of which a hash is kept."""

import hashlib
import re
import secrets

from app.carts.errors import CartNotFound
from app.kit.errors import Refused

_FORM = re.compile(r"ygc_[A-Za-z0-9_-]{22}")


def new_token() -> str:
    """A token nobody guesses."""
    return f"ygc_{secrets.token_urlsafe(16)}"


def token_hash(token: str) -> bytes:
    """32 bytes to find a cart by.

    Raises:
        Refused: CartNotFound: the text is no token.
    """
    if not _FORM.fullmatch(token):
        raise Refused(CartNotFound())
    return hashlib.sha256(token.encode()).digest()
