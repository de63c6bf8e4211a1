"""A key that ends, ends in every process at once: they tell each other."""

import asyncio

import pytest

from app.kit.fanout import Fanout
from app.partners import service
from app.partners.errors import ApiKeyRevoked
from app.partners.known_keys import KnownKeys
from app.partners.service import Grant
from app.tables import Database
from tests.kit.conftest import PATIENCE
from tests.partners.conftest import STAFF, Office
from tests.partners.test_service import YEAR


async def test_a_revoked_key_is_forgotten_by_another_process(office: Office, app_url: str, redis_url: str) -> None:
    """Time stands still here, so that nothing but the message can end it."""
    partner = await office.partner()
    async with Fanout(redis_url).running() as here, Fanout(redis_url).running() as there:
        database = await Database.open(app_url, size=2, publish=here.publish)
        async with database.session():
            grant = Grant(partner, ["reports:file"], YEAR)
            issued = await service.issue_key(STAFF, idempotency_key="revoke-me", grant=grant)
        assert issued.text is not None
        keys = KnownKeys()
        listening = asyncio.create_task(keys.listen(there))
        async with there.subscribe("partner-keys"):  # from here on both are heard
            await keys.prove(issued.text, database)
            async with database.session():
                await service.revoke_key(STAFF, issued.api_key.id)
            async with asyncio.timeout(PATIENCE):
                while keys._proved:
                    await office.rows("SELECT 1")
        with pytest.raises(ApiKeyRevoked):
            await keys.prove(issued.text, database)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await database.close()
