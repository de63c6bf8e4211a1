"""The module a client imports: the types of every operation, and where each is found."""

from collections.abc import Sequence
from typing import cast

from graphql import (
    FragmentDefinitionNode,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_non_null_type,
    parse,
    type_from_ast,
)

from app.documents.files import DocumentFile
from app.typescript.names import Names
from app.typescript.selections import Selections

HEAD = """// Written by `yougou documents typescript` from the registered documents; changes here are lost.
"""


def module(schema: GraphQLSchema, documents: Sequence[DocumentFile]) -> str:
    """TypeScript for documents that fit the schema, one operation each.

    It exports the enums and inputs they name, `<Name>Variables` and `<Name>Data` per operation, the type `Operations`
    and the map `operations` that the mini-program's client takes (its OperationTypes and OperationMap).
    """
    names, types, places, operations = Names(), [], [], []
    for document in documents:
        definitions = parse(document.text).definitions
        (operation,) = (each for each in definitions if isinstance(each, OperationDefinitionNode))
        fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
        name, kind = document.name, operation.operation.value
        root = schema.get_root_type(operation.operation)
        if root is None:
            raise ValueError(f"{name}: the schema has no {kind}")
        data = Selections(schema, fragments, names).written(root, [operation.selection_set])
        types += [f"export type {name}Variables = {_variables(schema, operation, names)}"]
        types += [f"export type {name}Data = {data}"]
        operations.append(f"  {name}: {{ type: '{kind}'; variables: {name}Variables; data: {name}Data }}")
        places.append(f"  {name}: {{ id: '{document.id}', type: '{kind}' }},")
    types.append("\n".join(["export type Operations = {", *operations, "}"]))
    types.append("\n".join(["export const operations = {", *places, "} as const"]))
    return "\n".join([HEAD, *(f"{each}\n" for each in (*names.declarations, *types))])


def _variables(schema: GraphQLSchema, operation: OperationDefinitionNode, names: Names) -> str:
    lines = []
    for each in operation.variable_definitions or ():
        kind = cast("GraphQLInputType", type_from_ast(schema, each.type))  # the document fits the schema
        is_required = is_non_null_type(kind) and each.default_value is None
        lines.append(f"  {each.variable.name.value}{'' if is_required else '?'}: {names.input(kind)}")
    return "\n".join(["{", *lines, "}"]) if lines else "Record<string, never>"
