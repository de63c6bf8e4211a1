"""A plan answers what graphql-core answers, to the byte, or leaves the answer to it."""

import asyncio
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLSchema,
    OverlappingFieldsCanBeMergedRule,
    build_schema,
    execute,
    get_variable_values,
    parse,
    validate,
)
from graphql.execution.values import VariableValues
from hypothesis import given, settings
from hypothesis import strategies as st
from strawberry.dataloader import DataLoader

from app.documents import files
from app.http.plan import NoPlanError, Planner, follow
from app.main import ENGINE
from schema.built import GRAPHQL
from schema.documents import MINIPROGRAM
from tests.http.trees import SDL, documents
from tests.shop import Shop

FAULTS = {"none": 0, "some": 13}
CHANGES = 10_007


async def _same(keys: list[int]) -> list[int]:
    await asyncio.sleep(0)
    return keys


async def _later(value: Any) -> Any:
    await asyncio.sleep(0)
    return value


def _number(source: int | None, name: str, arguments: dict[str, Any], fault: int) -> int:
    found = (source or 1) * 31 + sum(map(ord, name)) + sum(map(ord, repr(sorted(arguments.items()))))
    if fault and found % fault == 0:
        raise ValueError(name)
    return found % CHANGES + 1


def _read(name: str, fault: int) -> Any:
    return lambda source: _number(source, name, {}, fault) % 50 or None


def _one(name: str, fault: int) -> Any:
    def resolve(source: int | None, info: Any, **arguments: Any) -> Any:
        found = _number(source, name, arguments, fault)
        if found % 7 == 0:
            return None
        return {0: _later, 1: info.context.load}.get(found % 3, int)(found)

    return resolve


def _many(name: str, fault: int) -> Any:
    def resolve(source: int | None, _: Any, **arguments: Any) -> Any:
        found = _number(source, name, arguments, fault)
        items: list[Any] = list(range(found, found + found % 4))
        if not fault:  # nobody would await what stands in a list that is given up
            items = [_later(each) if each % 5 == 0 else each for each in items]
        return _later(items) if found % 2 else items

    return resolve


def _schema(fault: int) -> GraphQLSchema:
    """Trees of numbers: each field's value follows from its source's number, its name and its arguments.

    By the number it is there at once, a coroutine, or a loader's; null, or an error where `fault` divides it.
    """
    schema = build_schema(SDL)
    for kind in ("Query", "Tree", "Page", "Edge"):
        for name, field in schema.type_map[kind].fields.items():  # type: ignore[attr-defined]  # an object type
            field.extensions["plain"] = True
            if str(field.type) == "Int":
                field.extensions["read"] = read = _read(name, fault)
                field.resolve = lambda source, _, read=read: read(source)
            else:
                field.resolve = (_many if "[" in str(field.type) else _one)(name, fault)
    return schema


SCHEMAS = {name: _schema(fault) for name, fault in FAULTS.items()}


@pytest.mark.parametrize("faults", FAULTS)
@settings(max_examples=60)
@given(text=documents(), n=st.integers(0, 3))
def test_random_documents_are_answered_as_by_graphql_core(faults: str, text: str, n: int) -> None:
    """The same bytes where all goes well, nothing where it does not."""
    schema, text = SCHEMAS[faults], text.replace(" @skip(if: false)", "")
    document, variables = parse(text), {"n": n, "ids": [n, 1]}
    operation = document.definitions[0]
    assert validate(schema, document, [OverlappingFieldsCanBeMergedRule]) == []

    async def both() -> tuple[Any, dict[str, Any] | None]:
        plainly = execute(schema, document, context_value=_loader(), variable_values=variables)
        plainly = plainly if not asyncio.iscoroutine(plainly) else await plainly
        given = get_variable_values(schema, operation.variable_definitions, variables)  # type: ignore[attr-defined]  # the query stands first
        assert isinstance(given, VariableValues)
        plan = Planner(schema, document).plan(operation)  # type: ignore[arg-type]  # as above
        return plainly, await follow(plan, _loader(), given)

    plainly, followed = asyncio.run(both())
    if plainly.errors:
        assert followed is None
    else:
        assert orjson.dumps(followed) == orjson.dumps(plainly.data)


def _loader() -> Any:
    return DataLoader(_same)


async def test_the_shop_follows_a_plan(shop: Shop) -> None:
    """Every registered query has one, and what is answered by it is what is there."""
    for file in files.read(MINIPROGRAM):
        document = ENGINE.registered(file.text, file.name)
        operation = document.operation(None)
        if operation.operation.value == "query":
            assert Planner(GRAPHQL, document.document).plan(operation).names
    assert (await shop.registered("CategoryTree")).data["categories"]


@pytest.mark.parametrize("text", ["{ __schema { types { name } } }", '{ __typename __type(name: "Lot") { name } }'])
def test_introspection_has_no_plan(text: str) -> None:
    """graphql-core knows it best."""
    document = parse(text)
    with pytest.raises(NoPlanError):
        Planner(GRAPHQL, document).plan(document.definitions[0])  # type: ignore[arg-type]  # the query


async def test_what_goes_wrong_is_told_once(shop: Shop) -> None:
    """By graphql-core, with its path, beside what goes well."""
    answer = await shop.ask("{ hotWords products(first: 0) { nodes { id } } }")
    (error,) = answer.body["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["products"], "BAD_USER_INPUT")
