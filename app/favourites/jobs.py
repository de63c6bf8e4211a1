"""Jobs of what a customer keeps."""

from datetime import timedelta
from typing import Any

from app.kit import clock, db

KEPT = timedelta(days=90)  # as app.favourites.models declares (PIPL article 19: no longer than needed)

_PURGE = "DELETE FROM product_view WHERE viewed_at < $1"


async def purge_views(_: dict[str, Any]) -> None:
    """Forgets what was looked at more than 90 days ago; daily, and harmless to repeat."""
    await db.current().execute(_PURGE, clock.now() - KEPT)
