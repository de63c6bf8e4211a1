"""Turns driver records into model rows and frozen values, without a conversion that is not needed."""

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from tortoise.fields.data import CharEnumFieldInstance
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

Row = TypeVar("Row", bound=Model)


@cache
def maker(model: type[Row], columns: tuple[str, ...]) -> Callable[[Sequence[Any]], Row]:
    """A function that makes a saved `model` row from values in the order of `columns`.

    A column the model does not have becomes a plain attribute (a computed column of the statement).
    Enums become members; everything else the driver decodes already, jsonb included.
    """
    names = tuple(columns)
    enums = tuple((index, members) for index, name in enumerate(names) if (members := _members(model, name)))
    unsaved_pk = model._meta.db_pk_column not in model._meta.generated_db_fields  # noqa: SLF001 - as tortoise's own loader does

    def make(values: Sequence[Any]) -> Row:
        row = model.__new__(model)
        state = row.__dict__
        state["_partial"] = False
        state["_saved_in_db"] = True
        state["_custom_generated_pk"] = unsaved_pk
        state["_await_when_save"] = {}
        state.update(zip(names, values, strict=True))
        for index, members in enums:
            if (value := values[index]) is not None:
                state[names[index]] = members[value]
        return row

    return make


def _members(model: type[Model], column: str) -> dict[Any, Enum] | None:
    field = model._meta.fields_map.get(column)  # noqa: SLF001 - tortoise offers no public name for it
    if not isinstance(field, CharEnumFieldInstance):
        return None
    return {member.value: member for member in field.enum_type}


def columns_of(model: type[Model]) -> tuple[str, ...]:
    """The database columns of `model`, in declaration order: for SELECT lists written once at import."""
    field_map = model._meta.fields_map  # noqa: SLF001 - as above
    references = {name for name, field in field_map.items() if isinstance(field, ForeignKeyFieldInstance)}
    keys = {f"{name}_id" for name in references}  # tortoise lists these too
    return tuple(f"{name}_id" if name in references else name for name in field_map if name not in keys)


def select(model: type[Model], alias: str, prefix: str = "", *, without: frozenset[str] = frozenset()) -> str:
    """The SELECT list of the columns of `model` under a table alias: `p.id, p.name` or `l.id AS lot_id`.

    All of them, or all but those `without`; a row then has no such attribute at all.
    """
    columns = [column for column in columns_of(model) if column not in without]
    if not prefix:
        return ", ".join(f"{alias}.{column}" for column in columns)
    return ", ".join(f"{alias}.{column} AS {prefix}{column}" for column in columns)
