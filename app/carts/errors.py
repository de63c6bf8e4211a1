"""What writing a cart, or buying it, is refused for."""

from dataclasses import dataclass
from datetime import datetime

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class CartNotFound(Refusal):
    """There is no such cart: the token is none, its cart was forgotten, or a customer took it over."""

    zh = "购物车不存在或已失效。"
    en = "There is no such cart any more."


@dataclass(frozen=True, slots=True)
class TooManyCarts(Refusal):
    """The address began too many carts lately."""

    again_at: datetime

    zh = "操作过于频繁，请稍后再试。"
    en = "Too many carts were begun from here: try again later."


@dataclass(frozen=True, slots=True)
class CartFull(Refusal):
    """The cart has as many lines as one may have."""

    limit: int

    zh = "购物车最多放 {self.limit} 种商品，请先删除一些。"
    en = "A cart holds at most {self.limit} different goods: remove some first."


@dataclass(frozen=True, slots=True)
class QuantityOutOfRange(Refusal):
    """The line would hold less than one unit, or more than one customer may have in an order."""

    limit: int

    zh = "该商品每单限购 1 至 {self.limit} 件。"
    en = "One order takes 1 to {self.limit} of this."


@dataclass(frozen=True, slots=True)
class CartEmpty(Refusal):
    """There is nothing to buy in the cart, or nothing that is sold now."""

    zh = "购物车中没有可结算的商品。"
    en = "There is nothing in the cart that can be bought now."


@dataclass(frozen=True, slots=True)
class PickupNotChosen(Refusal):
    """The cart names no pickup point and slot."""

    zh = "请先选择自提点和自提时段。"
    en = "Choose a pickup point and slot first."
