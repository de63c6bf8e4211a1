"""Holds themselves: one per customer, lengthened once, and not too many that come to nothing."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import asyncpg
import pytest

from app.accounts.queries import lock_customer
from app.holds import service
from app.holds.enums import HoldOutcome
from app.holds.errors import HoldAlreadyExtended, HoldBudgetSpent, HoldEnded
from app.kit import clock, db
from app.kit.errors import Refused
from tests.inventory.till import Till
from tests.rows import Rows
from tests.shop import NOW

HOME, OFFICE = b"h" * 32, b"o" * 32
HOLDS = "SELECT expires_at, extended_at, ended_at, outcome FROM hold ORDER BY id"


async def begin(till: Till, customer: int, address: bytes = HOME, outcome: HoldOutcome | None = None) -> int | str:
    """A hold that ends at once if an outcome is given; or why there is none."""
    try:
        async with till.database.session(), db.transaction() as tx:
            await lock_customer(tx, customer)
            begun = (await service.begin(tx, customer, address)).id
            if outcome:
                await service.end(tx, [begun], outcome)
            return begun
    except Refused as refused:
        return type(refused.reason).__name__


async def extend(till: Till, customer: int) -> datetime | str:
    """Until when her hold lasts, lengthened; or why not."""
    try:
        async with till.database.session(), db.transaction() as tx:
            await lock_customer(tx, customer)
            hold = await service.open_of(customer)
            assert hold is not None
            return await service.extend(tx, hold)
    except Refused as refused:
        return type(refused.reason).__name__


async def sweep(till: Till, most: int = 100) -> int:
    """How many holds were ended because their time is over."""
    async with till.database.session(), db.transaction() as tx:
        return await service.sweep(tx, most)


async def test_a_hold_lasts_ten_minutes_and_once_ten_more(till: Till, rows: Rows) -> None:
    """A second lengthening is refused, and so is one that comes too late; neither changes anything."""
    customer, late = await rows.customer(), await rows.customer()
    await begin(till, customer)
    await begin(till, late)
    first = NOW + timedelta(minutes=9, seconds=59)
    with clock.moved_to(first):
        assert await extend(till, customer) == NOW + timedelta(minutes=20)
        assert await extend(till, customer) == HoldAlreadyExtended.__name__
    with clock.moved_to(NOW + timedelta(minutes=10)):
        assert await extend(till, late) == HoldEnded.__name__
    assert await till.look(HOLDS) == [
        (NOW + timedelta(minutes=20), first, None, None),
        (NOW + timedelta(minutes=10), None, None, None),
    ]


async def test_a_customer_has_one_hold_open(till: Till, rows: Rows) -> None:
    """By key, even for code that forgets to end the old one."""
    customer = await rows.customer()
    await begin(till, customer)
    with pytest.raises(asyncpg.UniqueViolationError):
        await begin(till, customer)
    assert len(await till.look(HOLDS)) == 1


async def test_a_customers_budget(till: Till, rows: Rows) -> None:
    """Twelve within an hour that came to no order (peers' hold-DoS: dujiao-next#105); orders do not count."""
    customer = await rows.customer()
    for _ in range(3):
        assert isinstance(await begin(till, customer, outcome=HoldOutcome.PLACED), int)
    with clock.moved_to(NOW + timedelta(minutes=1)):
        for number in range(service.PER_CUSTOMER):
            assert isinstance(await begin(till, customer, bytes([number]) * 32, HoldOutcome.RELEASED), int)
    later = NOW + timedelta(minutes=30)
    with clock.moved_to(later):
        assert await begin(till, customer, OFFICE) == HoldBudgetSpent.__name__
        assert isinstance(await begin(till, await rows.customer()), int)
    assert len(await till.look(HOLDS)) == 3 + service.PER_CUSTOMER + 1
    with clock.moved_to(NOW + timedelta(hours=1, minutes=1)):
        assert isinstance(await begin(till, customer), int)


async def test_when_the_budget_is_there_again(till: Till, rows: Rows) -> None:
    """An hour after the first that counts, not after one that became an order."""
    customer = await rows.customer()
    await begin(till, customer, outcome=HoldOutcome.PLACED)
    for minute in range(1, service.PER_CUSTOMER + 1):
        with clock.moved_to(NOW + timedelta(minutes=minute)):
            await begin(till, customer, outcome=HoldOutcome.EXPIRED)
    async with till.database.session(), db.transaction() as tx:
        with pytest.raises(Refused) as refused:
            await service.begin(tx, customer, HOME)
    assert refused.value.reason == HoldBudgetSpent(NOW + timedelta(minutes=61))


async def test_an_addresss_budget_holds_for_customers_who_come_at_once(till: Till, rows: Rows) -> None:
    """Sixty, though seventy asked in transactions of their own; from another address there is room."""
    customers = [await rows.customer() for _ in range(70)]
    told = await asyncio.gather(*(begin(till, customer) for customer in customers))
    assert Counter(map(type, told)) == {int: service.PER_ADDRESS, str: 10}
    assert set(told) - {each for each in told if isinstance(each, int)} == {HoldBudgetSpent.__name__}
    assert len(await till.look(HOLDS)) == service.PER_ADDRESS
    assert isinstance(await begin(till, await rows.customer(), OFFICE), int)


async def test_the_sweep_ends_what_is_over(till: Till, rows: Rows) -> None:
    """A batch at a time, once; a hold with time left stays, and one that an order took keeps its outcome."""
    for _ in range(3):
        await begin(till, await rows.customer())
    await begin(till, await rows.customer(), outcome=HoldOutcome.PLACED)
    longer = await rows.customer()
    await begin(till, longer)
    await extend(till, longer)
    over = NOW + service.LASTS
    with clock.moved_to(over - timedelta(seconds=1)):
        assert await sweep(till) == 0
    with clock.moved_to(over):
        assert [await sweep(till, 2) for _ in range(3)] == [2, 1, 0]
    outcomes = [(row[2], row[3]) for row in await till.look(HOLDS)]
    assert outcomes == [*[(over, "EXPIRED")] * 3, (NOW, "PLACED"), (None, None)]


async def test_the_sweep_passes_over_whoever_is_placing_an_order(till: Till, rows: Rows) -> None:
    """It does not wait for her, and her order ends the hold, whose time is over meanwhile, as placed."""
    customer = await rows.customer()
    hold = await begin(till, customer)
    assert isinstance(hold, int)
    locked, swept = asyncio.Event(), asyncio.Event()

    async def place() -> None:
        async with till.database.session(), db.transaction() as tx:
            await lock_customer(tx, customer)
            locked.set()
            await swept.wait()
            await service.end(tx, [hold], HoldOutcome.PLACED)

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(place())
        await locked.wait()
        with clock.moved_to(NOW + service.LASTS):
            assert await sweep(till) == 0
        swept.set()
    with clock.moved_to(NOW + service.LASTS):
        assert await sweep(till) == 0
    assert [row[3] for row in await till.look(HOLDS)] == ["PLACED"]


async def test_ending_again_changes_nothing(till: Till, rows: Rows) -> None:
    """The first outcome stays."""
    hold = await begin(till, await rows.customer(), outcome=HoldOutcome.PLACED)
    assert isinstance(hold, int)
    with clock.moved_to(NOW + timedelta(minutes=1)):
        async with till.database.session(), db.transaction() as tx:
            await service.end(tx, [hold], HoldOutcome.RELEASED)
    assert [row[2:] for row in await till.look(HOLDS)] == [(NOW, "PLACED")]


async def test_holds_need_a_transaction(till: Till, rows: Rows) -> None:
    """Nothing is written outside one."""
    customer = await rows.customer()
    await begin(till, customer)
    async with till.database.session() as connection:
        hold = await service.open_of(customer)
        assert hold is not None
        for call in (
            service.begin(connection, customer, HOME),
            service.extend(connection, hold),
            service.end(connection, [hold.id], HoldOutcome.RELEASED),
            service.sweep(connection, 1),
        ):
            with pytest.raises(db.NoTransactionError):
                await call
