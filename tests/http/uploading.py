"""The upload endpoints over a database and a folder of the test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from app.accounts.ended import Ended
from app.files.links import Links
from app.files.rules import Caps
from app.files.store import Store
from app.http.callers import Callers
from app.http.uploads import Uploads
from app.kit.caller import Caller, CallerKind
from app.kit.tokens import Tokens
from app.partners.known_keys import KnownKeys
from app.tables import Database
from tests.shop import SECRET, state, with_state

CAPS = Caps(image=200_000, video=300_000, document=250_000, day=3_000_000)
ANNA, BEN = Caller(CallerKind.CUSTOMER, 7), Caller(CallerKind.CUSTOMER, 8)
LINKS = Links(SECRET)
TABLES = ("upload_ticket", "upload", "upload_budget", "idempotent_answer")


@dataclass(frozen=True, slots=True)
class Desk:
    """The endpoints, and what they have kept."""

    client: httpx.AsyncClient
    database: Database
    store: Store
    folder: Path

    async def send(self, content: bytes, key: str = "key-0001", **options: Any) -> httpx.Response:
        """Sends a file as wx.uploadFile does; `caller`, `name` and `headers` may differ from the usual."""
        headers = token(options.pop("caller", ANNA)) | options.pop("headers", {})
        files = {"file": (options.pop("name", "tmp_8f3a.jpg"), content, "image/jpeg")}
        return await self.client.post("/uploads", files=files, data={"idempotencyKey": key}, headers=headers, **options)

    async def rows(self) -> list[dict[str, Any]]:
        """Every upload's row, oldest first."""
        return [dict(row) for row in await self.database.pool.fetch("SELECT * FROM upload ORDER BY id")]

    def files(self) -> list[Path]:
        """Every file in the store's folder, unfinished ones too."""
        return [path for path in self.folder.rglob("*") if path.is_file()]

    async def has_nothing(self) -> bool:
        """Neither a row nor a file."""
        return not await self.rows() and not self.files()


def token(caller: Caller) -> dict[str, str]:
    """The header a caller comes with."""
    return {"authorization": f"Bearer {Tokens([SECRET]).issue(caller, timedelta(hours=1))}"}


def endpoints(caps: Caps = CAPS) -> Uploads:
    """The endpoints alone."""
    return Uploads(Callers(Tokens([SECRET]), KnownKeys(), Ended()), LINKS, caps)


@asynccontextmanager
async def desk(database: Database, folder: Path, caps: Caps = CAPS, store: Store | None = None) -> AsyncIterator[Desk]:
    """The endpoints over `database` and `folder`."""
    store = store or Store.open(folder.as_uri())
    app = Starlette(routes=endpoints(caps).routes())
    transport = httpx.ASGITransport(with_state(app, (await state(database)) | {"files": store}))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        yield Desk(client, database, store, folder)
