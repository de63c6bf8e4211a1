"""A partner's budget per document, minute and day, at the endpoint over a real Redis."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from app.kit import clock
from tests.http import toy
from tests.rows import Rows
from tests.shop import NOW, Shop, state

ASKED = {"query": "{ caller }"}
NEWER = {"accept": "application/graphql-response+json"}


@pytest.fixture
async def client(bare_shop: Shop, redis_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy schema over the rows of the test and the Redis of this run."""
    opened = await state(bare_shop.database, redis_url)
    async with toy.client(opened) as made:
        yield made
    await opened["redis"].aclose()


def number() -> int:
    """A partner's key that no other test counts under: they share the Redis of the run."""
    return uuid4().int >> 70


async def test_a_partner_that_has_spent_its_budget_waits(rows: Rows, client: httpx.AsyncClient) -> None:
    """429 with the seconds and what is left; the next minute it goes on, until the day is spent."""
    partner = await rows.partner(id=number(), calls_per_minute=2, calls_per_day=3)
    other = await rows.partner(id=number(), calls_per_minute=1, calls_per_day=1)
    headers = {"authorization": f"Bearer {await rows.api_key(partner)}", **NEWER}
    with clock.moved_to(NOW + timedelta(seconds=10)):
        for _ in range(2):
            assert (await client.post("/", json=ASKED, headers=headers)).status_code == 200
        refused = await client.post("/", json=ASKED, headers=headers)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "50")
        (error,) = refused.json()["errors"]
        assert error["extensions"] == {
            "code": "BUDGET_EXCEEDED",
            "retryAfterSeconds": 50,
            "left": {"minute": 0, "day": 1},
        }
        theirs = {"authorization": f"Bearer {await rows.api_key(other)}"}
        assert (await client.post("/", json=ASKED, headers=theirs)).json() == {"data": {"caller": f"partner:{other}"}}
    with clock.moved_to(NOW + timedelta(minutes=1)):
        assert (await client.post("/", json=ASKED, headers=headers)).status_code == 200
        spent = (await client.post("/", json=ASKED, headers=headers)).json()["errors"][0]["extensions"]
        assert spent["left"] == {"minute": 1, "day": 0}
        assert spent["retryAfterSeconds"] == (14 * 60 - 1) * 60 + 1  # ten in the morning to midnight in Shanghai
    with clock.moved_to(NOW + timedelta(hours=14)):
        assert (await client.post("/", json=ASKED, headers=headers)).status_code == 200


async def test_documents_have_budgets_of_their_own(rows: Rows, client: httpx.AsyncClient) -> None:
    """One that is spent leaves the others; callers without a key have none."""
    partner = await rows.partner(id=number(), calls_per_minute=1, calls_per_day=1)
    headers = {"authorization": f"Bearer {await rows.api_key(partner)}"}
    with clock.moved_to(NOW):
        for document in ({"query": "{ caller }"}, {"documentId": toy.WRITE.id}):
            assert "data" in (await client.post("/", json=document, headers=headers)).json()
            codes = [
                e["extensions"]["code"]
                for e in (await client.post("/", json=document, headers=headers)).json()["errors"]
            ]
            assert codes == ["BUDGET_EXCEEDED"]
        for _ in range(3):
            assert (await client.post("/", json=ASKED)).json() == {"data": {"caller": "visitor"}}
