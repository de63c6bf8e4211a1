"""Bearer tokens that the shop signs and reads itself: `yg2.<key id>.<claims>.<signature>`.

One algorithm, HMAC-SHA-256, fixed by the version in front: nothing in a token chooses how it is checked,
which is what JSON Web Tokens are attacked through. Nothing in a token is secret.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import orjson

from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.kit.subkeys import subkey

VERSION = "yg2"
MAX_LENGTH = 4000  # a header of 8 KiB is the usual limit on the way
_PARTS = 4


class BadToken(Exception):  # noqa: N818 - refusals carry no suffix
    """The text names no caller; each reason is a class of its own."""


class TokenMalformed(BadToken):
    """The text is no token."""


class TokenVersionUnknown(BadToken):
    """The token is of a form this program does not know."""


class TokenTampered(BadToken):
    """The signature does not fit, or is by a key that is not in use."""


class TokenExpired(BadToken):
    """The token was good until its time was over."""


class Tokens:
    """Signs with the newest key, reads by any key still in use."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Takes the installation's secrets, newest first; an old one stays until its tokens have expired."""
        keys = [subkey(secret, "tokens") for secret in secrets]
        self._keys = {subkey(secret, "token key id").hex()[:8]: key for secret, key in zip(secrets, keys, strict=True)}
        self._newest = next(iter(self._keys))

    def issue(self, caller: Caller, lifetime: timedelta) -> str:
        """A token that speaks for `caller` from now on for `lifetime`, to the second."""
        expires = int((clock.now() + lifetime).timestamp())
        claims = orjson.dumps([caller.kind, caller.id, expires, sorted(caller.scopes), caller.session])
        signed = f"{VERSION}.{self._newest}.{_text(claims)}"
        return f"{signed}.{_text(_mac(self._keys[self._newest], signed))}"

    def read(self, token: str) -> Caller:
        """The caller a token speaks for.

        Raises:
            BadToken: as `read_until`.
        """
        return self.read_until(token)[0]

    def read_until(self, token: str) -> tuple[Caller, datetime]:
        """The caller a token speaks for, and when its time is over.

        Raises:
            TokenMalformed: no token.
            TokenVersionUnknown: a token of another form.
            TokenTampered: the signature does not fit.
            TokenExpired: its time is over.
        """
        if len(token) > MAX_LENGTH or not token.isascii():
            raise TokenMalformed("not a token")
        parts = token.split(".")
        if len(parts) != _PARTS:
            raise TokenMalformed("not a token")
        version, key_id, claims, signature = parts
        if version != VERSION:
            raise TokenVersionUnknown("a token of an unknown version")
        key = self._keys.get(key_id)
        signed = token[: -len(signature) - 1]
        if key is None or not hmac.compare_digest(_text(_mac(key, signed)), signature):
            raise TokenTampered("the signature of the token does not fit")
        kind, caller_id, expires, scopes, session = orjson.loads(_bytes(claims))
        expires_at = datetime.fromtimestamp(expires, UTC)
        if clock.now() >= expires_at:
            raise TokenExpired("the token has expired")
        return Caller(CallerKind(kind), caller_id, frozenset(scopes), session), expires_at


def _mac(key: bytes, signed: str) -> bytes:
    return hmac.digest(key, signed.encode(), hashlib.sha256)


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
