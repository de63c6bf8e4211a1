"""JSON texts: how numbers are read, and flaws at their places."""

from decimal import Decimal

from app.traceability.epcis.json_text import flaws, read_json
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.rules import Rule


def _flaws(text: bytes) -> set[tuple[Rule, str]]:
    value = read_json(text)
    assert not isinstance(value, Problem)
    return {(problem.rule, problem.path) for problem in flaws(value, "$")}


def test_numbers_are_exact() -> None:
    """Whole numbers are int, others Decimal with every digit."""
    assert read_json(b"[1, 0.1, 12345678901234567.89, 1e3]") == [
        1,
        Decimal("0.1"),
        Decimal("12345678901234567.89"),
        Decimal(1000),
    ]


def test_all_flaws_are_found() -> None:
    """Each with its path; a sound value beside them has none."""
    text = rb'{"a": [NaN, -Infinity, 1e41, 1], "b c": {"x": 1, "x": 2, "x": 3}, "d": "\u0000", "e": "sound"}'
    assert _flaws(text) == {
        (Rule.JSON_NUMBER, "$.a[0]"),
        (Rule.JSON_NUMBER, "$.a[1]"),
        (Rule.JSON_NUMBER, "$.a[2]"),
        (Rule.JSON_DUPLICATE_KEY, "$['b c'].x"),
        (Rule.JSON_CHARACTER, "$.d"),
    }


def test_depth() -> None:
    """64 levels are read, the 65th is refused."""
    assert _flaws(b"[" * 64 + b"]" * 64) == set()
    assert _flaws(b"[" * 65 + b"]" * 65) == {(Rule.JSON_DEPTH, "$" + "[0]" * 64)}


def test_a_container_may_be_skipped() -> None:
    """What is judged elsewhere is left out, by identity."""
    value = read_json(b'{"a": [NaN], "b": [NaN], "c": null}')
    assert isinstance(value, dict)
    assert [problem.path for problem in flaws(value, "$", skip=value["a"])] == ["$.b[0]"]
    assert len(flaws(value, "$")) == 2


def test_where_a_text_stops_being_json() -> None:
    """The problem names line and column, or the byte that is no UTF-8."""
    broken = read_json(b'{\n "a": }')
    assert isinstance(broken, Problem)
    assert broken.message == "line 2, column 7: Expecting value"
    encoded = read_json(b'{"a": "\xe4"}')
    assert isinstance(encoded, Problem)
    assert encoded.message == "byte 7 is not UTF-8"
