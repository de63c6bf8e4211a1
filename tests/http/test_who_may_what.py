"""Who may ask for what: every root field and every field with scopes, as every kind of caller, against a table.

The table is `who_may_what.txt`, read by people; a field without a line fails, and so does a line without its field.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
    is_required_argument,
)

from app.accounts import queries as accounts
from app.accounts.enums import RoleCode
from app.accounts.rules import CUSTOMER_SCOPES
from app.kit import clock, db
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.main import ENGINE
from app.partners.enums import PartnerKind
from app.partners.rules import ALLOWED_SCOPES
from schema.built import GRAPHQL
from tests.accounts.desk import hire
from tests.rows import Rows
from tests.shop import SECRET, Shop

TABLE = Path(__file__).parent / "who_may_what.txt"
EVERYBODY = "everybody"
REFUSED = {401, 403}

# streams are not asked over HTTP: each needs what the list needs that it watches
AS_THE_LIST = {"Subscription.orderUpdated": "Query.order", "Subscription.pickupBoard": "Query.pickupOrders"}


def paths(schema: GraphQLSchema) -> dict[str, list[tuple[GraphQLNamedType, str]]]:
    """For every field of every object type, by `Type.field`: a shortest way to it from a root, its own step last."""
    roots = [kind for kind in (schema.query_type, schema.mutation_type, schema.subscription_type) if kind is not None]
    found: dict[str, list[tuple[GraphQLNamedType, str]]] = {}
    waiting: list[tuple[GraphQLNamedType, list[tuple[GraphQLNamedType, str]]]] = [(root, []) for root in roots]
    seen: set[str] = set()
    while waiting:
        kind, way = waiting.pop(0)
        if kind.name in seen:
            continue
        seen.add(kind.name)
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            waiting += [(member, way) for member in schema.get_possible_types(kind)]
        elif isinstance(kind, GraphQLObjectType):
            for name, field in kind.fields.items():
                found[f"{kind.name}.{name}"] = [*way, (kind, name)]
                waiting.append((get_named_type(field.type), found[f"{kind.name}.{name}"]))
    return found


def walked(schema: GraphQLSchema) -> Iterator[tuple[str, list[tuple[GraphQLNamedType, str]]]]:
    """What the table is about: every root field, and every other with scopes of its own."""
    roots = {kind.name for kind in (schema.query_type, schema.mutation_type, schema.subscription_type) if kind}
    for name, way in paths(schema).items():
        if name.partition(".")[0] in roots or _field(way[-1]).extensions.get("scopes"):
            yield name, way


def document(way: list[tuple[GraphQLNamedType, str]]) -> str:
    """A document that asks for the field at the end of a way, with a variable for each argument there must be.

    No variable is given, so that where there is one, an allowed document is refused before anything is written.
    """
    variables: list[str] = []
    last = _field(way[-1]).type
    text = " { __typename }" if is_composite_type(get_named_type(last)) else ""
    for step in reversed(way):
        given = []
        for name, argument in _field(step).args.items():
            if is_required_argument(argument):
                variables.append(f"$v{len(variables)}: {argument.type}")
                given.append(f"{name}: $v{len(variables) - 1}")
        arguments = f"({', '.join(given)})" if given else ""
        text = f" {{ ... on {step[0].name} {{ {step[1]}{arguments}{text} }} }}"
    declared = f"({', '.join(variables)})" if variables else ""
    return f"{way[0][0].name.lower()} Walk{declared}{text}"


def _field(step: tuple[GraphQLNamedType, str]) -> GraphQLField:
    kind, name = step
    assert isinstance(kind, GraphQLObjectType)
    return kind.fields[name]


def table() -> dict[str, str]:
    """The committed table: who may, by field."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {name: who.strip() for name, _, who in (line.partition(":") for line in lines)}


@pytest.fixture
async def callers(office: Shop, rows: Rows) -> dict[str, dict[str, str]]:
    """Every kind of caller, by the name the table gives it, with the headers it sends."""
    tokens, found = Tokens([SECRET]), dict[str, dict[str, str]](visitor={})
    people = {"customer": Caller(CallerKind.CUSTOMER, 1, CUSTOMER_SCOPES)}
    people["other customer"] = Caller(CallerKind.CUSTOMER, 2, CUSTOMER_SCOPES)
    for role in RoleCode:
        desk = await hire(office, rows, role.lower().replace("_", "-"), role)
        async with office.database.session():
            scopes = await accounts.scopes_of_staff(db.current(), desk.id)
        assert scopes is not None
        people[role.value] = Caller(CallerKind.STAFF, desk.id, scopes)
    with clock.moved_to(office.now):
        for name, caller in people.items():
            found[name] = {"authorization": f"Bearer {tokens.issue(caller, timedelta(hours=1))}"}
    for kind in PartnerKind:
        partner = await rows.partner(kind=kind.value)
        key = await rows.api_key(partner, scopes=sorted(ALLOWED_SCOPES[kind]))
        found[f"partner {kind.value}"] = {"authorization": f"Bearer {key}"}
    return found


async def test_who_may_what(callers: dict[str, dict[str, str]], office: Shop) -> None:
    """A request is refused before it runs exactly where the table does not name its caller."""
    for headers in callers.values():  # a key is looked up the first time it is used
        await office.send(json={"query": "{ __typename }"}, headers=headers)
    found = {}
    for name, way in walked(GRAPHQL):
        may = []
        for caller, headers in callers.items():
            answer = await office.send(json={"query": document(way)}, headers=headers)
            is_refused = answer.response.status_code in REFUSED
            assert is_refused == (answer.codes in (["UNAUTHENTICATED"], ["FORBIDDEN"]))
            assert not (is_refused and answer.statements)
            may += [] if is_refused else [caller]
        found[name] = EVERYBODY if len(may) == len(callers) else ", ".join(may) or "nobody"
    assert found | {stream: found[listed] for stream, listed in AS_THE_LIST.items()} == table()


def test_the_streams_that_need_a_scope_need_that_of_a_list() -> None:
    """A stream is refused over HTTP whoever asks, so the walk would not notice."""
    scopes = {name: ENGINE.free(document(way)).scopes for name, way in walked(GRAPHQL)}
    streams = {name for name in scopes if name.startswith("Subscription.") and scopes[name]}
    assert streams == set(AS_THE_LIST)
    for stream, listed in AS_THE_LIST.items():
        assert scopes[stream] == scopes[listed]
        assert table()[stream] == table()[listed]


def test_a_field_with_scopes_is_found_wherever_it_stands() -> None:
    """Below a list and behind an interface."""
    ways = paths(GRAPHQL)
    text = document(ways["ApiKey.prefix"])
    assert ENGINE.free(text).scopes
    assert "prefix" in text
