"""A database with a partner in it, and what stands in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import orjson
import pytest

from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.kit.crypto import KeyRing, new_key
from app.partners import service
from app.partners.enums import PartnerKind
from app.partners.service import NewPartner
from app.partners.webhooks import Webhooks
from app.tables import Database
from tests.partners.receiver import Receiver, receiving
from tests.shop import NOW

STAFF = Caller(CallerKind.STAFF, 1, frozenset({"partners:read", "partners:write"}))
WRITTEN = ("partner", "api_key", "webhook", "partner_event", "webhook_delivery", "pgqueuer", "audit_entry")


@dataclass(frozen=True, slots=True)
class Office:
    """The shop's side of partners, over a database of the test's own."""

    database: Database
    owner: asyncpg.Connection
    webhooks: Webhooks

    async def partner(self, **values: Any) -> int:
        """A new active lab."""
        given = {
            "code": "lab",
            "name": "检测中心",
            "kind": PartnerKind.LAB,
            "calls_per_minute": 60,
            "calls_per_day": 99,
        }
        key = f"partner-{values.get('code', 'lab')}"
        async with self.database.session():
            made = await service.create(STAFF, idempotency_key=key, new=NewPartner(**given | values))
        return made.id

    async def rows(self, sql: str, *args: Any) -> list[tuple[Any, ...]]:
        """What a statement answers, as the owner."""
        return [tuple(each) for each in await self.owner.fetch(sql, *args)]

    async def everything(self) -> bytes:
        """All that the domain and its jobs have written, to see that nothing was changed."""
        found = {name: await self.owner.fetchval(f"SELECT json_agg(t ORDER BY id) FROM {name} t") for name in WRITTEN}
        found["keys"] = await self.owner.fetchval("SELECT count(*) FROM idempotent_answer")
        return orjson.dumps(found)

    async def queued(self) -> list[tuple[str, Any]]:
        """The jobs that wait, oldest first: name and payload."""
        sql = (
            "SELECT entrypoint, convert_from(payload, 'UTF8')::jsonb FROM pgqueuer WHERE status = 'queued' ORDER BY id"
        )
        return [(name, orjson.loads(payload)) for name, payload in await self.rows(sql)]


@pytest.fixture
async def office(database: Database, owner_url: str) -> AsyncIterator[Office]:
    """The database, the owner's view of it, and a key ring."""
    owner = await asyncpg.connect(owner_url)
    yield Office(database, owner, Webhooks(KeyRing({"k1": new_key()}), allows_loopback=True))
    await owner.close()


@pytest.fixture
def now() -> datetime:
    """The time at which all of it happens."""
    return NOW


@pytest.fixture(autouse=True)
async def stopped_clock(now: datetime) -> AsyncIterator[None]:
    """Tests move it on by themselves."""
    with clock.moved_to(now):
        yield


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A partner's server."""
    async with receiving() as opened:
        yield opened
