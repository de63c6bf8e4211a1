"""What keeping a product is refused for."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class TooManyFavourites(Refusal):
    """The customer has as many favourites as one may have."""

    limit: int
    zh = "最多收藏 {self.limit} 件商品，请先取消一些收藏。"
    en = "At most {self.limit} products can be favourites: remove some first."
