"""Writes that act once, with retries one after another and at the same time."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.kit import clock, db, idempotency
from app.kit.caller import Caller, CallerKind
from app.kit.errors import Refused
from app.kit.idempotency import BadIdempotencyKey, Reference
from app.kit.models import DataKey, IdempotentAnswer
from app.tables import Database
from tests.kit.conftest import PATIENCE, until_waiting

ANNA, BEN = Caller(CallerKind.CUSTOMER, 7), Caller(CallerKind.CUSTOMER, 8)
KEY = "a1b2c3d4"


class RefusedError(Exception):
    """What a service raises when it says no."""


class Shop:
    """A write that counts how often it acts."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.acts = 0
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def place(
        self, caller: Caller = ANNA, key: str = KEY, operation: str = "placeOrder", *, fails: bool = False, **given: Any
    ) -> Reference:
        """Places an order, or refuses after having written."""

        async def act() -> Reference:
            self.acts += 1
            self.begun.set()
            await self.go_on.wait()
            row = await DataKey.create(subject=f"{self.acts}", ring_key="k", wrapped=b"x", created_at=clock.now())
            if fails:
                raise RefusedError
            return Reference("Order", row.id)

        async with self.database.session(), db.transaction() as tx:
            return await idempotency.once(tx, caller=caller, operation=operation, key=key, input=given, act=act)

    async def orders(self) -> int:
        """How many were placed."""
        async with self.database.session():
            return await DataKey.all().count()


@pytest.fixture
def shop(database: Database) -> Shop:
    """A shop without orders."""
    return Shop(database)


async def test_the_same_key_and_input_give_the_same_answer(shop: Shop) -> None:
    """The second call does not act, whatever the order of its fields."""
    first = await shop.place(sku=1, count=2)
    assert await shop.place(count=2, sku=1) == first
    assert first.type == "Order"
    assert (shop.acts, await shop.orders()) == (1, 1)


async def test_the_same_key_with_another_input_is_refused(shop: Shop) -> None:
    """And nothing is written."""
    await shop.place(sku=1)
    with pytest.raises(Refused, match="IdempotencyKeyReused"):
        await shop.place(sku=2)
    assert (shop.acts, await shop.orders()) == (1, 1)


async def test_a_key_belongs_to_its_caller_and_operation(shop: Shop) -> None:
    """Another caller, another mutation, another key: each acts."""
    await shop.place()
    await shop.place(caller=BEN)
    await shop.place(operation="claimCoupon")
    await shop.place(key="another-key")
    assert shop.acts == 4


async def test_a_refusal_is_not_stored(shop: Shop) -> None:
    """The key stays free, and the next call acts."""
    with pytest.raises(RefusedError):
        await shop.place(fails=True)
    assert await shop.orders() == 0
    await shop.place()
    assert (shop.acts, await shop.orders()) == (2, 1)


async def test_of_concurrent_calls_one_acts_and_all_answer_the_same(shop: Shop) -> None:
    """Three connections at once: two wait for the first."""
    shop.go_on.clear()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        calls = [group.create_task(shop.place(sku=1)) for _ in range(3)]
        await until_waiting(shop.database, 2)
        shop.go_on.set()
    assert len({call.result() for call in calls}) == 1
    assert (shop.acts, await shop.orders()) == (1, 1)


async def test_when_the_first_of_two_fails_the_waiting_one_acts(shop: Shop) -> None:
    """The claim goes with the rollback."""
    shop.go_on.clear()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        first = group.create_task(_refused(shop))
        await shop.begun.wait()
        second = group.create_task(shop.place())
        await until_waiting(shop.database, 1)
        shop.go_on.set()
    assert first.result() is None
    assert second.result().type == "Order"
    assert (shop.acts, await shop.orders()) == (2, 1)


async def _refused(shop: Shop) -> None:
    with pytest.raises(RefusedError):
        await shop.place(fails=True)


async def test_a_concurrent_call_with_another_input_is_refused(shop: Shop) -> None:
    """It waits for the first and then sees that it was not the same."""
    shop.go_on.clear()
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        first = group.create_task(shop.place(sku=1))
        await shop.begun.wait()
        second = group.create_task(_reused(shop))
        await until_waiting(shop.database, 1)
        shop.go_on.set()
    assert first.result().type == "Order"
    assert second.done()
    assert shop.acts == 1


async def _reused(shop: Shop) -> None:
    with pytest.raises(Refused, match="IdempotencyKeyReused"):
        await shop.place(sku=2)


@pytest.mark.parametrize("key", ["", "short77", "x" * 65, "with blank", "商品商品商品商品", "null\0null", "line\nline"])
async def test_a_key_of_another_form_is_refused(shop: Shop, key: str) -> None:
    """Eight to 64 visible ASCII characters, before anything is written."""
    with pytest.raises(BadIdempotencyKey):
        await shop.place(key=key)
    assert shop.acts == 0


async def test_it_is_refused_outside_a_transaction(database: Database) -> None:
    """Answer and write stand or fall together."""

    async def never() -> Reference:
        raise AssertionError

    async with database.session() as connection:
        with pytest.raises(db.NoTransactionError):
            await idempotency.once(connection, caller=ANNA, operation="o", key=KEY, input={}, act=never)


async def test_answers_are_kept_a_day(shop: Shop) -> None:
    """One of 25 hours is forgotten, one of 23 is not."""
    noon = datetime(2026, 8, 1, 4, tzinfo=UTC)
    with clock.moved_to(noon - timedelta(hours=25)):
        await shop.place(key="old-key-1")
    with clock.moved_to(noon - timedelta(hours=23)):
        await shop.place(key="young-key")
    with clock.moved_to(noon):
        async with shop.database.session():
            await idempotency.purge({})
            assert await IdempotentAnswer.all().values_list("key", flat=True) == ["young-key"]


@dataclass
class Line:
    """As an input class is."""

    sku: int
    count: int


def test_the_input_hash_is_canonical() -> None:
    """Order of fields does not count, everything else does; dataclasses are what their fields are."""
    given = {"lines": [Line(1, 2)], "at": datetime(2026, 8, 1, tzinfo=UTC), "note": "香菜"}
    same = {"note": "香菜", "at": datetime(2026, 8, 1, tzinfo=UTC), "lines": [{"count": 2, "sku": 1}]}
    assert idempotency.input_hash(given) == idempotency.input_hash(same)
    others: list[Any] = [{**same, "note": "葱"}, {**same, "lines": []}, {**same, "more": None}, [same], None]
    assert len({idempotency.input_hash(other) for other in [same, *others]}) == 6
    assert len(idempotency.input_hash(None)) == 32
