"""Canonical JSON in the manner of RFC 8785, but with exact numbers.

RFC 8785 (and the package `rfc8785`) writes numbers as IEEE doubles and refuses integers beyond 2^53. Quantities
and measurements here are decimals that must survive exactly, so numbers are written in full, without exponent.
Order of members (UTF-16 code units), escapes and the absence of white space are those of the RFC.
"""

from json.encoder import encode_basestring

from app.traceability.epcis import numbers
from app.traceability.epcis.context import GS1_CONTEXT, Context
from app.traceability.epcis.json_types import Json, JsonObject


def canonical_json(value: Json) -> str:
    """The one text of a JSON value: sorted members, no white space, plain numbers."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        members = sorted(value.items(), key=_utf16)
        return "{" + ",".join(f"{encode_basestring(k)}:{canonical_json(v)}" for k, v in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical_json, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return numbers.plain(value)


def canonical_event(event: JsonObject, context: Context) -> str:
    """The canonical text of an event that can be read again alone: with the prefixes that it uses."""
    used: dict[str, Json] = {}
    _collect_prefixes(event, context, used)
    alone: JsonObject = {**event, "@context": [GS1_CONTEXT, used] if used else [GS1_CONTEXT]}
    return canonical_json(alone)


def _collect_prefixes(value: Json, context: Context, used: dict[str, Json]) -> None:
    if isinstance(value, str):
        head, colon, _ = value.partition(":")
        if colon and head in context.declared:
            used[head] = context.declared[head]
    elif isinstance(value, list):
        for item in value:
            _collect_prefixes(item, context, used)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name != "@context":
                _collect_prefixes(name, context, used)
                _collect_prefixes(item, context, used)


def _utf16(member: tuple[str, Json]) -> bytes:
    return member[0].encode("utf-16-be")
