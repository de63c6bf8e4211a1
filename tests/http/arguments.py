"""Every argument of the schema: how to ask with it, and what is answered when it names nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

from app.coupons import listing as coupons
from app.kit import clock
from app.reviews import queries as reviews
from app.reviews.queries import ReviewSort
from app.storefront import listing as products
from app.storefront.listing import ProductSort

OWN = {"Customer", "ProductRevision"}  # types a visitor is never answered
LIVE = datetime(2026, 11, 1, tzinfo=clock.SHANGHAI)
PRODUCT = 'product(slug: "lijiang-xuetao")'


class Kind(StrEnum):
    """What an argument takes."""

    CHOICE = "one of an enum"
    CURSOR = "cursor"
    FREE = "any value of its scalar"
    ID = "global id"
    IDS = "global ids"
    SIZE = "page size"
    STARS = "stars"
    TEXT = "text"
    WIDTH = "width of a picture"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument, a query that takes it as `$x`, and the data when it is well-formed and names nothing."""

    name: str
    kind: Kind
    query: str
    nothing: Any = None
    of: tuple[str, ...] = ()
    cursor: str = ""

    def __str__(self) -> str:
        """Its name, for test ids."""
        return self.name


def _argument(name: str, kind: Kind, declared: str, text: str, nothing: Any = None, **facts: Any) -> Argument:
    return Argument(name, kind, f"query ($x: {declared}) {{ {text} }}", nothing, **facts)


_NO_NODES = {"nodes": []}
_BY_NEWEST = products.SORTS[ProductSort.NEWEST].cursor((LIVE, 1))
_LAST_COUPON = coupons.SORT.cursor((LIVE + timedelta(days=400), 1))
_OLD_REVIEW = reviews.SORTS[ReviewSort.NEWEST].cursor((LIVE - timedelta(days=4000), 1))
_OLD_PRODUCT = products.SORTS[ProductSort.NEWEST].cursor((LIVE - timedelta(days=4000), 1))

ARGUMENTS = (
    _argument("Query.product.id", Kind.ID, "ID", "product(id: $x) { id }", {"product": None}, of=("Product",)),
    _argument("Query.product.slug", Kind.TEXT, "String", "product(slug: $x) { id }", {"product": None}),
    _argument("Media.url.width", Kind.WIDTH, "Int", f"{PRODUCT} {{ image {{ url(width: $x) }} }}"),
    _argument("Media.posterUrl.width", Kind.WIDTH, "Int", f"{PRODUCT} {{ image {{ posterUrl(width: $x) }} }}"),
    _argument("Media.frames.width", Kind.WIDTH, "Int", f"{PRODUCT} {{ image {{ frames(width: $x) }} }}"),
    _argument(
        "ReviewMedia.url.width",
        Kind.WIDTH,
        "Int",
        f"{PRODUCT} {{ reviews(first: 50) {{ nodes {{ media {{ url(width: $x) }} }} }} }}",
    ),
    _argument("Query.products.first", Kind.SIZE, "Int!", "products(first: $x) { nodes { id } }"),
    _argument(
        "Query.products.after",
        Kind.CURSOR,
        "String",
        "products(after: $x) { nodes { id } }",
        {"products": _NO_NODES},
        cursor=_OLD_PRODUCT,
    ),
    _argument("Query.products.sort", Kind.CHOICE, "ProductSort!", "products(sort: $x) { nodes { id } }"),
    _argument(
        "ProductFilter.categoryId",
        Kind.ID,
        "ID",
        "products(filter: {categoryId: $x}) { nodes { id } totalCount }",
        {"products": {"nodes": [], "totalCount": 0}},
        of=("Category",),
    ),
    _argument("ProductFilter.storage", Kind.CHOICE, "Storage!", "products(filter: {storage: $x}) { totalCount }"),
    _argument("ProductFilter.soldBy", Kind.CHOICE, "SoldBy!", "products(filter: {soldBy: $x}) { totalCount }"),
    _argument(
        "ProductFilter.inStockAt",
        Kind.ID,
        "ID",
        "products(filter: {inStockAt: $x}) { nodes { id } totalCount }",
        {"products": {"nodes": [], "totalCount": 0}},
        of=("PickupPoint",),
    ),
    _argument("ProductFilter.origins", Kind.FREE, "String!", "products(filter: {origins: [$x]}) { totalCount }"),
    _argument("ProductFilter.minPrice", Kind.FREE, "Int", "products(filter: {minPrice: $x}) { totalCount }"),
    _argument("ProductFilter.priceBelow", Kind.FREE, "Int", "products(filter: {priceBelow: $x}) { totalCount }"),
    _argument("ProductFilter.minRating", Kind.FREE, "Decimal", "products(filter: {minRating: $x}) { totalCount }"),
    _argument("ProductFilter.onOffer", Kind.FREE, "Boolean", "products(filter: {onOffer: $x}) { totalCount }"),
    _argument("Query.products.search", Kind.FREE, "String", "products(search: $x) { nodes { id } totalCount }"),
    _argument("Query.productFacets.search", Kind.FREE, "String", "productFacets(search: $x) { __typename }"),
    _argument(
        "Query.productFacets.pickupPointId",
        Kind.ID,
        "ID",
        "productFacets(pickupPointId: $x) { __typename }",
        {"productFacets": {"__typename": "ProductFacets"}},
        of=("PickupPoint",),
    ),
    _argument("Query.suggestions.prefix", Kind.FREE, "String!", "suggestions(prefix: $x)"),
    _argument("Query.suggestions.first", Kind.SIZE, "Int!", 'suggestions(prefix: "fan", first: $x)'),
    _argument("Query.cart.cartToken", Kind.TEXT, "String!", "cart(cartToken: $x) { token }", {"cart": None}),
    _argument("Query.lot.lotCode", Kind.TEXT, "String!", "lot(lotCode: $x) { id }", {"lot": None}),
    _argument("Query.lot.gtin", Kind.TEXT, "String!", 'lot(lotCode: "YGWSQ4XG", gtin: $x) { id }', {"lot": None}),
    _argument(
        "Query.pickupPoint.id", Kind.ID, "ID", "pickupPoint(id: $x) { id }", {"pickupPoint": None}, of=("PickupPoint",)
    ),
    _argument("Query.coupons.first", Kind.SIZE, "Int!", "coupons(first: $x) { nodes { id } }"),
    _argument(
        "Query.coupons.after",
        Kind.CURSOR,
        "String",
        "coupons(after: $x) { nodes { id } }",
        {"coupons": _NO_NODES},
        cursor=_LAST_COUPON,
    ),
    _argument("Query.node.id", Kind.ID, "ID!", "node(id: $x) { id }", {"node": None}, of=("Product", "Review", "Lot")),
    _argument("Query.nodes.ids", Kind.IDS, "[ID!]!", "nodes(ids: $x) { id }", of=("Sku",)),
    _argument(
        "Product.stock.pickupPointId",
        Kind.ID,
        "ID",
        f"{PRODUCT} {{ stock(pickupPointId: $x) {{ available nextLot {{ id }} }} }}",
        {"product": {"stock": {"available": 0, "nextLot": None}}},
        of=("PickupPoint",),
    ),
    _argument(
        "Product.lot.pickupPointId",
        Kind.ID,
        "ID",
        f"{PRODUCT} {{ lot(pickupPointId: $x) {{ id }} }}",
        {"product": {"lot": None}},
        of=("PickupPoint",),
    ),
    _argument(
        "Sku.stock.pickupPointId",
        Kind.ID,
        "ID",
        f"{PRODUCT} {{ skus {{ stock(pickupPointId: $x) {{ level }} }} }}",
        {"product": {"skus": [{"stock": {"level": "OUT_OF_STOCK"}}] * 3}},
        of=("PickupPoint",),
    ),
    _argument("Product.reviews.first", Kind.SIZE, "Int!", f"{PRODUCT} {{ reviews(first: $x) {{ nodes {{ id }} }} }}"),
    _argument(
        "Product.reviews.after",
        Kind.CURSOR,
        "String",
        f"{PRODUCT} {{ reviews(after: $x) {{ nodes {{ id }} }} }}",
        {"product": {"reviews": _NO_NODES}},
        cursor=_OLD_REVIEW,
    ),
    _argument("Product.reviews.rating", Kind.STARS, "Int", f"{PRODUCT} {{ reviews(rating: $x) {{ nodes {{ id }} }} }}"),
    _argument(
        "Product.reviews.sort", Kind.CHOICE, "ReviewSort!", f"{PRODUCT} {{ reviews(sort: $x) {{ nodes {{ id }} }} }}"
    ),
)


def of_kind(*kinds: Kind) -> list[Argument]:
    """The arguments of these kinds."""
    return [argument for argument in ARGUMENTS if argument.kind in kinds]


def declared_in(schema: GraphQLSchema) -> set[str]:
    """The names of all arguments a visitor's query may give, an input object's by its own fields.

    What needs a scope is tested with what it reads or writes.
    """
    reached = _reached_by_visitors(schema)
    found = set()
    for kind in reached:
        if isinstance(kind, GraphQLInputObjectType):
            found |= {f"{kind.name}.{name}" for name in kind.fields}
        if isinstance(kind, GraphQLObjectType):
            found |= {
                f"{kind.name}.{field}.{name}"
                for field, definition in kind.fields.items()
                if is_open(definition)
                for name, argument in definition.args.items()
                if not isinstance(get_named_type(argument.type), GraphQLInputObjectType)
            }
    return found


def is_open(field: GraphQLField) -> bool:
    """Whether a visitor may ask for a field."""
    return not field.extensions.get("scopes")


def _reached_by_visitors(schema: GraphQLSchema) -> set[GraphQLNamedType]:
    """The types of what a visitor can ask for and of the arguments it can give; not the customer's own."""
    found: set[GraphQLNamedType] = set()
    waiting: list[GraphQLNamedType] = [schema.query_type]  # type: ignore[list-item]  # there is one
    while waiting:
        kind = waiting.pop()
        if kind in found or kind.name in OWN:
            continue
        found.add(kind)
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            waiting += schema.get_possible_types(kind)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            fields = [field for field in kind.fields.values() if is_open(field)]
            waiting += [get_named_type(field.type) for field in fields]
            waiting += [get_named_type(given.type) for field in fields for given in field.args.values()]
    return found
