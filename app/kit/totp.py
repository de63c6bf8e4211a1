"""Codes of an authenticator app: RFC 6238 with SHA-1, six digits and steps of 30 seconds, as every app has them."""

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from urllib.parse import quote

STEP = 30
_DIGITS = 6
_SECRET_BYTES = 20  # RFC 4226, section 4: at least 16, better 20


def new_secret() -> str:
    """160 random bits in base 32, as an app takes them."""
    return b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def step_at(moment: datetime) -> int:
    """The number of the step that `moment` falls in."""
    return int(moment.timestamp()) // STEP


def code(secret: str, step: int) -> str:
    """The code of a step (RFC 4226, section 5.3)."""
    mac = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = mac[-1] & 0xF
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def step_of(secret: str, given: str, now: datetime) -> int | None:
    """The step whose code was given: this one, or the one before or after it, as clocks differ; None: no code."""
    current, found = step_at(now), None
    for step in (current - 1, current, current + 1):  # each is compared, whichever fits
        if hmac.compare_digest(code(secret, step).encode(), given.encode()):
            found = step
    return found


def uri(secret: str, account: str, issuer: str) -> str:
    """What an app reads as a QR code (Key Uri Format)."""
    label = f"{quote(issuer)}:{quote(account)}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits={_DIGITS}&period={STEP}"
