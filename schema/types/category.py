"""Categories."""

import strawberry

from app.catalog.models import Category as Row
from resolvers import category as resolve
from schema.binding import field, of
from schema.types.node import Node


@strawberry.type(description="A shelf of the shop; shelves form a tree.")
@of(Row)
class Category(Node):
    """Its source is a row."""

    slug: str = field(description="The name in addresses.")
    name: str = field(description="The name a shopper reads.")
    icon: str = field(description="An emoji to show beside the name.")
    children: list["Category"] = field(
        resolve.children, list_size=5, description="The categories directly below, in the shop's order."
    )
