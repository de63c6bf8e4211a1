"""What `field` declares is printed for people, and read by the HTTP side."""

from typing import Any

import strawberry
from graphql import GraphQLObjectType

from schema.binding import field
from schema.built import GRAPHQL, declared


def _numbers(first: int = 30) -> list[int]:
    return list(range(first))


def _by_ids(ids: list[int]) -> list[int]:
    return ids


@strawberry.type
class Query:
    """Every declaration once."""

    secret: int = field(description="For staff.", requires=("shop:read", "shop:audit"), cost=5)
    numbers: list[int] = field(_numbers, description="Some.")
    by_ids: list[int] = field(_by_ids, description="Those.", list_size=3, sized_by="ids")
    few: list[int] = field(description="Few.", list_size=2)


BUILT = strawberry.Schema(query=Query)


def test_declarations_are_printed() -> None:
    """In the SDL, each directive with a description."""
    sdl = BUILT.as_str()
    assert 'secret: Int! @requires(scopes: ["shop:read", "shop:audit"]) @cost(weight: 5)' in sdl
    assert 'numbers(first: Int! = 30): [Int!]! @listSize(assumedSize: 30, slicingArguments: ["first"])' in sdl
    assert 'byIds(ids: [Int!]!): [Int!]! @listSize(assumedSize: 3, slicingArguments: ["ids"])' in sdl
    assert "few: [Int!]! @listSize(assumedSize: 2, slicingArguments: [])" in sdl
    for name in ("requires(scopes: [String!]!)", "cost(weight: Int!)", "listSize(assumedSize: Int!, "):
        assert f'"""\ndirective @{name}' in sdl


def test_declarations_are_found_by_the_http_side() -> None:
    """Under the names app.http reads."""
    query = BUILT._schema.query_type
    assert query is not None
    found: dict[str, Any] = {
        name: declared(each.extensions["strawberry-definition"]) for name, each in query.fields.items()
    }
    assert found == {
        "secret": {"scopes": ("shop:read", "shop:audit"), "cost": 5},
        "numbers": {"list_size": 30, "slicing_arguments": ("first",)},
        "byIds": {"list_size": 3, "slicing_arguments": ("ids",)},
        "few": {"list_size": 2, "slicing_arguments": ()},
    }


def test_the_shop_says_how_long_its_pages_are() -> None:
    """Every field with `first`, without being told to."""
    sized = {
        f"{kind.name}.{name}": each.extensions["slicing_arguments"]
        for kind in GRAPHQL.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, each in kind.fields.items()
        if "first" in each.args
    }
    assert sized.keys() >= {"Query.products", "Query.coupons", "Product.reviews"}
    assert set(sized.values()) == {("first",)}
