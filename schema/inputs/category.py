"""What staff write about categories."""

import strawberry
from strawberry import ID

_KEY = "8 to 64 visible ASCII characters of your own; sent again within a day it does nothing twice."
_NAME = "The name a shopper reads; at most 40 characters."
_ICON = "An emoji to show beside the name; at most 8 characters."
_PARENT = "The category above; null: at the top."


@strawberry.input(description="A new category.")
class CreateCategoryInput:
    """Its fields are the resolver's arguments."""

    idempotency_key: str = strawberry.field(description=_KEY)
    parent_id: ID | None = strawberry.field(default=None, description=_PARENT)
    slug: str = strawberry.field(description="1 to 60 lower-case letters, digits and hyphens; for good.")
    name: str = strawberry.field(description=_NAME)
    icon: str = strawberry.field(description=_ICON)


@strawberry.input(description="A category's other name or icon.")
class RenameCategoryInput:
    """Its fields are the resolver's arguments."""

    category_id: ID = strawberry.field(description="The category's id.")
    name: str | None = strawberry.field(default=None, description=f"{_NAME} Null: as it is.")
    icon: str | None = strawberry.field(default=None, description=f"{_ICON} Null: as it is.")


@strawberry.input(description="Where a category goes, with all that is below it.")
class MoveCategoryInput:
    """Its fields are the resolver's arguments."""

    category_id: ID = strawberry.field(description="The category's id.")
    parent_id: ID | None = strawberry.field(default=None, description=_PARENT)


@strawberry.input(description="The order of the categories that stand beside one another.")
class ReorderCategoriesInput:
    """Its fields are the resolver's arguments."""

    parent_id: ID | None = strawberry.field(default=None, description=_PARENT)
    category_ids: list[ID] = strawberry.field(description="All that stand there, each once, in their new order.")


@strawberry.input(description="A category to delete.")
class DeleteCategoryInput:
    """Its fields are the resolver's arguments."""

    category_id: ID = strawberry.field(description="The category's id.")
