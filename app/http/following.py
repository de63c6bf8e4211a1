"""One request that follows a plan: it starts what is to be waited for, and fills in the answers as they come."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from graphql import FieldNode, GraphQLField, get_argument_values
from graphql.execution.values import VariableValues

from app.context import Context
from app.http.awaitables import is_awaitable


class UnusualError(Exception):
    """Something a plan does not answer: graphql-core does."""


class Info(NamedTuple):
    """What resolvers ask of `info`."""

    context: Context


class Following:
    """The state of a request. A value that is there already is used at once, one still to come when it has come."""

    __slots__ = ("_arguments", "_failed", "_finished", "_pending", "_tasks", "_variables", "info")

    def __init__(self, context: Context, variables: VariableValues) -> None:
        self.info = Info(context)
        self._variables = variables
        self._arguments: dict[int, dict[str, Any]] = {}
        self._pending = 0
        self._failed: BaseException | None = None  # the first one
        self._finished: asyncio.Future[None] | None = None
        self._tasks: list[asyncio.Task[Any]] = []

    def arguments(self, field: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """The arguments of a field in this request."""
        found = self._arguments.get(id(node))
        if found is None:
            found = self._arguments[id(node)] = get_argument_values(field, node, self._variables)
        return found

    def put(self, container: Any, key: Any, value: Any, complete: Callable[[Any, "Following"], Any]) -> None:
        """Sets `container[key]` to the completed value, now or when it has come."""
        if not is_awaitable(value):
            container[key] = complete(value, self)
            return
        if isinstance(value, asyncio.Future):
            future: asyncio.Future[Any] = value
        else:
            future = asyncio.ensure_future(value)
            self._tasks.append(future)
        if future.done():
            container[key] = complete(future.result(), self)
            return
        self._pending += 1

        def come(done: asyncio.Future[Any]) -> None:
            self._pending -= 1
            try:
                if self._failed is None:
                    container[key] = complete(done.result(), self)
                else:
                    done.exception()  # so that nobody calls it forgotten
            except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - graphql-core meets it again and tells it
                self._failed = error
            if not self._pending and self._finished is not None and not self._finished.done():
                self._finished.set_result(None)

        future.add_done_callback(come)

    def fail(self, error: Exception) -> None:
        """Nothing that comes from now on is used."""
        self._failed = error

    async def end(self) -> None:
        """Returns when every value has come.

        Raises:
            UnusualError: one was not as the plan expects, or failed.
        """
        try:
            while self._pending:
                self._finished = asyncio.get_running_loop().create_future()
                await self._finished
        except asyncio.CancelledError as left:
            self._failed = left  # what still comes is not used
            for task in self._tasks:
                task.cancel()
            raise
        if self._failed is not None:
            raise UnusualError from self._failed
