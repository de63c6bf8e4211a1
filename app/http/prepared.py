"""A document made ready once: parsed, validated, and judged for how long its answers may be kept."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    parse,
    validate,
)

from app.http.cost import Cost
from app.http.errors import Code, RequestRefused, wording
from app.http.executor import Selections
from app.http.limits import Limits
from app.http.plan import Selection
from app.http.survey import FragmentCycleError, Survey, TooComplexError, exceeding

_NULL_CHARACTER = re.compile(r"\0|\\u0000|\\u\{0+\}")  # PostgreSQL's text has none
_TOO_MANY_TOKENS = "Document contains more than"  # how graphql-core's parser begins to say so
_MOST_ERRORS = 20  # told of one document


@dataclass(frozen=True, slots=True)
class Prepared:
    """A valid document of this schema.

    `max_age`: seconds an anonymous answer may be kept; 0: not at all. `scopes`: all that its fields require.
    `introspects`: whether it asks for the schema itself. `cost`: of each operation, to be asked with the variables.
    `limits`: what it was judged by. `selections`: what its requests share; None if directives make each ask for
    something else. `plans`: of the operations that were asked for, by name; None for one without.
    """

    name: str
    document: DocumentNode
    max_age: int
    scopes: frozenset[str]
    introspects: bool
    cost: Cost
    limits: Limits
    selections: Selections | None
    plans: dict[str | None, Selection | None] = field(default_factory=dict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run.

        Raises:
            RequestRefused: there is none of that name, or several and no name.
        """
        found = get_operation_ast(self.document, name)
        if found is None:
            message = "Name one of the document's operations." if name is None else f'There is no operation "{name}".'
            raise RequestRefused(400, Code.OPERATION_RESOLUTION_FAILURE, message, is_well_formed=True)
        return found

    def is_query(self, operation_name: str | None) -> bool:
        """Whether the operation only reads."""
        return self.operation(operation_name).operation is OperationType.QUERY

    def is_subscription(self, operation_name: str | None) -> bool:
        """Whether the operation has more answers than one, which HTTP does not carry here."""
        return self.operation(operation_name).operation is OperationType.SUBSCRIPTION


def prepare(schema: GraphQLSchema, text: str, limits: Limits, name: str = "anonymous") -> Prepared:
    """A document made ready, by bounded work whatever the text is.

    Only the cost of a request, which depends on its variables, is judged later.

    Raises:
        RequestRefused: it is larger or more complex than `limits` allow, does not parse, is not valid for the schema,
            or holds a null character.
    """
    document = _parsed(text, limits)
    try:
        survey = Survey(schema, document, limits)
    except TooComplexError as error:
        raise _exceeds(error.what, error.maximum) from None
    except FragmentCycleError as error:
        raise RequestRefused(400, Code.GRAPHQL_VALIDATION_FAILED, str(error), is_well_formed=True) from None
    if errors := validate(schema, document, max_errors=_MOST_ERRORS):
        raise _wrong(Code.GRAPHQL_VALIDATION_FAILED, errors)
    return Prepared(
        name,
        document,
        max_age=survey.max_age or 0,
        scopes=frozenset(survey.scopes),
        introspects=survey.introspects,
        cost=survey.cost,
        limits=limits,
        selections=None if survey.has_directives else Selections(),
    )


def _parsed(text: str, limits: Limits) -> DocumentNode:
    if len(text) > limits.characters:
        raise _exceeds("characters", limits.characters)
    if _NULL_CHARACTER.search(text):
        raise RequestRefused(400, Code.BAD_USER_INPUT, "Text cannot hold a null character.", is_well_formed=True)
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if _TOO_MANY_TOKENS in error.message:
            raise _exceeds("tokens", limits.tokens) from None
        raise _wrong(Code.GRAPHQL_PARSE_FAILED, [error]) from None


def _wrong(code: Code, errors: list[GraphQLError]) -> RequestRefused:
    refused = RequestRefused(400, code, *map(wording, errors), is_well_formed=True)
    for told, error in zip(refused.errors, errors, strict=True):
        if error.locations:
            told["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    return refused


def _exceeds(what: str, maximum: int) -> RequestRefused:
    facts = {"limit": what, "maximum": maximum}
    return RequestRefused(400, Code.DOCUMENT_TOO_COMPLEX, exceeding(what, maximum), is_well_formed=True, facts=facts)


class Problem(NamedTuple):
    """Why a document cannot be made ready.

    `facts`: which limit it exceeds, and the maximum. `line` and `column`: where, from 1; None: as a whole.
    """

    code: Code
    message: str
    facts: dict[str, Any]
    line: int | None = None
    column: int | None = None


def verdict(schema: GraphQLSchema, text: str, limits: Limits, name: str = "anonymous") -> Prepared | list[Problem]:
    """A document made ready, or everything that is wrong with it: what a push is told, by the rules of a request."""
    try:
        return prepare(schema, text, limits, name)
    except RequestRefused as refused:
        return [_problem(refused, told) for told in refused.errors]


def _problem(refused: RequestRefused, told: dict[str, Any]) -> Problem:
    place: dict[str, int] = next(iter(told.get("locations", ())), {})
    return Problem(refused.code, told["message"], refused.facts, place.get("line"), place.get("column"))
