"""Documents by an address of their own: `/graphql/<app>/<id>`, one spelling per question so that caches find it."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.requests import Request

from app.http.errors import Code, RequestRefused
from app.http.request import GraphQLRequest, read

PATH = "/graphql/{app}/{id}"
_ORDER = ("operationName", "variables", "extensions")  # GraphQL over HTTP, appendix A
_JSON_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_RULE = "In this address operationName, variables and extensions may stand: in this order, once, not empty."


async def asked_of(request: Request) -> GraphQLRequest:
    """The request, with the app and the document that its address names, if it does.

    Raises:
        RequestRefused: it is none, or its address has parameters in another order, others, or JSON with spaces.
    """
    asked = await read(request)
    app, document_id = request.path_params.get("app"), request.path_params.get("id")
    if app is None:
        return asked
    if request.method == "GET":
        _require_canonical(request.scope["query_string"].decode("latin-1"))
    if (asked.document_id, asked.persisted, asked.query) != (None, None, None):
        raise RequestRefused(400, Code.BAD_REQUEST, "The address names the document: send no documentId or query.")
    return replace(asked, app=app, document_id=document_id)


def _require_canonical(query_string: str) -> None:
    given = parse_qsl(query_string, keep_blank_values=True)
    names = [name for name, _ in given]
    if names != [name for name in _ORDER if name in names] or not all(value for _, value in given):
        raise RequestRefused(400, Code.BAD_REQUEST, _RULE)
    for name, value in given:
        if name != "operationName" and re.search(r"\s", _JSON_TEXT.sub("", value)):
            raise RequestRefused(400, Code.BAD_REQUEST, f"{name} is not compact JSON: leave out the spaces.")
