"""Facts of refusals to buy."""

from collections.abc import Awaitable

from strawberry import Parent

from app.catalog.models import Sku
from app.inventory.rules import Shortage
from app.orders.errors import QuoteChanged
from resolvers.info import Info


def short_sku(parent: Parent[Shortage], info: Info) -> Awaitable[Sku | None]:
    """What is short."""
    return info.context.loaders.skus.load(parent.sku_id)


def quoted(parent: Parent[QuoteChanged]) -> int:
    """What was said before, in fen."""
    return parent.quoted_fen


def now_total(parent: Parent[QuoteChanged]) -> int:
    """What it costs now, in fen."""
    return parent.total_fen
