"""The column kinds every model uses, so that the same thing is stored the same way everywhere."""

from datetime import time
from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint


class WallTimeField(fields.TimeField[time]):
    """A time of day in Asia/Shanghai, such as an opening hour (`time`).

    Tortoise's own TimeField makes `timetz`, whose values compare by offset, and gives naive times one.
    """

    class _db_postgres:  # noqa: N801 - tortoise looks for this name
        SQL_TYPE = "TIME"

    def to_python_value(self, value: Any) -> Any:
        """The naive time as it is."""
        return value

    def to_db_value(self, value: Any, _: Any) -> Any:
        """The naive time as it is."""
        return value


def ref(to: str, **options: Any) -> Any:
    """A foreign key that refuses to orphan: deleting the target is an error, never a cascade.

    No reverse attribute is made on the target, because an awaitable attribute on a row is a hidden
    statement per row.
    """
    return fields.ForeignKeyField(f"shop.{to}", related_name=False, on_delete=fields.RESTRICT, **options)


def texts() -> Any:
    """A list of short texts (`text[]`), empty by default."""
    return ArrayField(element_type="text", default=list)


def document(**options: Any) -> Any:
    """A JSON value (`jsonb`), decoded when read."""
    return fields.JSONField(**options)


def choice(kind: type[StrEnum], **options: Any) -> Any:
    """A column that holds one member of `kind` by its value; pair it with `known` in Meta.constraints."""
    return fields.CharEnumField(kind, max_length=24, **options)


def known(table: str, column: str, kind: type[StrEnum]) -> CheckConstraint:
    """The CHECK that a `choice` column holds a member of `kind`: Tortoise makes none by itself."""
    members = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(check=f"{column} IN ({members})", name=f"{table}_{column}_known")


def check(table: str, name: str, condition: str) -> CheckConstraint:
    """A CHECK named `<table>_<name>`; `condition` is SQL over the row's columns."""
    return CheckConstraint(check=condition, name=f"{table}_{name}")


def unique(table: str, *columns: str, where: str | None = None) -> UniqueConstraint:
    """A UNIQUE over database columns, partial when `where` is given."""
    return UniqueConstraint(fields=columns, name=f"{table}_{'_'.join(columns)}_key", condition=where)
