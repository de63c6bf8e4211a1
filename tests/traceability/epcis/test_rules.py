"""Every broken document is refused for its rule, at the exact place of the break."""

import pytest

from app.traceability.epcis.document import Refused
from app.traceability.epcis.reader import read
from app.traceability.epcis.rules import Rule
from tests.traceability.epcis.broken import BROKEN_EVENTS, BROKEN_FRAMES
from tests.traceability.epcis.samples import CONTEXT, as_bytes, document, object_event


@pytest.mark.parametrize(("rule", "path", "data"), BROKEN_FRAMES)
def test_a_document_that_breaks_the_rule(rule: Rule, path: str, data: bytes) -> None:
    """The document has exactly this problem, and none of its events is stored."""
    found = read(data)
    assert [(problem.rule, problem.path) for problem in found.problems] == [(rule, path)]
    assert all(isinstance(entry, Refused) for entry in found.events)


@pytest.mark.parametrize(("rule", "path", "data"), BROKEN_EVENTS)
def test_an_event_that_breaks_the_rule(rule: Rule, path: str, data: bytes) -> None:
    """The event has exactly this problem, and its message is text for one line."""
    found = read(data)
    assert found.problems == ()
    assert [
        (problem.rule, problem.path)
        for entry in found.events
        if isinstance(entry, Refused)
        for problem in entry.problems
    ] == [(rule, path)]


def test_a_rule_is_explained_in_two_languages() -> None:
    """Each explanation is one line; no two rules share one."""
    assert all(rule.english.isascii() and rule.english.endswith(".") for rule in Rule)
    assert all(rule.chinese.endswith("。") and "\n" not in rule.chinese for rule in Rule)
    assert len({rule.english for rule in Rule}) == len(Rule)


def test_a_context_may_declare_what_is_not_needed() -> None:
    """JSON-LD keywords, coerced terms and unset terms in an @context are no problem."""
    terms = {
        "@version": 1.1,
        "yg:count": {"@type": "xsd:integer"},
        "unset": None,
        "own": {"@id": "https://own.example/"},
    }
    found = read(as_bytes(document(object_event(**{"own:a": 1}), **{"@context": [*CONTEXT, terms]})))
    assert found.problems == ()
    assert not any(isinstance(entry, Refused) for entry in found.events)
