"""A sort order, its cursors, and the SQL that begins behind one.

The text of a statement depends on the sort alone, never on values. The first page needs a text of its own
without the predicate: under a generic plan `$1 IS NULL OR (a, b) < ($1, $2)` is a filter over the whole
index, not a place to begin in it.
"""

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

import orjson

from app.kit.errors import BadInput

Value = int | str | Decimal | datetime | None

MAX_LENGTH = 1000  # of a cursor: some names and numbers
MAX_DIGITS = 40
_SQL_TYPES = {int: "int8", str: "text", Decimal: "numeric", datetime: "timestamptz"}


class BadCursor(BadInput):
    """The text is no cursor, or one of another list or order."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sort: its attribute on the row, its SQL, its Python type and its direction."""

    name: str
    kind: type[int] | type[str] | type[Decimal] | type[datetime]
    sql: str
    descending: bool = False
    nullable: bool = False  # nulls are the largest, as PostgreSQL sorts unless told otherwise


@dataclass(frozen=True)
class Sort:
    """An order of a list, ending in a unique column. `name` tells it from the orders of other lists."""

    name: str
    columns: tuple[Column, ...]

    @cached_property
    def tag(self) -> str:
        """Six characters that change with the list and with every column and direction."""
        return urlsafe_b64encode(hashlib.sha256(repr((self.name, self.columns)).encode()).digest())[:6].decode()

    @cached_property
    def order_by(self) -> str:
        """What stands behind ORDER BY."""
        return ", ".join(f"{column.sql}{' DESC' if column.descending else ''}" for column in self.columns)

    def after(self, first_parameter: int) -> str:
        """The condition that a row stands behind the cursor whose values are `$first_parameter` and on.

        Each parameter is cast to the widest type of its kind, so that no value of a cursor is out of range.
        """
        parameters = [
            f"${first_parameter + position}::{_SQL_TYPES[column.kind]}" for position, column in enumerate(self.columns)
        ]
        one_way = len({column.descending for column in self.columns}) == 1
        if one_way and not any(column.nullable for column in self.columns):
            names = ", ".join(column.sql for column in self.columns)
            return f"({names}) {'<' if self.columns[0].descending else '>'} ({', '.join(parameters)})"
        condition = ""
        for column, parameter in reversed(list(zip(self.columns, parameters, strict=True))):
            condition = _behind(column, parameter, condition)
        return condition

    def cursor(self, values: Sequence[Value]) -> str:
        """The cursor of the row with these sort key values, in the order of the columns."""
        coded = [_coded(column, value) for column, value in zip(self.columns, values, strict=True)]
        return urlsafe_b64encode(orjson.dumps([self.tag, *coded])).rstrip(b"=").decode()

    def cursor_of(self, row: Any) -> str:
        """The cursor of a row that has the columns' names as attributes."""
        return self.cursor([getattr(row, column.name) for column in self.columns])

    def values(self, cursor: str) -> tuple[Value, ...]:
        """The sort key values in a cursor of this order, exactly as they went in.

        Raises:
            BadCursor: anything else.
        """
        if len(cursor) > MAX_LENGTH or not cursor.isascii():
            raise BadCursor("not a cursor")
        try:
            parts = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        except (binascii.Error, orjson.JSONDecodeError):
            raise BadCursor("not a cursor") from None
        if not isinstance(parts, list) or len(parts) != len(self.columns) + 1 or parts[0] != self.tag:
            raise BadCursor("not a cursor of this list in this order")
        values = tuple(_decoded(column, part) for column, part in zip(self.columns, parts[1:], strict=True))
        if self.cursor(values) != cursor:
            raise BadCursor("not a cursor")  # another spelling
        return values


def _behind(column: Column, parameter: str, rest: str) -> str:
    """Behind the cursor in this column, or equal in it and `rest`. A plain bound comes first, for the index."""
    sign = "<" if column.descending else ">"
    if not column.nullable:
        tie = f" OR ({column.sql} = {parameter} AND {rest})" if rest else ""
        bound = f"{column.sql} {sign}= {parameter} AND " if rest else ""
        return f"{bound}({column.sql} {sign} {parameter}{tie})"
    if column.descending:
        beyond = f"{column.sql} < {parameter} OR ({parameter} IS NULL AND {column.sql} IS NOT NULL)"
    else:
        beyond = f"{column.sql} > {parameter} OR ({parameter} IS NOT NULL AND {column.sql} IS NULL)"
    tie = f" OR ({column.sql} IS NOT DISTINCT FROM {parameter} AND {rest})" if rest else ""
    return f"({beyond}{tie})"


def _coded(column: Column, value: Value) -> int | str | None:
    """A value as JSON: numbers of any size and moments as text, because JSON's numbers are not exact."""
    if value is None and column.nullable:
        return None
    if type(value) is not column.kind:
        raise TypeError(f"{column.name} is {column.kind.__name__}, not {type(value).__name__}")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _decoded(column: Column, part: Any) -> Value:
    if part is None and column.nullable:
        return None
    if column.kind is int and type(part) is int and -(2**63) <= part < 2**63:
        return part
    if not isinstance(part, str) or column.kind is int:
        raise BadCursor("not a cursor")
    if column.kind is Decimal:
        return _decimal(part)
    if column.kind is datetime:
        return _moment(part)
    if "\0" in part:
        raise BadCursor("not a cursor")  # PostgreSQL's text has no zero byte
    return part


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise BadCursor("not a cursor") from None
    if not value.is_finite() or len(text) > MAX_DIGITS or abs(value.adjusted()) > MAX_DIGITS:
        raise BadCursor("not a cursor")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadCursor("not a cursor") from None
    if moment.tzinfo != UTC:
        raise BadCursor("not a cursor")
    return moment
