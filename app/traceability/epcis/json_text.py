"""Bytes to JSON, refusing every text that would be read differently elsewhere or could not be stored."""

import json
import re
from collections import Counter
from decimal import Decimal
from typing import cast

from app.traceability.epcis import numbers
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.problems import Problem, member_path, shown
from app.traceability.epcis.rules import Rule

MAX_DEPTH = 64

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_XML = re.compile(rb"\s*<")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class _Repeating(JsonObject):
    """An object that named a member twice; the last one counts, as everywhere in Python."""

    repeated: tuple[str, ...] = ()


class _UnreadNumber(str):
    """The literal of a number that is not finite or too long."""

    __slots__ = ()


def read_json(data: bytes) -> Json | Problem:
    """The JSON value of a text, or the one problem that makes it unreadable.

    Smaller flaws (duplicate members, NaN, too long numbers, unstorable characters, deep nesting) stay marked
    in the value for `flaws` to find at their paths.
    """
    if data.startswith(_MARKS):
        return Problem(Rule.JSON_BYTE_ORDER_MARK, "$", "the file starts with a byte order mark; save it without")
    if _XML.match(data):
        return Problem(Rule.XML_UNSUPPORTED, "$", "the file is XML; send EPCIS 2.0 as JSON or JSON-LD")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Problem(Rule.JSON_ENCODING, "$", f"byte {error.start} is not UTF-8")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_UnreadNumber,
        )
    except json.JSONDecodeError as error:
        return Problem(Rule.JSON_SYNTAX, "$", f"line {error.lineno}, column {error.colno}: {error.msg}")
    except RecursionError:
        return Problem(Rule.JSON_DEPTH, "$", f"nested deeper than {MAX_DEPTH} levels")
    return cast("Json", value)


def flaws(root: Json, path: str, *, skip: Json = None) -> list[Problem]:
    """The flaws that `read_json` marked in a value, in no particular order; a container `skip` is not entered.

    It walks with a list of its own instead of calling itself, so that no nesting can exhaust the stack.
    """
    found: list[Problem] = []
    pending: list[tuple[Json, str, int]] = [(root, path, 1)]
    while pending:
        value, place, depth = pending.pop()
        if isinstance(value, str):
            if type(value) is _UnreadNumber:
                found.append(Problem(Rule.JSON_NUMBER, place, f"{shown(str(value))} is not a number we read"))
            elif _UNSTORABLE.search(value):
                found.append(Problem(Rule.JSON_CHARACTER, place, f"{shown(value)} cannot be stored"))
        elif isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                found.append(Problem(Rule.JSON_DEPTH, place, f"nested deeper than {MAX_DEPTH} levels"))
            elif isinstance(value, list):
                pending += [
                    (item, f"{place}[{index}]", depth + 1)
                    for index, item in enumerate(value)
                    if item is not skip or item is None
                ]
            else:
                found += _flaws_of_names(value, place)
                pending += [
                    (item, member_path(place, name), depth + 1)
                    for name, item in value.items()
                    if item is not skip or item is None
                ]
    return found


def _flaws_of_names(value: JsonObject, path: str) -> list[Problem]:
    found = [
        Problem(Rule.JSON_CHARACTER, path, f"the name {shown(name)} cannot be stored")
        for name in value
        if _UNSTORABLE.search(name)
    ]
    if isinstance(value, _Repeating):
        found += [
            Problem(Rule.JSON_DUPLICATE_KEY, member_path(path, name), f"{shown(name)} stands more than once")
            for name in value.repeated
        ]
    return found


def _object(pairs: list[tuple[str, Json]]) -> JsonObject:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    counts = Counter(name for name, _ in pairs)
    marked = _Repeating(value)
    marked.repeated = tuple(name for name, count in counts.items() if count > 1)
    return marked


def _integer(text: str) -> int | _UnreadNumber:
    return int(text) if len(text) <= numbers.MAX_LENGTH else _UnreadNumber(text)


def _fraction(text: str) -> Decimal | _UnreadNumber:
    number = numbers.parse(text)
    return _UnreadNumber(text) if number is None else number
