"""Uploads whose files are of no interest."""

from datetime import datetime
from itertools import count
from typing import Any

from app.kit import clock
from app.kit.caller import Caller
from tests.http.uploading import ANNA
from tests.rows import Rows

_NUMBERS = count(1)


async def upload(rows: Rows, caller: Caller = ANNA, at: datetime | None = None, **values: Any) -> int:
    """A picture in quarantine."""
    given = {
        "storage_key": f"uploads/20261120/{next(_NUMBERS):032x}",
        "content_type": "image/jpeg",
        "size_bytes": 1000,
        "sha256": "0" * 64,
        "width": 48,
        "height": 32,
        "caller": str(caller),
        "created_at": at or clock.now(),
    }
    return await rows.insert("upload", **given | values)
