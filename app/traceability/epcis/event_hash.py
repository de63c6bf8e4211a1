"""The CBV event hash: a fingerprint of what an event says, whatever its form (CBV 2.0, 8.9.2)."""

import hashlib

from app.traceability.epcis.context import Context
from app.traceability.epcis.json_types import JsonObject
from app.traceability.epcis.prehash import prehash


def event_hash(event: JsonObject, context: Context) -> str:
    """The hash as a named information URI: `ni:///sha-256;<64 hex digits>?ver=CBV2.0`.

    An event and its error declaration have the same hash. It is no signature: anyone can compute it.
    """
    digest = hashlib.sha256(prehash(event, context).encode()).hexdigest()
    return f"ni:///sha-256;{digest}?ver=CBV2.0"
