"""Checks of single values, shared by the checks of an event; each adds to one list of problems."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal

from app.traceability.epcis import identifiers, timestamps
from app.traceability.epcis.context import Context
from app.traceability.epcis.gs1_keys import MAX_LOT_LENGTH
from app.traceability.epcis.json_types import Json, JsonObject
from app.traceability.epcis.problems import Problem, member_path, shown
from app.traceability.epcis.rules import Rule
from app.traceability.epcis.vocabulary import Vocabulary

_STANDARD_NAMESPACES = re.compile(
    r"urn:epcglobal:cbv:|https?://(?:ns|ref)\.gs1\.org/cbv/|https?://(?:www\.)?gs1\.org/voc/"
)
_XMLNS = "@xmlns:"


class Inspection:
    """What is known while one event is checked: its context, and the problems found so far."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.problems: list[Problem] = []

    def refuse(self, rule: Rule, path: str, message: str) -> None:
        """Notes a broken rule."""
        self.problems.append(Problem(rule, path, message))

    def text(self, value: Json, path: str) -> str | None:
        """A value that must be text; None when it is not."""
        if isinstance(value, str):
            return value
        self.refuse(Rule.MEMBER_TYPE, path, f"{shown(value)} is not text")
        return None

    def number(self, value: Json, path: str) -> int | Decimal | None:
        """A value that must be a number; None when it is not."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return value
        self.refuse(Rule.MEMBER_TYPE, path, f"{shown(value)} is not a number")
        return None

    def truth(self, value: Json, path: str) -> bool | None:
        """A value that must be true or false; None when it is not."""
        if isinstance(value, bool):
            return value
        self.refuse(Rule.MEMBER_TYPE, path, f"{shown(value)} is not true or false")
        return None

    def object(self, value: Json, path: str) -> JsonObject | None:
        """A value that must be an object; None when it is not."""
        if isinstance(value, dict):
            return value
        self.refuse(Rule.MEMBER_TYPE, path, f"{shown(value)} is not an object")
        return None

    def items(self, value: Json, path: str) -> Iterator[tuple[Json, str]]:
        """The entries of a value that must be a list, each with its path."""
        if isinstance(value, list):
            yield from ((item, f"{path}[{index}]") for index, item in enumerate(value))
        else:
            self.refuse(Rule.MEMBER_TYPE, path, f"{shown(value)} is not a list")

    def objects(self, value: Json, path: str) -> Iterator[tuple[JsonObject, str]]:
        """The entries of a value that must be a list of objects, each with its path."""
        for item, place in self.items(value, path):
            entry = self.object(item, place)
            if entry is not None:
                yield entry, place

    def time(self, value: Json, path: str) -> datetime | None:
        """A value that must be a time; None when it is not."""
        text = self.text(value, path)
        instant = None if text is None else timestamps.parse_time(text)
        if text is not None and instant is None:
            self.refuse(Rule.TIME_FORMAT, path, f"{shown(text)} is not a date and time with an offset")
        return instant

    def uri(self, value: Json, path: str) -> str | None:
        """A value that must be a URI or a CURIE; its URI, or None."""
        text = self.text(value, path)
        if text is None:
            return None
        expanded = self.context.expand(text)
        if identifiers.is_uri(expanded):
            return expanded
        self.refuse(Rule.URI_FORMAT, path, f"{shown(text)} is not a URI")
        return None

    def identifier(self, value: Json, path: str) -> str | None:
        """A URI of a thing, a place or a party; its EPC scheme and check digit must be right."""
        uri = self.uri(value, path)
        if uri is None:
            return None
        if identifiers.is_broken_key(uri):
            self.refuse(Rule.EPC_FORMAT, path, f"{shown(uri)} does not follow its scheme")
            return None
        key = identifiers.gs1_key(uri)
        if key is not None and not key.has_right_check_digit:
            self.refuse(Rule.CHECK_DIGIT, path, f"{shown(uri)} has a wrong check digit")
            return None
        if key is not None and key.lot is not None and len(key.lot) > MAX_LOT_LENGTH:
            message = f"the lot code {shown(key.lot)} has {len(key.lot)} characters"
            self.refuse(Rule.LOT_CODE_LENGTH, path, message)
            return None
        return uri

    def word(self, value: Json, path: str, vocabulary: Vocabulary, rule: Rule) -> None:
        """A value that must be a word of a vocabulary, its Web URI, or a URI of somebody else's."""
        text = self.text(value, path)
        if text is None or text in vocabulary.words:
            return
        expanded = self.context.expand(text)
        if _STANDARD_NAMESPACES.match(expanded):
            if vocabulary.word(expanded) not in vocabulary.words:
                self.refuse(Rule.CBV_NAMESPACE, path, f"{shown(text)} is no CBV 2.0 {vocabulary.label} in JSON form")
        elif not identifiers.is_uri(expanded):
            self.refuse(rule, path, f"{shown(text)} is neither a CBV {vocabulary.label} nor a URI")

    def members(
        self, value: JsonObject, path: str, known: Collection[str], unknown: Rule = Rule.MEMBER_UNKNOWN
    ) -> None:
        """Every member of an object must be known or have a declared namespace."""
        inside = self.context.within(value)
        for name, inner in value.items():
            if name in known or name.startswith(_XMLNS):
                continue
            scope = inside
            if isinstance(inner, dict):  # <ns:name xmlns:ns="..."> declares the prefix of its own name
                scope = scope.within(inner)
            place = member_path(path, name)
            if ":" not in name:
                self.refuse(unknown, place, f"{shown(name)} is not known here and has no namespace")
            elif not scope.knows(name):
                self.refuse(
                    Rule.NAMESPACE_UNDECLARED,
                    place,
                    f"the prefix of {shown(name)} is not declared in @context",
                )
