"""Root fields of categories, for staff."""

import strawberry

from resolvers import category as resolve
from schema.binding import mutation
from schema.inputs.category import (
    CreateCategoryInput,
    DeleteCategoryInput,
    MoveCategoryInput,
    RenameCategoryInput,
    ReorderCategoriesInput,
)
from schema.results.category import (
    CreateCategoryResult,
    DeleteCategoryResult,
    MoveCategoryResult,
    RenameCategoryResult,
    ReorderCategoriesResult,
)

WRITE = ("catalog:write",)


@strawberry.type
class CategoryWrites:
    """Writes of categories. Shoppers see them at once: a shelf is no statement about food."""

    create_category: CreateCategoryResult = mutation(
        resolve.create, CreateCategoryInput, requires=WRITE, description="Makes a category, the last where it stands."
    )
    rename_category: RenameCategoryResult = mutation(
        resolve.rename, RenameCategoryInput, requires=WRITE, description="Gives a category another name or icon."
    )
    move_category: MoveCategoryResult = mutation(
        resolve.move, MoveCategoryInput, requires=WRITE, description="Puts a category below another one."
    )
    reorder_categories: ReorderCategoriesResult = mutation(
        resolve.reorder,
        ReorderCategoriesInput,
        requires=WRITE,
        description="Puts the categories that stand beside one another in order.",
    )
    delete_category: DeleteCategoryResult = mutation(
        resolve.delete, DeleteCategoryInput, requires=WRITE, description="Deletes a category with nothing below it."
    )
