"""The secret by which a visitor finds her cart: 128 random bits, of which a hash is kept."""

import hashlib
import re
import secrets

_FORM = re.compile(r"ygc_[A-Za-z0-9_-]{22}")


def new_token() -> str:
    """A token nobody guesses."""
    return f"ygc_{secrets.token_urlsafe(16)}"


def token_hash(token: str) -> bytes | None:
    """32 bytes to find a cart by; None when the text is no token."""
    return None if not _FORM.fullmatch(token) else hashlib.sha256(token.encode()).digest()
