"""What a request waits for."""

import asyncio

import pytest
from tortoise.queryset import QuerySet

from app.catalog.models import Category, Product
from app.http.awaitables import is_awaitable


async def test_coroutines_and_futures_are_waited_for() -> None:
    """A resolver may answer any of them."""

    async def later() -> int:
        return 1

    coroutine = later()
    assert is_awaitable(coroutine)
    assert await coroutine == 1
    future = asyncio.get_running_loop().create_future()
    assert is_awaitable(future)
    task = asyncio.create_task(later())
    assert is_awaitable(task)
    await task


def test_anything_else_with_await_is_waited_for() -> None:
    """Tortoise's queries, for one."""
    assert is_awaitable(QuerySet.__new__(QuerySet))


@pytest.mark.parametrize("value", [None, True, 1, "text", [], {}, Product(id=1), Category(id=1)])
def test_values_and_rows_are_there_already(value: object) -> None:
    """Tortoise's rows could be awaited, for nothing: a task per row."""
    assert not is_awaitable(value)
