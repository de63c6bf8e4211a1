"""What the catalogue refuses."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class ProductNotFound(Refusal):
    """There is no published product of this id."""

    zh = "商品不存在或已下架。"
    en = "There is no such product, or it is not sold any more."
