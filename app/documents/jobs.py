"""Jobs of the registry."""

from datetime import timedelta
from typing import Any

import structlog

from app.documents.service import drop_unused
from app.kit.caller import MACHINE
from app.settings import Settings

_log = structlog.get_logger("documents")


async def drop_versions(_: dict[str, Any]) -> None:
    """Stops answering retired versions that nobody has used for the grace period; daily, and harmless to repeat."""
    for app, version in await drop_unused(MACHINE, timedelta(days=Settings().documents_grace_days)):
        _log.info("version dropped", app=app, version=version)
