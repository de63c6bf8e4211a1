"""Single values as the pre-hash string of the CBV event hash writes them (CBV 2.0, 8.9.2)."""

from decimal import Decimal

from app.traceability.epcis import identifiers, numbers, timestamps
from app.traceability.epcis.context import Context
from app.traceability.epcis.json_types import Json
from app.traceability.epcis.vocabulary import (
    BIZ_STEP,
    BIZ_TRANSACTION_TYPE,
    DISPOSITION,
    ERROR_REASON,
    SOURCE_DESTINATION_TYPE,
    Vocabulary,
)

_WITH_URN = (BIZ_STEP, DISPOSITION, BIZ_TRANSACTION_TYPE, SOURCE_DESTINATION_TYPE, ERROR_REASON)
_CBV_URN = "urn:epcglobal:cbv:"


def hashed_value(value: Json, context: Context, vocabulary: Vocabulary | None = None) -> str:
    """A number, truth value or text; empty where there is nothing to say.

    A text that reads as a number is written as that number, because the XML form of an event cannot tell the
    two apart and must give the same hash. CURIEs and old CBV URNs become Web URIs, identifiers of GS1 become
    canonical Digital Links.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return numbers.plain(value) if isinstance(value, int | Decimal) else ""
    text = value.strip()
    if vocabulary is not None and text in vocabulary.words:
        return vocabulary.uri(text)
    number = numbers.parse(text)
    if number is not None:
        return numbers.plain(number)
    return _hashed_uri(text, context) if ":" in text else text


def hashed_time(value: Json) -> str:
    """A time in UTC with milliseconds; a text that is no time as it is."""
    if not isinstance(value, str):
        return ""
    instant = timestamps.parse_time(value.strip())
    return value.strip() if instant is None else timestamps.milliseconds(instant)


def _hashed_uri(text: str, context: Context) -> str:
    uri = context.expand(text)
    if uri.startswith(_CBV_URN):
        for known in _WITH_URN:
            uri = known.uri(uri)
    key = identifiers.gs1_key(uri)
    return uri if key is None else key.digital_link
