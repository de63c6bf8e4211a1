"""What the catalogue refuses."""

from dataclasses import dataclass

from app.catalog.checks import ContentProblem
from app.catalog.enums import RevisionStatus
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


@dataclass(frozen=True, slots=True)
class RevisionNotFound(Refusal):
    """There is no revision of this id."""

    zh = "没有这个修订。"
    en = "There is no such revision."


@dataclass(frozen=True, slots=True)
class RevisionByAnother(Refusal):
    """Somebody else's revision of the product is open; or this one is somebody else's."""

    revision_id: int
    zh = "这个商品正由另一位同事修改，请等其发布、撤销或丢弃。"
    en = "A colleague is changing this product: wait until that revision is published or discarded."


@dataclass(frozen=True, slots=True)
class ContentMoved(Refusal):
    """The content is no longer the one the caller saw; `content_hash` is that of the present one."""

    content_hash: str
    zh = "内容在您查看之后已有变动，请重新查看后再操作。"
    en = "The content has changed since you saw it: look at it again."


@dataclass(frozen=True, slots=True)
class RevisionNotThere(Refusal):
    """A move that does not begin where the revision stands."""

    status: RevisionStatus
    zh = "修订当前状态为 {self.status}，不能这样操作。"
    en = "The revision is {self.status}: this cannot be done now."


@dataclass(frozen=True, slots=True)
class OwnRevision(Refusal):
    """Nobody decides on what she made herself (DESIGN rule 10)."""

    zh = "不能审核自己制作的修订。"
    en = "Nobody decides on a revision she made herself."


@dataclass(frozen=True, slots=True)
class RevisionOutdated(Refusal):
    """What is published is newer than what the revision began with; `published_hash` is that of it."""

    published_hash: str
    zh = "商品在修订开始之后又发布过新内容，请先合并再提交。"
    en = "The product was published anew since this revision began: bring it up to date first."


@dataclass(frozen=True, slots=True)
class NothingChanged(Refusal):
    """The content is what the public sees already."""

    zh = "内容与已发布的相同，没有可提交的改动。"
    en = "This is what is published already: there is nothing to decide on."


@dataclass(frozen=True, slots=True)
class ContentNotReady(Refusal):
    """The content may not be published as it is; each problem names its line."""

    problems: tuple[ContentProblem, ...]
    zh = "内容还不能发布，请按列出的项目修改。"
    en = "The content cannot be published yet: see the lines named."


@dataclass(frozen=True, slots=True)
class IdentifierTaken(Refusal):
    """Another product has this slug, SKU code or GTIN."""

    field: str
    zh = "{self.field} 已被其他商品使用。"
    en = "Another product has this {self.field}."


@dataclass(frozen=True, slots=True)
class ProductNotPublished(Refusal):
    """There is nothing to take off: the public does not see the product."""

    zh = "商品并未发布。"
    en = "The product is not published."
