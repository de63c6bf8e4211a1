"""What the mutations of categories answer."""

from typing import Annotated

import strawberry

from app.catalog import categories, errors
from schema.binding import field, of
from schema.errors import IdempotencyKeyReused, UserError
from schema.types.category import Category


@strawberry.type(description="The categories that stand beside one another, in their order.")
@of(categories.CategoryOrder)
class CategoryOrder:
    """Its source is app.catalog.categories.CategoryOrder."""

    categories: list[Category] = field(list_size=20, description="All that stand there.")


@strawberry.type(description="A category that is gone.")
@of(categories.DeletedCategory)
class DeletedCategory:
    """Its source is app.catalog.categories.DeletedCategory."""

    category: Category = field(description="As it was.")


@strawberry.type(description="Returned when there is no category of this id.")
@of(errors.CategoryNotFound)
class CategoryNotFound(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when another category has the slug.")
@of(errors.CategorySlugTaken)
class CategorySlugTaken(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when the category would stand below itself.")
@of(errors.CategoryAboveItself)
class CategoryAboveItself(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when these are not all the categories that stand there, each once.")
@of(errors.CategoriesNotSiblings)
class CategoriesNotSiblings(UserError):
    """Its source is the refusal."""


@strawberry.type(description="Returned when something stands below the category.")
@of(errors.CategoryNotEmpty)
class CategoryNotEmpty(UserError):
    """Its source is the refusal."""

    categories: int = field(description="How many categories.")
    products: int = field(description="How many products, published or not.")


CreateCategoryResult = Annotated[
    Category | CategoryNotFound | CategorySlugTaken | IdempotencyKeyReused,
    strawberry.union("CreateCategoryResult", description="The category, or why there is none."),
]
RenameCategoryResult = Annotated[
    Category | CategoryNotFound,
    strawberry.union("RenameCategoryResult", description="The category, or why it is called as before."),
]
MoveCategoryResult = Annotated[
    Category | CategoryNotFound | CategoryAboveItself,
    strawberry.union("MoveCategoryResult", description="The category, or why it stays."),
]
ReorderCategoriesResult = Annotated[
    CategoryOrder | CategoriesNotSiblings,
    strawberry.union("ReorderCategoriesResult", description="The categories in their order, or why it stays."),
]
DeleteCategoryResult = Annotated[
    DeletedCategory | CategoryNotFound | CategoryNotEmpty,
    strawberry.union("DeleteCategoryResult", description="The category that is gone, or why it stays."),
]
