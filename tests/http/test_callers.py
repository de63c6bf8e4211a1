"""Who asks: tokens and API keys in one header, at every endpoint."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from app.accounts.ended import Ended
from app.http.callers import NOBODY, Callers, Identity
from app.http.errors import RequestRefused
from app.kit import clock
from app.kit.caller import Caller, CallerKind
from app.partners.known_keys import KnownKeys
from tests.http import toy
from tests.http.toy import TOKENS
from tests.rows import Rows
from tests.shop import NOW, Shop, state

ASKED = {"query": "{ caller }"}


@pytest.fixture
async def client(bare_shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy schema over the rows of the test."""
    async with toy.client(await state(bare_shop.database)) as client:
        yield client


async def test_an_api_key_comes_as_a_bearer_token(rows: Rows, client: httpx.AsyncClient) -> None:
    """The scheme in any case, as for tokens."""
    partner = await rows.partner()
    text = await rows.api_key(partner)
    with clock.moved_to(NOW):
        for scheme in ("Bearer", "bearer"):
            answer = await client.post("/", json=ASKED, headers={"authorization": f"{scheme} {text}"})
            assert answer.json() == {"data": {"caller": f"partner:{partner}"}}


async def test_a_key_that_does_not_hold_is_refused(rows: Rows, client: httpx.AsyncClient) -> None:
    """401; who proves the key learns why, who does not learns nothing."""
    partner, off = await rows.partner(), await rows.partner(is_active=False)
    text = await rows.api_key(partner)
    refusals = {
        await rows.api_key(partner, expires_at=NOW): "The API key has expired.",
        await rows.api_key(partner, revoked_at=NOW): "The API key was revoked.",
        await rows.api_key(off): "The partner of this API key is not active.",
        text[:-1] + ("0" if text[-1] != "0" else "1"): "The API key does not hold.",
        "ygk_" + "0" * 12 + text[16:]: "The API key does not hold.",
        text[:-1]: "The API key does not hold.",
    }
    with clock.moved_to(NOW):
        for key, message in refusals.items():
            refused = await client.post("/", json=ASKED, headers={"authorization": f"Bearer {key}"})
            assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
            error = {"message": message, "extensions": {"code": "UNAUTHENTICATED"}}
            assert refused.json() == {"errors": [error]}
            assert refused.headers["cache-control"] == "no-store"


async def test_an_identity_says_when_it_ends(rows: Rows, bare_shop: Shop) -> None:
    """For sockets, which outlive what they were opened with."""
    callers, partner = Callers(TOKENS, KnownKeys(), Ended()), await rows.partner()
    key = await rows.api_key(partner, expires_at=NOW + timedelta(hours=3))
    caller = Caller(CallerKind.CUSTOMER, 7)
    with clock.moved_to(NOW):
        token = TOKENS.issue(caller, timedelta(hours=2))
        assert await callers.identify({}, bare_shop.database) == NOBODY
        found = await callers.identify({"authorization": f"Bearer {token}"}, bare_shop.database)
        assert found == Identity(caller, NOW + timedelta(hours=2))
        found = await callers.identify({"authorization": f"Bearer {key}"}, bare_shop.database)
        assert found.expires_at == NOW + timedelta(hours=3)
        with pytest.raises(RequestRefused):
            await callers.of({"authorization": "Basic eDp5"}, bare_shop.database)
