"""The GraphQL endpoint: a thin ASGI application of its own."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.context import Context
from app.http import answer
from app.http.admission import COST_HEADER, Admission
from app.http.callers import Callers
from app.http.engine import Engine
from app.http.errors import Code, RequestRefused
from app.http.guard import Guard
from app.http.observe import observed
from app.http.request import read
from app.http.state import State
from app.kit.caller import VISITOR
from app.kit.locale import preferred

ALLOWED = "GET, POST"


class GraphQLEndpoint:
    """Answers GraphQL requests by POST, and queries by GET."""

    def __init__(self, engine: Engine, callers: Callers, admission: Admission, *, seconds: float) -> None:
        """`seconds`: the deadline of an execution."""
        self._engine = engine
        self._callers = callers
        self._admission = admission
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except RequestRefused as refused:
            response = answer.refusal(request, refused)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method not in {"GET", "POST"}:
            raise RequestRefused(405, Code.METHOD_NOT_ALLOWED, "Use GET or POST.", headers={"allow": ALLOWED})
        asked = await read(request)
        document = self._engine.document(asked.document_id, asked.query)
        if request.method == "GET" and not document.is_query(asked.operation_name):
            raise RequestRefused(405, Code.METHOD_NOT_ALLOWED, "GET is for queries.", headers={"allow": "POST"})
        state: State = request.scope["state"]
        caller = await self._callers.of(request.headers, state["database"])
        context = Context(caller, preferred(request.headers.get("accept-language", "")))
        admitted = await self._admission.admit(document, asked.operation_name, asked.variables, caller, request.scope)
        with observed(document.name) as seen:
            async with Guard(request.receive, self._seconds), state["database"].session() as connection:
                result = await self._engine.run(document, asked.operation_name, asked.variables, context)
                seen.statements = connection.statements
            seen.has_errors = "errors" in result
        max_age = document.max_age
        if COST_HEADER in request.headers:
            max_age = 0  # what is left changes with every request
            came_to = self._engine.actual(document, asked.operation_name, result)
            result["extensions"] = {"cost": self._admission.told(admitted, came_to)}
        return answer.data(request, result, max_age=max_age, is_anonymous=context.caller is VISITOR)
