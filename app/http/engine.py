"""Runs documents."""

from collections.abc import AsyncGenerator
from contextlib import suppress
from functools import lru_cache
from inspect import isawaitable
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    create_source_event_stream,
    execute,
    get_variable_values,
)

from app.context import Context
from app.documents.verdict import Verdict
from app.http.actual import actual
from app.http.awaitables import is_awaitable
from app.http.errors import told
from app.http.executor import LeafExecutor, Selections
from app.http.limits import FREE, REGISTERED
from app.http.plan import NoPlanError, Planner, Selection, follow
from app.http.prepared import Prepared, prepare
from app.http.verdicts import judge

FREE_DOCUMENTS = 256  # kept ready at once


class Engine:
    """The schema, and the free documents that were asked lately, ready."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._free = lru_cache(maxsize=FREE_DOCUMENTS)(lambda text: prepare(schema, text, FREE))

    def registered(self, text: str, name: str) -> Prepared:
        """A registered document, made ready.

        Raises:
            RequestRefused: it does not fit the schema or its limits.
        """
        return prepare(self._schema, text, REGISTERED, name)

    def free(self, text: str) -> Prepared:
        """A document that anybody wrote, made ready or ready already.

        Raises:
            RequestRefused: as `registered`, by stricter limits.
        """
        return self._free(text)

    def check(self, text: str) -> Verdict:
        """What the schema says of a text that is to be registered."""
        return judge(self._schema, text)

    async def run(
        self,
        document: Prepared,
        operation_name: str | None,
        variables: dict[str, Any] | None,
        context: Context,
        event: object = None,
    ) -> dict[str, Any]:
        """The answer to a request, or to a subscription's event: `data`, `errors` or both, as JSON can carry them."""
        data = await self._followed(document, operation_name, variables, context)
        if data is not None:
            return {"data": data}
        result = execute(
            self._schema,
            document.document,
            event,
            context_value=context,
            variable_values=variables,
            operation_name=operation_name,
            is_awaitable=is_awaitable,
            executor_class=LeafExecutor,
            selections=document.selections or Selections(),
        )
        if isawaitable(result):
            result = await result
        return _answer(result)

    async def _followed(
        self, document: Prepared, operation_name: str | None, variables: dict[str, Any] | None, context: Context
    ) -> dict[str, Any] | None:
        """The data of a query that has a plan and goes well; else None, and nothing has happened."""
        operation = document.operation(operation_name)
        plan = self._plan(document, operation, operation_name)
        if plan is None:
            return None
        given = get_variable_values(self._schema, operation.variable_definitions or (), variables or {})
        return None if isinstance(given, list) else await follow(plan, context, given)

    def _plan(self, document: Prepared, operation: OperationDefinitionNode, name: str | None) -> Selection | None:
        if name not in document.plans:
            document.plans[name] = None
            if document.selections is not None and operation.operation is OperationType.QUERY:
                with suppress(NoPlanError):
                    document.plans[name] = Planner(self._schema, document.document).plan(operation)
        return document.plans[name]

    def actual(self, document: Prepared, operation_name: str | None, answer: dict[str, Any]) -> int:
        """The points that an answer of `run` came to."""
        return actual(self._schema, document, document.operation(operation_name), answer.get("data"))

    async def subscribe(
        self, document: Prepared, operation_name: str | None, variables: dict[str, Any] | None, context: Context
    ) -> AsyncGenerator[Any, None] | dict[str, Any]:
        """The events of a subscription, each to be answered by `run`; or an answer that says why there are none.

        That answer has `errors` only: nothing was executed.
        """
        executor = LeafExecutor.build(
            self._schema,
            document.document,
            context_value=context,
            raw_variable_values=variables,
            operation_name=operation_name,
            is_awaitable=is_awaitable,
            selections=Selections(),
        )
        if isinstance(executor, list):
            return {"errors": [told(error) for error in executor]}
        events = create_source_event_stream(executor)
        if isawaitable(events):
            events = await events
        if isinstance(events, ExecutionResult):
            return {"errors": [told(error) for error in events.errors or ()]}
        return events  # type: ignore[return-value]  # schema.binding.subscription takes async generators only


def _answer(result: ExecutionResult) -> dict[str, Any]:
    if not result.errors:
        return {"data": result.data}
    answer: dict[str, Any] = {"errors": [told(error) for error in result.errors]}
    if result.data is not None or any(error.path for error in result.errors):
        answer["data"] = result.data
    return answer
