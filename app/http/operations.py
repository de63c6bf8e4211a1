"""Registered documents as the mini-program's client is given them."""

from collections.abc import Iterable

from graphql import OperationDefinitionNode, parse

from app.documents.files import DocumentFile

Operations = dict[str, dict[str, str]]


def operations(documents: Iterable[DocumentFile], names: Iterable[str] | None = None) -> Operations:
    """The id and the type (query, mutation, subscription) of each document's operation, by name; None: of all."""
    known = {each.name: each for each in documents}
    wanted = known if names is None else names
    return {name: {"id": known[name].id, "type": _type(known[name].text)} for name in wanted}


def _type(text: str) -> str:
    (operation,) = (each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode))
    return operation.operation.value
