"""How deep brackets nest, counted without parsing."""

import json

import pytest
from graphql import GraphQLSyntaxError, parse
from hypothesis import given
from hypothesis import strategies as st

from app.http.brackets import MAX_DEPTH, is_deep_document, is_deep_json

DEEP = MAX_DEPTH + 1


@pytest.mark.parametrize(
    ("body", "is_deep"),
    [
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, False),
        (b"[" * DEEP, True),
        (b'{"a":' * DEEP, True),
        (b"[]" * 10_000, False),
        (b"[" * DEEP + b'"', True),
        (b'"' + b"[" * DEEP + b'"', False),
        (b'"\\"' + b"[" * DEEP + b'"', False),
        (b'"\\\\"' + b"[" * DEEP, True),
        (b'"' + b"[" * DEEP, False),  # a string without end, which the parser refuses
        (b"\xff" * 200 + b"[" * DEEP, True),
        (b"", False),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_the_depth_of_json(body: bytes, is_deep: bool) -> None:  # noqa: FBT001 - a case of the test
    """Brackets in strings do not count; nor does it matter whether it is JSON at all."""
    assert is_deep_json(body) is is_deep


@pytest.mark.parametrize(
    ("text", "is_deep"),
    [
        ("{" * MAX_DEPTH, False),
        ("{" * DEEP, True),
        ("{a(b:[" * 34, True),
        ("{a}" * 1_000, False),
        ('"' + "{" * DEEP + '"', False),
        ('"\\"' + "{" * DEEP + '"', False),
        ('"\n' + "{" * DEEP, True),  # a string ends with its line
        ("#" + "{" * DEEP, False),
        ("#\r" + "{" * DEEP, True),
        ('"""' + "{" * DEEP + '"""', False),
        ('"""\n"" \\""" ' + "{" * DEEP + '"""', False),
        ('""""""' + "{" * DEEP, True),
        ('""' + "{" * DEEP, True),
        ('"""#"""' + "{" * DEEP, True),
        ('#"\n' + "{" * DEEP, True),
        ('"""' + "{" * DEEP, False),  # without end, which the parser refuses
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_the_depth_of_a_document(text: str, is_deep: bool) -> None:  # noqa: FBT001 - a case of the test
    """Brackets in strings, block strings and comments do not count."""
    assert is_deep_document(text) is is_deep


VALUES = st.recursive(
    st.text(alphabet='[]{}"\\ab', max_size=8) | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=20
)


def nesting(value: object) -> int:
    """How deep lists nest, by recursion."""
    return 1 + max(map(nesting, value), default=0) if isinstance(value, list) else 0


@given(VALUES, st.integers(0, 4))
def test_json_is_counted_as_its_parser_nests(value: object, maximum: int) -> None:
    """Any JSON, whatever stands in its strings."""
    assert is_deep_json(json.dumps(value).encode(), maximum) is (nesting(value) > maximum)


@given(st.text(alphabet='{}[]()"#\\\n au:', max_size=40))
def test_what_parses_is_counted_as_its_tokens(text: str) -> None:
    """For a text graphql-core reads, the deepest nesting is that of its punctuation tokens."""
    try:
        token = parse(text).loc.start_token  # type: ignore[union-attr]  # a document has a place
    except GraphQLSyntaxError:
        return
    depth = deepest = 0
    while token is not None:
        depth += (token.kind.value in {"{", "[", "("}) - (token.kind.value in {"}", "]", ")"})
        deepest = max(deepest, depth)
        token = token.next  # type: ignore[assignment]  # None after the last
    assert is_deep_document(text, deepest) is False
    assert deepest == 0 or is_deep_document(text, deepest - 1) is True
