"""Properties that hold for any event and any bytes."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.traceability.epcis import canonical, timestamps
from app.traceability.epcis.document import Document, Refused
from app.traceability.epcis.event import Event
from app.traceability.epcis.json_text import read_json
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.reader import read
from app.traceability.epcis.rules import Rule
from tests.traceability.epcis.samples import (
    CONTEXT,
    aggregation_event,
    as_bytes,
    document,
    object_event,
    sensor_event,
    transaction_event,
    transformation_event,
)

QUICK = settings(max_examples=60, deadline=None, database=None, derandomize=True)
MANY = settings(max_examples=250, deadline=None, database=None, derandomize=True)

LABELS = st.text("ABCabc019-_.", min_size=1, max_size=12)
SGTINS = LABELS.map(lambda serial: f"urn:epc:id:sgtin:6901234.012345.{serial}")
UNIQUE_SGTINS = st.lists(SGTINS, unique=True, min_size=1, max_size=5)
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=3)
REPORTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["Temperature", "AbsoluteHumidity", "gs1:Speed"]), "value": NUMBERS.map(float)}
)
STORABLE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
EXTENSIONS = st.recursive(
    st.one_of(STORABLE, st.integers(-(10**6), 10**6), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(LABELS.map("yg:{}".format), inner, max_size=3)
    ),
    max_leaves=6,
)
EVENTS = st.builds(
    object_event,
    epcList=UNIQUE_SGTINS,
    quantityList=st.lists(
        st.fixed_dictionaries(
            {
                "epcClass": LABELS.map(lambda lot: f"urn:epc:class:lgtin:6901234.012345.{lot}"),
                "quantity": NUMBERS.map(float),
            }
        ),
        max_size=3,
    ),
    bizTransactionList=st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["po", "desadv", "testres"]),
                "bizTransaction": LABELS.map("urn:example:{}".format),
            }
        ),
        max_size=3,
    ),
    sourceList=st.lists(
        st.fixed_dictionaries({"type": st.just("location"), "source": LABELS.map("urn:example:{}".format)}), max_size=3
    ),
    sensorElementList=st.lists(
        st.fixed_dictionaries({"sensorReport": st.lists(REPORTS, min_size=1, max_size=3)}), max_size=3
    ),
    ilmd=st.dictionaries(LABELS.map("cbvmda:{}".format), EXTENSIONS, max_size=3),
)
WITH_EXTENSION = st.builds(lambda event, value: {**event, "yg:field": value}, EVENTS, EXTENSIONS)


def _only_event(found: Document) -> Event:
    assert found.problems == ()
    (event,) = found.events
    assert isinstance(event, Event), event.problems
    return event


def _read(event: dict[str, Any]) -> Event:
    return _only_event(read(as_bytes(document(event))))


def _shuffled_members(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        order.shuffle(names)
        return {name: _shuffled_members(value[name], order) for name in names}
    return [_shuffled_members(item, order) for item in value] if isinstance(value, list) else value


def _shuffled_lists(value: Any, order: random.Random) -> Any:
    if isinstance(value, dict):
        return {name: _shuffled_lists(inner, order) for name, inner in value.items()}
    if isinstance(value, list):
        items = [_shuffled_lists(item, order) for item in value]
        order.shuffle(items)
        return items
    return value


@QUICK
@given(WITH_EXTENSION, st.randoms(use_true_random=False))
def test_order_of_members_changes_nothing(event: dict[str, Any], order: random.Random) -> None:
    """Members in another order give the same hash and the same canonical text."""
    first, second = _read(event), _read(_shuffled_members(event, order))
    assert (first.hash, first.canonical) == (second.hash, second.canonical)


@QUICK
@given(WITH_EXTENSION, st.randoms(use_true_random=False))
def test_order_of_lists_changes_no_hash(event: dict[str, Any], order: random.Random) -> None:
    """The lists of an event are sets to the hash."""
    assert _read(event).hash == _read(_shuffled_lists(event, order)).hash


@QUICK
@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - zone follows
    st.integers(-14 * 60, 14 * 60),
)
def test_zone_of_a_time_changes_no_hash(local: datetime, minutes: int) -> None:
    """The same instant written in another zone is the same event."""
    instant = local.replace(tzinfo=UTC)
    elsewhere = instant.astimezone(timezone(timedelta(minutes=minutes)))
    first = _read(object_event(eventTime=instant.isoformat().replace("+00:00", "Z")))
    second = _read(object_event(eventTime=elsewhere.isoformat()))
    assert (first.hash, first.event_time) == (second.hash, instant)
    assert second.event_time == instant


@QUICK
@given(st.decimals(min_value=0, max_value=10**12, places=4), st.integers(0, 5), st.integers(-3, 3))
def test_form_of_a_number_changes_nothing(number: Decimal, zeros: int, exponent: int) -> None:
    """Trailing zeros and exponents give the same hash, canonical text and quantity, to the last digit."""
    plain = format(number, "f")
    other = f"{format(number.scaleb(-exponent), 'f')}{'0' * zeros}e{exponent}"
    text = json.dumps(document(object_event()))
    first = _only_event(read(text.replace(" 120,", f" {plain},").encode()))
    second = _only_event(read(text.replace(" 120,", f" {other},").encode()))
    assert (first.hash, first.canonical) == (second.hash, second.canonical)
    assert first.lots[0].quantity == second.lots[0].quantity == number


@QUICK
@given(WITH_EXTENSION)
def test_canonical_text_reads_back_as_itself(event: dict[str, Any]) -> None:
    """The canonical text is an event of its own: same hash, same canonical text, same value."""
    first = _read(event)
    assert _only_event(read(first.canonical.encode())) == first


@QUICK
@given(UNIQUE_SGTINS)
def test_urn_and_digital_link_have_one_hash(urns: list[str]) -> None:
    """An EPC URN and its Digital Link, on any domain, are the same thing."""
    links = [f"https://trace.example/p/gtin/6901234123456/ser/{urn.split('.', 2)[2]}?17=270101" for urn in urns]
    assert _read(object_event(epcList=urns)).hash == _read(object_event(epcList=links)).hash


@MANY
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_any_bytes_get_a_verdict(data: bytes) -> None:
    """Reading never raises; bytes that are no document have a problem."""
    assert isinstance(read(data), Document)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key
        yield from _places(inner)


ANY_JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.sampled_from(["", "urn:x:y"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
RICH = [
    object_event(
        errorDeclaration={"declarationTime": "2026-11-21T00:00:00Z", "correctiveEventIDs": ["urn:x:y"]},
        persistentDisposition={"set": ["damaged"]},
        certificationInfo=["urn:x:y"],
        sourceList=[{"type": "location", "source": "urn:x:y"}],
        eventID="urn:x:z",
    ),
    aggregation_event(),
    transaction_event(),
    transformation_event(transformationID="urn:x:y"),
    sensor_event(),
]


@MANY
@given(st.data(), ANY_JSON)
def test_a_document_with_one_value_replaced_gets_a_verdict(data: st.DataObject, value: object) -> None:
    """Whatever stands at one place of a rich document, reading never raises and the other events keep theirs."""
    whole = json.loads(json.dumps(document(*RICH)))
    places = list(_places(whole))
    holder, key = places[data.draw(st.integers(0, len(places) - 1))]
    holder[key] = value
    found = read(json.dumps(whole).encode())
    if len(found.events) == len(RICH) and not found.problems:
        assert sum(isinstance(entry, Event) for entry in found.events) >= len(RICH) - 1
    assert all(entry.problems for entry in found.events if isinstance(entry, Refused))
    for entry in found.events:
        for problem in entry.problems if isinstance(entry, Refused) else ():
            assert problem.path.startswith("$")
            (problem.path + problem.message).encode()


@QUICK
@given(ANY_JSON)
def test_canonical_json_is_json_of_the_same_value(value: object) -> None:
    """Canonical text of any JSON reads back as the same value and is its own canonical text."""
    read_value = read_json(json.dumps(value).encode())
    assert not isinstance(read_value, Problem)
    text = canonical.canonical_json(read_value)
    again = read_json(text.encode("utf-8", "surrogatepass"))
    if not isinstance(again, Problem):
        assert canonical.canonical_json(again) == text
    else:
        assert again.rule is Rule.JSON_ENCODING


@QUICK
@given(st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - zone follows
def test_milliseconds_round_half_up(instant: datetime) -> None:
    """The text is within half a millisecond of the instant, and never below it at the half."""
    if instant.year == 9999:
        return
    parsed = timestamps.parse_time(timestamps.milliseconds(instant))
    assert parsed is not None
    assert timedelta(microseconds=-500) < parsed - instant <= timedelta(microseconds=500)


def test_the_context_of_the_samples_is_used() -> None:
    """The prefix of the samples stands in the canonical text, so that it can be read alone."""
    assert '"@context":["' + CONTEXT[0] + '",{"yg":"https://example.com/yougou/"}]' in _read(object_event()).canonical
