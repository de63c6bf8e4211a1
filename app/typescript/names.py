"""The schema's leaves and inputs as TypeScript: enums and inputs are declared once, when something names them."""

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLScalarType,
    get_named_type,
    is_required_input_field,
)

SCALARS = {
    "Boolean": "boolean",
    "Date": "string",
    "DateTime": "string",
    "Decimal": "string",
    "Fen": "number",
    "Float": "number",
    "ID": "string",
    "Int": "number",
    "String": "string",
    "Time": "string",
}
"""What JSON carries for each scalar; any other may be anything."""


class Names:
    """The declarations that were needed so far."""

    def __init__(self) -> None:
        self._declared: dict[str, str] = {}

    @property
    def declarations(self) -> list[str]:
        """Their TypeScript, by name."""
        return [text for _, text in sorted(self._declared.items())]

    def leaf(self, kind: GraphQLNamedType) -> str:
        """The type of a scalar's or an enum's value."""
        if isinstance(kind, GraphQLScalarType):
            return SCALARS.get(kind.name, "unknown")
        if isinstance(kind, GraphQLEnumType):
            values = " | ".join(f"'{value}'" for value in kind.values)
            self._declared.setdefault(kind.name, f"export type {kind.name} = {values}")
        return kind.name

    def input(self, kind: GraphQLInputType) -> str:
        """The type of what may be sent."""
        if not isinstance(kind, GraphQLNonNull):
            return f"{self._present(kind)} | null"
        return self._present(kind.of_type)

    def _present(self, kind: GraphQLInputType) -> str:
        """The type of a value that is not null."""
        if isinstance(kind, GraphQLList):
            return array(self.input(kind.of_type))
        if isinstance(kind, GraphQLInputObjectType):
            if kind.name not in self._declared:
                self._declared[kind.name] = ""  # it may name itself
                self._declared[kind.name] = self._interface(kind)
            return kind.name
        return self.leaf(get_named_type(kind))

    def _interface(self, kind: GraphQLInputObjectType) -> str:
        lines = [
            f"  {name}{'' if is_required_input_field(field) else '?'}: {self.input(field.type)}"
            for name, field in kind.fields.items()
        ]
        return "\n".join([f"export interface {kind.name} {{", *lines, "}"])


def array(item: str) -> str:
    """A list of `item`."""
    return f"Array<{item}>"
