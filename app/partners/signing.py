"""How a webhook's request is signed: the scheme of Standard Webhooks 1.0, version `v1`; no I/O.

The signature is HMAC-SHA-256 over `<webhook-id>.<webhook-timestamp>.<body>`, base64, behind `v1,`. While a secret
is being replaced there are two signatures, separated by a blank; the receiver takes the request if one fits. Source:
standard-webhooks/standard-webhooks, spec/standard-webhooks.md, so that receivers find ready libraries.
"""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

MARK = "whsec_"
SECRET_LENGTH = 32  # bytes


def new_secret() -> bytes:
    """A random secret for one webhook."""
    return os.urandom(SECRET_LENGTH)


def shown(secret: bytes) -> str:
    """The secret as its receiver gets it: `whsec_` and base64."""
    return MARK + b64encode(secret).decode()


def secret_of(text: str) -> bytes:
    """The secret behind its shown form."""
    return b64decode(text.removeprefix(MARK))


def body(kind: str, happened_at: datetime, payload: dict[str, Any]) -> bytes:
    """What is sent of an event; the same bytes at every attempt."""
    said = {"type": kind, "timestamp": happened_at.astimezone(UTC), "data": payload}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def event_name(event: UUID) -> str:
    """How receivers know an event."""
    return f"evt_{event.hex}"


def headers(event: UUID, now: datetime, content: bytes, secrets: Sequence[bytes]) -> dict[str, str]:
    """The headers that name and sign an attempt made `now`. The id is the event's: a receiver drops what it knows."""
    name, stamp = event_name(event), str(int(now.timestamp()))
    signed = b"%s.%s.%s" % (name.encode(), stamp.encode(), content)
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets),
    }


def _signature(secret: bytes, signed: bytes) -> str:
    return "v1," + b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
