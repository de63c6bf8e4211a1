"""What graphql-core has to wait for."""

from collections.abc import Awaitable
from typing import Any, TypeGuard

from tortoise.models import Model


class _Kinds(dict[type, bool]):
    """Whether values of a type are waited for, found out once per type."""

    def __missing__(self, kind: type) -> bool:
        found = self[kind] = hasattr(kind, "__await__") and not issubclass(kind, Model)
        return found


_KINDS = _Kinds()


def is_awaitable(value: Any) -> TypeGuard[Awaitable[Any]]:
    """Whether a field's value is still to come.

    Rows are not, although Tortoise gives them an `__await__` (which answers the row itself): graphql-core would make
    a coroutine and a task for every row of every list.
    """
    return _KINDS[type(value)]
