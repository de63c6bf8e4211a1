"""What taking an offer or a gift is refused for."""

from dataclasses import dataclass

from app.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class OfferUnitsGone(Refusal):
    """The offer has ended, or has fewer units left for this customer than she wants."""

    offer_id: int
    available: int  # units she can have at the offer's price; 0 when it has ended

    zh = "特惠数量已变化，请重新确认价格。"
    en = "The offer is over, or has fewer units left: look at the price again."


@dataclass(frozen=True, slots=True)
class GiftGone(Refusal):
    """A gift the cart had earned is given away by now."""

    zh = "赠品刚刚赠完，请重新确认。"
    en = "A gift has just been given away: look at the cart again."
