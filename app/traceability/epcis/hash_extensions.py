"""Extension members in the pre-hash string: `{namespace}name=value`, nested ones after their parent."""

from collections.abc import Collection

from app.traceability.epcis.context import Context
from app.traceability.epcis.hash_values import hashed_value
from app.traceability.epcis.json_types import Json, JsonObject

_COMMENTS = frozenset({"{http://www.w3.org/2000/01/rdf-schema#}comment", "comment"})
_XMLNS = "@xmlns:"
_TEXT = "#text"


def extension_strings(value: JsonObject, context: Context, standard: Collection[str]) -> list[str]:
    """One string for each member that is not standard and each entry of its list, in code point order.

    Comments take no part, nor do nulls, which JSON-LD drops; a `#text` member is the value of its object.
    """
    strings: list[str] = []
    for name, inner in value.items():
        if name in standard or name == _TEXT or name.startswith(_XMLNS):
            continue
        scope = context.within(inner) if isinstance(inner, dict) else context
        key = scope.qualified(name)
        if key not in _COMMENTS:
            strings += _strings(key, inner, scope)
    return sorted(strings)


def _strings(key: str, value: Json, context: Context) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [string for item in value for string in _strings(key, item, context)]
    if isinstance(value, dict):
        inside = context.within(value)
        text = _pair(key, hashed_value(value.get(_TEXT), inside))
        return [text + "".join(extension_strings(value, inside, ()))]
    return [_pair(key, hashed_value(value, context))]


def _pair(key: str, text: str) -> str:
    return f"{key}={text}" if text else key
