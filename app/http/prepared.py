"""A document made ready once: parsed, validated, and judged for how long its answers may be kept."""

import re
from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_operation_ast,
    parse,
    validate,
    visit,
)

from app.http.errors import Code, RequestRefused, wording
from app.http.executor import Selections

_NULL_CHARACTER = re.compile(r"\0|\\u0000|\\u\{0+\}")  # PostgreSQL's text has none


@dataclass(frozen=True, slots=True)
class Prepared:
    """A valid document of this schema.

    `max_age`: seconds an anonymous answer may be kept; 0: not at all. `scopes`: all that its fields require.
    `selections`: what its requests share; None if directives make each ask for something else.
    """

    name: str
    document: DocumentNode
    max_age: int
    scopes: frozenset[str]
    selections: Selections | None

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


def prepare(schema: GraphQLSchema, text: str, name: str = "anonymous") -> Prepared:
    """Makes a document ready.

    Raises:
        RequestRefused: it does not parse, is not valid for the schema, or holds a null character.
    """
    if _NULL_CHARACTER.search(text):
        raise RequestRefused(400, Code.BAD_USER_INPUT, "Text cannot hold a null character.", is_well_formed=True)
    try:
        document = parse(text)
    except GraphQLSyntaxError as error:
        raise RequestRefused(400, Code.GRAPHQL_PARSE_FAILED, wording(error), is_well_formed=True) from None
    if errors := validate(schema, document):
        messages = [wording(error) for error in errors]
        raise RequestRefused(400, Code.GRAPHQL_VALIDATION_FAILED, *messages, is_well_formed=True)
    selections = None if _has_directives(document) else Selections()
    max_age, scopes = _declared(schema, document)
    return Prepared(name, document, max_age, scopes, selections)


def _has_directives(document: DocumentNode) -> bool:
    found: list[DirectiveNode] = []

    class Directives(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: object) -> None:
            found.append(node)

    visit(document, Directives())
    return bool(found)


def _declared(schema: GraphQLSchema, document: DocumentNode) -> tuple[int, frozenset[str]]:
    """The least `max_age` of all fields the document names (a root field without one counts as 0), and every scope."""
    ages = [0]
    scopes: set[str] = set()
    info = TypeInfo(schema)

    class Fields(Visitor):
        def enter_field(self, node: FieldNode, *_: object) -> None:
            field, parent = info.get_field_def(), info.get_parent_type()
            if node.name.value.startswith("__") or field is None:
                return
            scopes.update(field.extensions.get("scopes", ()))
            is_root = isinstance(parent, GraphQLObjectType) and parent is schema.query_type
            age = field.extensions.get("max_age", 0 if is_root else None)
            if age is not None:
                ages.append(age)

    visit(document, TypeInfoVisitor(info, Fields()))
    return min(ages[1:], default=0), frozenset(scopes)
