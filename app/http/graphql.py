"""The GraphQL endpoint: a thin ASGI application of its own."""

from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.context import Context
from app.files.addresses import Addresses
from app.http import answer
from app.http.addressed import asked_of
from app.http.admission import COST_HEADER, Admission
from app.http.budgets import Budgets
from app.http.callers import Callers
from app.http.cross_site import Origins
from app.http.errors import Code, RequestRefused, failed, unavailable
from app.http.guard import Guard
from app.http.lookup import Lookup
from app.http.observe import observed
from app.http.prepared import Prepared
from app.http.request import MAX_ADDRESS
from app.http.rights import Rights
from app.http.state import State
from app.kit.caller import VISITOR, Caller
from app.kit.locale import preferred

ALLOWED = "GET, HEAD, POST, OPTIONS"


class GraphQLEndpoint:
    """Answers GraphQL requests by POST, and queries by GET and HEAD. Whatever happens, the answer is GraphQL's."""

    def __init__(
        self,
        lookup: Lookup,
        callers: Callers,
        admission: Admission,
        origins: Origins,
        rights: Rights,
        *,
        addresses: Addresses,
        seconds: float,
    ) -> None:
        """`seconds`: the deadline of an execution."""
        self._engine = lookup.engine
        self._lookup = lookup
        self._addresses = addresses
        self._callers = callers
        self._budgets = Budgets()
        self._admission = admission
        self._origins = origins
        self._rights = rights
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except RequestRefused as refused:
            response = answer.refusal(request, refused)
        except Exception as fault:  # noqa: BLE001 - logged, and told masked
            response = answer.refusal(request, failed(fault))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": ALLOWED})
        self._refuse_early(request)
        asked = await asked_of(request)
        state: State = request.scope["state"]
        identity = await self._callers.identify(request.headers, state["database"])
        caller = identity.caller
        try:
            found = self._lookup.find(asked, caller, state["documents"])
            document = found.document
            self._require_allowed(request, document, asked.operation_name, caller)
            admitted = await self._admission.admit(
                document, asked.operation_name, asked.variables, caller, request.scope
            )
            await self._budgets.take(state["redis"], identity, document.name)
            locale = preferred(request.headers.get("accept-language", ""))
            context = Context(
                self._addresses,
                caller,
                locale,
                webhooks=state["webhooks"],
                known_people=state["people"],
                known_till=state["till"],
                check=self._engine.check,
                address=admitted.address,
            )
            with observed(document.name, request.headers, found.note(state["usage"])) as seen:
                async with Guard(request.receive, self._seconds), state["database"].session() as connection:
                    result = await self._engine.run(document, asked.operation_name, asked.variables, context)
                    seen.statements = connection.statements
                seen.has_errors = "errors" in result
        except RequestRefused as refused:
            self._rights.hide_suggestions(refused.errors, caller)
            raise
        if "errors" in result:
            self._rights.hide_suggestions(result["errors"], caller)
            _refuse_if_unavailable(result)
        max_age = document.max_age
        if COST_HEADER in request.headers:
            max_age = 0  # what is left changes with every request
            came_to = self._engine.actual(document, asked.operation_name, result)
            result["extensions"] = {"cost": self._admission.told(admitted, came_to)}
        return answer.data(request, result, max_age=max_age, is_anonymous=caller is VISITOR)

    def _refuse_early(self, request: Request) -> None:
        """What is refused by its first lines, before anything is read."""
        if request.method not in {"GET", "HEAD", "POST"}:
            raise RequestRefused(405, Code.METHOD_NOT_ALLOWED, "Use GET or POST.", headers={"allow": ALLOWED})
        if len(request.scope["path"]) + len(request.scope["query_string"]) > MAX_ADDRESS:
            message = f"The address is longer than {MAX_ADDRESS} bytes. Use POST."
            raise RequestRefused(414, Code.REQUEST_TOO_LARGE, message)
        if answer.media_type(request) is None:
            message = "Accept application/graphql-response+json or application/json."
            raise RequestRefused(406, Code.BAD_REQUEST, message)
        if request.method != "POST":
            self._origins.refuse_simple(request.headers)

    def _require_allowed(
        self, request: Request, document: Prepared, operation_name: str | None, caller: Caller
    ) -> None:
        """Refuses what this method does not carry, and what this caller may not look at."""
        if request.method != "POST" and not document.is_query(operation_name):
            raise RequestRefused(405, Code.METHOD_NOT_ALLOWED, "GET is for queries.", headers={"allow": "POST"})
        if document.is_subscription(operation_name):
            message = "Subscriptions are answered over graphql-transport-ws at this address."
            raise RequestRefused(400, Code.BAD_REQUEST, message, is_well_formed=True)
        self._rights.require(document, caller)


def _refuse_if_unavailable(result: dict[str, Any]) -> None:
    """Without any data because the database is away, an answer is none: 503, so that clients and proxies try again."""
    data = result.get("data")
    if (not data or not any(data.values())) and (refused := unavailable(result["errors"])) is not None:
        raise refused
