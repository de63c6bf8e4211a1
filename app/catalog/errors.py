"""What the catalogue refuses."""

from dataclasses import dataclass

from app.kit.errors import BadInput, Refusal


@dataclass(frozen=True, slots=True)
class ProductNotFound(Refusal):
    """There is no published product of this id."""

    zh = "商品不存在或已下架。"
    en = "There is no such product, or it is not sold any more."


class BadCategory(BadInput):
    """A category with these values cannot be."""


@dataclass(frozen=True, slots=True)
class CategoryNotFound(Refusal):
    """There is no such category."""

    zh = "没有这个类目。"
    en = "There is no such category."


@dataclass(frozen=True, slots=True)
class CategorySlugTaken(Refusal):
    """Another category has this slug."""

    zh = "该类目地址名已被使用。"
    en = "Another category has this slug."


@dataclass(frozen=True, slots=True)
class CategoryAboveItself(Refusal):
    """The category would stand below itself."""

    zh = "类目不能移到自己或自己的下级之下。"
    en = "A category cannot stand below itself."


@dataclass(frozen=True, slots=True)
class CategoriesNotSiblings(Refusal):
    """These are not all the categories that stand there, each once."""

    zh = "请给出该处的全部类目，且各一次。"
    en = "Give all the categories that stand there, each once."


@dataclass(frozen=True, slots=True)
class CategoryNotEmpty(Refusal):
    """Something stands below the category."""

    categories: int
    products: int
    zh = "类目下仍有 {self.categories} 个子类目、{self.products} 个商品。"
    en = "{self.categories} categories and {self.products} products stand below it."
