"""The answers of one operation asked over a socket: one of a query or a mutation, one per event of a subscription."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from starlette.datastructures import Headers
from starlette.types import Scope

from app.context import Context, Live
from app.files.addresses import Addresses
from app.http.admission import Admitted
from app.http.budgets import Budgets
from app.http.callers import Identity
from app.http.errors import Code, RequestRefused
from app.http.lookup import Asked, Lookup
from app.http.observe import observed
from app.http.prepared import Prepared
from app.http.request import GraphQLRequest
from app.http.rights import Rights
from app.http.state import State
from app.kit.caller import Caller
from app.kit.locale import Locale

Answer: TypeAlias = dict[str, Any]
Admit: TypeAlias = Callable[[Prepared, str | None, Mapping[str, Any] | None, Caller, Scope], Awaitable[Admitted]]
"""Lets an operation run or raises RequestRefused: the same gate as for a request over HTTP."""


class Asker(NamedTuple):
    """Who asks over a socket, in which language, and the socket's scope."""

    identity: Identity
    locale: Locale
    scope: Scope

    @property
    def caller(self) -> Caller:
        """In whose name it is asked."""
        return self.identity.caller


@dataclass(frozen=True, slots=True)
class Answering:
    """What sockets ask their operations with. `seconds`: the deadline of one execution."""

    lookup: Lookup
    admit: Admit
    rights: Rights
    addresses: Addresses
    seconds: float
    budgets: Budgets = field(default_factory=Budgets)

    async def answers(self, asked: GraphQLRequest, asker: Asker) -> AsyncGenerator[Answer, None]:
        """What the client is told, one answer after another. No connection is held between them.

        A subscription is paid for once. Each of its events is executed by itself: at its own time, with loaders that
        know nothing of the events before.

        Raises:
            RequestRefused: it is not admitted, or an execution took too long.
        """
        try:
            async with aclosing(self._answers(asked, asker)) as answers:
                async for answer in answers:
                    self.rights.hide_suggestions(answer.get("errors", []), asker.caller)
                    yield answer
        except RequestRefused as refused:
            self.rights.hide_suggestions(refused.errors, asker.caller)
            raise

    async def _answers(self, asked: GraphQLRequest, asker: Asker) -> AsyncGenerator[Answer, None]:
        state: State = asker.scope["state"]
        found = self.lookup.find(asked, asker.caller, state["documents"])
        document = found.document
        self.rights.require(document, asker.caller)
        admitted = await self.admit(document, asked.operation_name, asked.variables, asker.caller, asker.scope)
        await self.budgets.take(state["redis"], asker.identity, document.name)
        if not document.is_subscription(asked.operation_name):
            yield await self._execute(found, asked, asker, admitted.address)
            return
        context = Context(
            self.addresses, asker.caller, asker.locale, live=Live(state["fanout"], state["database"].session)
        )
        events = await self.lookup.engine.subscribe(document, asked.operation_name, asked.variables, context)
        if isinstance(events, dict):
            yield events
            return
        async with aclosing(events):
            async for event in events:
                yield await self._execute(found, asked, asker, admitted.address, event)

    async def _execute(
        self, found: Asked, asked: GraphQLRequest, asker: Asker, address: str, event: object = None
    ) -> Answer:
        state: State = asker.scope["state"]
        document, engine = found.document, self.lookup.engine
        context = Context(
            self.addresses,
            asker.caller,
            asker.locale,
            state["webhooks"],
            known_people=state["people"],
            known_till=state["till"],
            check=engine.check,
            address=address,
        )
        try:
            with observed(document.name, Headers(scope=asker.scope), found.note(state["usage"])) as seen:
                async with asyncio.timeout(self.seconds), state["database"].session() as connection:
                    answer = await engine.run(document, asked.operation_name, asked.variables, context, event)
                    seen.statements = connection.statements
                seen.has_errors = "errors" in answer
        except TimeoutError:
            message = f"This took longer than {self.seconds:g} s and was stopped."
            raise RequestRefused(503, Code.DEADLINE_EXCEEDED, message) from None
        return answer
