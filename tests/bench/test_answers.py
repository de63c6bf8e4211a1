"""What was made faster answers as strawberry and graphql-core do by themselves."""

from collections import deque
from collections.abc import AsyncIterator, Callable
from inspect import isawaitable
from typing import Any

import asyncpg
import orjson
import pytest
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    execute,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
    parse,
)
from strawberry.types.field import StrawberryField

from app.accounts.rules import CUSTOMER_SCOPES
from app.context import Context
from app.demo.sample import SAMPLE, VISITORS_CART
from app.demo.seed import seed
from app.documents import files
from app.documents.enums import OperationKind
from app.files.addresses import Addresses
from app.http.examples import names
from app.http.limits import REGISTERED
from app.http.prepared import prepare
from app.kit import clock, ids
from app.kit.caller import Caller, CallerKind
from app.main import ENGINE
from app.tables import Database
from schema.built import GRAPHQL
from schema.documents import MINIPROGRAM
from schema.root import SCHEMA
from schema.types.cart import PROBLEMS
from tests.shop import people, wechat

ROOTS = {
    "product": f'product(slug: "{SAMPLE.product_slug}")',
    "products": "products(first: 3, sort: PRICE_ASC, filter: {storage: CHILLED, soldBy: EACH})",
    "productFacets": f'productFacets(pickupPointId: "{ids.encode("PickupPoint", 1)}")',
    "suggestions": 'suggestions(prefix: "yu")',
    "hotWords": "hotWords",
    "cart": f'cart(cartToken: "{VISITORS_CART}")',
    "categories": "categories",
    "lot": f'lot(lotCode: "{SAMPLE.alarm_lot_code}")',
    "pickupPoints": "pickupPoints",
    "pickupPoint": f'pickupPoint(id: "{ids.encode("PickupPoint", 1)}")',
    "coupons": "coupons(first: 2)",
    "node": f'node(id: "{ids.encode("Product", 1)}")',
    "me": "me",
    "order": f'order(id: "{ids.encode("Order", 1)}")',
    "nodes": f'nodes(ids: ["{ids.encode("Review", 1)}", "{ids.encode("PickupSlot", 1)}", "{ids.encode("Sku", 1)}"])',
}
"""Every root field, asked for so that there is something behind it."""


@pytest.fixture
async def shop(owner_url: str, app_url: str) -> AsyncIterator[Database]:
    """The smallest demo shop, opened as the serving role."""
    connection = await asyncpg.connect(owner_url)
    await seed(connection, scale=1, now=clock.now(), progress=lambda *_: None)
    await connection.close()
    database = await Database.open(app_url, size=2)
    yield database
    await database.close()


def objects() -> dict[str, GraphQLObjectType]:
    """The shop's own object types by name."""
    return {name: kind for name, kind in GRAPHQL.type_map.items() if is_object_type(kind) and not name.startswith("__")}


def is_hers(field: GraphQLField) -> bool:
    """Whether a customer may ask for a field."""
    return set(field.extensions.get("scopes", ())) <= CUSTOMER_SCOPES


def shoppers() -> set[str]:
    """Every field below the root of reads that a customer may ask for: `Type.field`."""
    found, seen, waiting = set(), set(), [GRAPHQL.query_type]
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        for name, field in kind.fields.items():
            if is_hers(field):
                found.add(f"{kind.name}.{name}")
                inner = get_named_type(field.type)
                waiting += (
                    [inner]
                    if is_object_type(inner)
                    else GRAPHQL.get_possible_types(inner)
                    if is_abstract_type(inner)
                    else []
                )
    return found


def everything(root: str) -> list[str]:
    """Documents that ask a root field for all there is, one per type it may answer."""
    kind = get_named_type(GRAPHQL.query_type.fields[root].type)
    members = [kind] if is_object_type(kind) else GRAPHQL.get_possible_types(kind)
    return [f"{{ {ROOTS[root]} {{ ... on {member} {{ {whole(member)} }} }} }}" for member in members]


def whole(kind: GraphQLObjectType) -> str:
    """A selection of everything below a type: each type entire where it is nearest, with its leaves elsewhere."""
    entire, seen, waiting = set(), set(), deque([((), kind)])
    while waiting:
        at, each = waiting.popleft()
        if each in seen:
            continue
        seen.add(each)
        entire.add(at)
        waiting.extend(((*at, name), get_named_type(field.type)) for name, field in branches(each))

    def select(at: tuple[str, ...], each: GraphQLObjectType) -> str:
        leaves = [name for name, field in each.fields.items() if is_leaf_type(get_named_type(field.type))]
        below = branches(each) if at in entire else []
        inner = [f"{name} {{ {select((*at, name), get_named_type(field.type))} }}" for name, field in below]
        return " ".join(["__typename", *leaves, *inner])

    return select((), kind)


def branches(kind: GraphQLObjectType) -> list[tuple[str, GraphQLField]]:
    """The fields of a type that have fields themselves."""
    return [(name, field) for name, field in kind.fields.items() if is_object_type(get_named_type(field.type))]


async def plainly(
    database: Database, text: str, variables: dict[str, Any], context: Context, called: set[str]
) -> dict[str, Any]:
    """What strawberry's resolvers and graphql-core's own execution answer; `called` gets every field asked."""
    with pytest.MonkeyPatch.context() as patch:
        for name, kind in objects().items():
            for field_name, field in kind.fields.items():
                patch.setattr(field, "resolve", noting(field, f"{name}.{field_name}", called))
        async with database.session():
            result = execute(GRAPHQL, parse(text), context_value=context, variable_values=variables)
            if isawaitable(result):  # nothing is waited for where nothing is read
                result = await result
    assert not result.errors
    return {"data": result.data}


def noting(field: GraphQLField, name: str, called: set[str]) -> Callable[..., Any]:
    """Strawberry's own resolver of a field, that notes its name when it is called."""
    definition = field.extensions["strawberry-definition"]
    assert isinstance(definition, StrawberryField)
    resolve = SCHEMA.schema_converter.from_resolver(definition)

    def noted(source: Any, info: Any, **arguments: Any) -> Any:
        called.add(name)
        return resolve(source, info, **arguments)

    return noted


async def quickly(database: Database, text: str, variables: dict[str, Any], context: Context) -> dict[str, Any]:
    """What a server answers."""
    async with database.session():
        return await ENGINE.run(prepare(GRAPHQL, text, REGISTERED), None, variables, context)


async def test_every_field_answers_as_before(shop: Database) -> None:
    """All fields that can be read, asked by a customer through every root field, and every registered query."""
    now, customer = clock.now(), Caller(CallerKind.CUSTOMER, 1, CUSTOMER_SCOPES)
    given = {
        "id": ids.encode("Product", 1),
        "pickupPointId": ids.encode("PickupPoint", 1),
        "productIds": [ids.encode("Product", 1)],
        "lotCode": "YGWSQ4XG",
        "prefix": "yu",
        "cartToken": VISITORS_CART,
        "orderId": ids.encode("Order", 1),
        "first": 20,
    }
    asked: list[tuple[str, dict[str, Any]]] = [(text, {}) for root in ROOTS for text in everything(root)]
    asked += [
        (each.text, {name: given[name] for name in names(each) if name in given})
        for each in files.read(MINIPROGRAM)
        if ENGINE.check(each.text).kind is OperationKind.QUERY
    ]
    called: set[str] = set()
    for text, variables in asked:
        expected = await plainly(
            shop,
            text,
            variables,
            Context(Addresses("any secret"), customer, known_people=people(wechat()), now=now),
            called,
        )
        answered = await quickly(
            shop, text, variables, Context(Addresses("any secret"), customer, known_people=people(wechat()), now=now)
        )
        assert orjson.dumps(answered) == orjson.dumps(expected), text
    assert set(ROOTS) == {name for name, field in GRAPHQL.query_type.fields.items() if is_hers(field)}
    # the demo's people ask and buy nothing, and few things stand in the way of their carts: tests/carts has those
    # and what only staff are answered: tests/catalog has that
    staffs = ("ProductRevision.", "ProductContent.", "SkuContent.", "MediaContent.", "ContentChange.", "StaffMember.")
    left_out = (
        *staffs,
        "DataRequest.",
        "Order",
        "Substitution.",
        "MessageGrant.",
        "DefectClaim",
        "Invoice.",
        *(f"{each.__name__}." for each in PROBLEMS),
    )
    unasked = {each for each in shoppers() - called if not each.startswith(left_out)}
    assert unasked == set()
