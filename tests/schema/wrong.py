"""Throw-away schemas, each wrong in one way, to show that the rules of the binding find it."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry
from strawberry import Parent

from app.catalog import models
from app.catalog.errors import ProductNotFound
from app.catalog.rules import StorageCondition
from resolvers import category as resolve_category
from resolvers import node as resolve_node
from schema.binding import field, of
from schema.errors import UserError
from schema.types.node import Node
from tests.schema.annotations import UnreadableError  # any class that is no row

TEXT = "For a test."


def read_product() -> models.Product | None:
    """A root resolver."""
    return None


def read_products() -> list[models.Product]:
    """A root resolver of many."""
    return []


def read_later() -> Awaitable[list[models.Product | None]]:
    """Rows some of which are missing."""
    raise NotImplementedError


def read_category() -> models.Category | None:
    """A root resolver of something else."""
    return None


def name_of_category(parent: Parent[models.Category]) -> str:
    """A resolver of categories."""
    return parent.name


def raw_id(parent: Parent[models.Product]) -> str:
    """A resolver that shows the key."""
    return str(parent.id)


def read_condition() -> StorageCondition:
    """A value that is no row."""
    return StorageCondition("CHILLED", 0, 4)


def read_failure() -> UnreadableError:
    """A value of another class."""
    return UnreadableError()


@strawberry.type(name="Product", description=TEXT)
@of(models.Product)
class Relation:
    """Reads a foreign key as an attribute."""

    category: str = field(description=TEXT)


@strawberry.type(name="Product", description=TEXT)
@of(models.Product)
class Typo:
    """Reads an attribute that no row has."""

    nmae: str = field(description=TEXT)


@strawberry.type(name="Product", description=TEXT)
@of(models.Product)
class RawId:
    """Shows the raw key: by column and by a resolver of its own."""

    id: strawberry.ID = field(raw_id, description=TEXT)


@strawberry.type(name="Product", description=TEXT)
@of(models.Product)
class Crossed:
    """Names a resolver of another type."""

    name: str = field(name_of_category, description=TEXT)
    children: list["Crossed"] = field(resolve_category.children, description=TEXT)


@strawberry.type(name="Product", description=TEXT)
@of(models.Product)
class Nullable:
    """Promises values where columns may be null, and the wrong scalar."""

    price_from_fen: int = field(description=TEXT)
    slug: int = field(description=TEXT)
    star_counts: list[int] = field(description=TEXT)


@strawberry.type(name="Product", description=TEXT)
@of(models.Product)
class Sound:
    """Is right."""

    name: str = field(description=TEXT)


@strawberry.type(name="Condition", description=TEXT)
class Condition:
    """Has no declared source: what is handed over decides."""

    kind: str = field(description=TEXT)


@strawberry.type(name="Product", description=TEXT)
class Unmarked(Node):
    """A node that says not what its rows are."""


@strawberry.type(name="Goods", description=TEXT)
@of(models.Product)
class Renamed(Node):
    """A node under another name than its row's class."""


@strawberry.type(name="Query")
class OneRelation:
    """Root."""

    product: Relation | None = field(read_product, description=TEXT)


@strawberry.type(name="Query")
class OneTypo:
    """Root."""

    product: Typo | None = field(read_product, description=TEXT)


@strawberry.type(name="Query")
class OneRawId:
    """Root."""

    product: RawId | None = field(read_product, description=TEXT)


@strawberry.type(name="Query")
class OneCrossed:
    """Root."""

    product: Crossed | None = field(read_product, description=TEXT)


@strawberry.type(name="Query")
class OneNullable:
    """Root."""

    product: Nullable | None = field(read_product, description=TEXT)


@strawberry.type(name="Query")
class Misfits:
    """Root: every field is given something else than it promises, but the last."""

    never_null: Sound = field(read_product, description=TEXT)
    other: Sound | None = field(read_category, description=TEXT)
    one: Sound = field(read_products, description=TEXT)
    many: list[Sound] = field(read_product, description=TEXT)
    some: list[Sound] = field(read_later, description=TEXT)
    right: list[Sound | None] = field(read_later, description=TEXT)


@strawberry.type(name="Query")
class Ambiguous:
    """Root: one type is handed two different things."""

    condition: Condition = field(read_condition, description=TEXT)
    failure: Condition = field(read_failure, description=TEXT)


@strawberry.type(name="Query")
class Nodes:
    """Root."""

    product: Unmarked | None = field(read_product, description=TEXT)
    goods: Renamed | None = field(read_product, description=TEXT)
    node: Node | None = field(resolve_node.node, description=TEXT)


@strawberry.type(name="Gone", description=TEXT)
@of(ProductNotFound)
class Misnamed(UserError):  # noqa: N818 - as in schema.errors
    """A refusal under another name than the domain's."""


@strawberry.type(name="Product", description=TEXT)
@of(models.Product)
class Written:
    """A success."""

    slug: str = field(description=TEXT)


@strawberry.type(name="Category", description=TEXT)
@of(models.Category)
class OtherWritten:
    """Another success."""

    slug: str = field(description=TEXT)


@strawberry.type(name="Query")
class Empty:
    """Root of reads: it has to be there."""

    slug: str = field(description=TEXT)


@strawberry.type(name="Mutation")
class Writes:
    """Root of writes: each answers something else than a result of one success and refusals."""

    no_union: Written = field(read_product, description=TEXT)
    two_successes: Annotated[Written | OtherWritten | Misnamed, strawberry.union("Two")] = field(
        read_product, description=TEXT
    )
    no_refusal: Annotated[Written, strawberry.union("NoRefusalResult")] = field(read_product, description=TEXT)
