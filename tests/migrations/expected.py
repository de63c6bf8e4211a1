"""What the models promise, as tables of a schema `expected` beside the real ones.

PostgreSQL itself then spells types, conditions and columns of both alike, so that they can be compared.
"""

from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass

import asyncpg
from tortoise.fields import Field
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from app.tables import MODELS

COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = $1::text::regnamespace AND c.relkind = 'r'
"""
CHECKS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = $1::text::regnamespace AND contype = 'c'
"""
FOREIGN_KEYS = """
SELECT t.relname, (SELECT array_agg(a.attname ORDER BY k.ord) FROM unnest(c.conkey) WITH ORDINALITY k (num, ord)
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num), f.relname, c.confdeltype::text
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
WHERE c.connamespace = 'public'::regnamespace AND c.contype = 'f'
"""
INDEXES = """
SELECT t.relname, i.relname, pg_get_indexdef(x.indexrelid) FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
WHERE i.relnamespace = $1::text::regnamespace
"""


def models() -> list[type[Model]]:
    """Every model of the one app."""
    return [
        model
        for name in MODELS
        for _, model in getmembers(import_module(name), isclass)
        if issubclass(model, Model) and model.__module__ == name
    ]


def table(model: type[Model]) -> str:
    """The name of its table."""
    return str(model._meta.db_table)


def is_ledger(model: type[Model]) -> bool:
    """Whether its docstrings call it append-only."""
    return "append-only" in f"{model.__doc__} {model.Meta.__doc__}".lower()  # type: ignore[attr-defined]  # every model has a Meta


def foreign_keys(model: type[Model]) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Table, columns, table pointed at and what deleting there does (r: RESTRICT), for each."""
    for name in sorted(model._meta.fk_fields):
        field = model._meta.fields_map[name]
        assert isinstance(field, ForeignKeyFieldInstance)
        yield table(model), (f"{name}_id",), table(field.related_model), "r"


async def build(connection: asyncpg.Connection) -> None:
    """Makes the schema `expected` from the models' fields and Meta, without foreign keys."""
    await connection.execute("CREATE SCHEMA expected; SET search_path = expected, public")
    for model in models():
        await connection.execute(f"CREATE TABLE {table(model)} ({', '.join(_columns(model))})")
        for constraint in model._meta.constraints:
            await connection.execute(_constraint(table(model), constraint))
        for index in model._meta.indexes:
            await connection.execute(f"CREATE INDEX {index.name} ON {table(model)} ({', '.join(index.fields)})")
    await connection.execute("SET search_path = public")


def _columns(model: type[Model]) -> Iterator[str]:
    for name, column in model._meta.fields_db_projection.items():
        field: Field[object] = model._meta.fields_map[name]
        kind = field.get_for_dialect("postgres", "SQL_TYPE")
        end = " PRIMARY KEY" if field.pk else " UNIQUE" if field.unique else ""
        yield f"{column} {kind}{'' if field.null else ' NOT NULL'}{end}"


def _constraint(name: str, constraint: CheckConstraint | UniqueConstraint) -> str:
    if isinstance(constraint, CheckConstraint):
        return f"ALTER TABLE {name} ADD CONSTRAINT {constraint.name} CHECK ({constraint.check})"
    columns = ", ".join(constraint.fields)
    if constraint.condition is None:
        return f"ALTER TABLE {name} ADD CONSTRAINT {constraint.name} UNIQUE ({columns})"
    return f"CREATE UNIQUE INDEX {constraint.name} ON {name} ({columns}) WHERE {constraint.condition}"
