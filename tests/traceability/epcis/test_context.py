"""Prefixes: what an @context declares, and what names stand for."""

from app.traceability.epcis.context import Context, read_context
from app.traceability.epcis.problems import Problem
from app.traceability.epcis.rules import Rule

CONTEXT = Context({"yg": "https://example.com/yougou/", "gs1": "https://other.example/"})


def test_curies_become_uris() -> None:
    """By the document first, by GS1's context otherwise; URIs and unknown prefixes stay."""
    assert CONTEXT.expand("yg:field") == "https://example.com/yougou/field"
    assert CONTEXT.expand("gs1:Temperature") == "https://other.example/Temperature"
    assert CONTEXT.expand("cbv:BizStep-packing") == "https://ref.gs1.org/cbv/BizStep-packing"
    assert CONTEXT.expand("yg://field") == "yg://field"
    assert CONTEXT.expand("urn:epc:id:x") == "urn:epc:id:x"


def test_qualified_names() -> None:
    """Namespace in braces; a full URI is cut after its last separator; a bare name stays."""
    assert CONTEXT.qualified("yg:field") == "{https://example.com/yougou/}field"
    assert CONTEXT.qualified("cbvmda:lotNumber") == "{urn:epcglobal:cbv:mda:}lotNumber"
    assert CONTEXT.qualified("https://own.example/ns#grade") == "{https://own.example/ns#}grade"
    assert CONTEXT.qualified("part1") == "part1"
    assert CONTEXT.qualified("none:part1") == "none:part1"


def test_prefixes_inside_an_object() -> None:
    """@xmlns members count inside their object only, over those outside."""
    inside = CONTEXT.within({"@xmlns:yg": "https://inner.example/", "a": 1})
    assert inside.expand("yg:a") == "https://inner.example/a"
    assert inside.expand("gs1:a") == "https://other.example/a"
    assert CONTEXT.expand("yg:a") == "https://example.com/yougou/a"


def test_reading_a_context() -> None:
    """A URI, an object or a list; keywords and coercions declare nothing; a namespace has a bound."""
    assert read_context("https://ref.gs1.org/x", "$") == (Context({}), [])
    terms = {"@version": 1, "a": "https://a.example/", "b": {"@id": "https://b.example/"}, "c:d": {"@type": "@id"}}
    assert read_context(dict(terms), "$") == (Context({"a": "https://a.example/", "b": "https://b.example/"}), [])
    found, problems = read_context([{"a": "https://a.example/" + "x" * 500}], "$")
    assert found == Context({})
    assert [type(problem) for problem in problems] == [Problem]
    assert (problems[0].rule, problems[0].path) == (Rule.CONTEXT_FORMAT, "$[0].a")
