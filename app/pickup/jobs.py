"""Jobs of pickup."""

from typing import Any

import structlog

from app.kit import clock
from app.pickup.rules import AHEAD
from app.pickup.service import make_slots as make

_log = structlog.get_logger("pickup")


async def make_slots(_: dict[str, Any]) -> None:
    """Makes the slots of the coming days from the weekly rules; daily, and harmless to repeat."""
    made = await make(clock.today(), AHEAD)
    _log.info("slots made", count=made)
