"""Cursors: exact round trips, refusals, and SQL that really begins behind one."""

import random
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import db
from app.kit.cursors import BadCursor, Column, Sort
from app.tables import Database

ALL_KINDS = Sort(
    "everything",
    (
        Column("count", int, "t.count"),
        Column("name", str, "t.name", descending=True),
        Column("price", Decimal, "t.price"),
        Column("at", datetime, "t.at", nullable=True),
        Column("id", int, "t.id"),
    ),
)
NEWEST = Sort("newest", (Column("at", datetime, "t.at", descending=True), Column("id", int, "t.id", descending=True)))
BIGINTS = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
MOMENTS = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds
PRICES = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)


@given(st.tuples(BIGINTS, TEXTS, PRICES, st.none() | MOMENTS, BIGINTS))
def test_values_come_back_exactly(values: tuple[Any, ...]) -> None:
    """The same types and the same values, microseconds and trailing zeros included."""
    back = ALL_KINDS.values(ALL_KINDS.cursor(values))
    assert back == values
    assert [type(value) for value in back] == [type(value) for value in values]
    assert str(back[2]) == str(values[2])


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    """Kept in UTC."""
    moment = datetime(2026, 8, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    assert NEWEST.values(NEWEST.cursor((moment, 1))) == (datetime(2026, 8, 1, 0, 30, tzinfo=UTC), 1)


@pytest.mark.parametrize("values", [("1", 1), (None, 1), (datetime.now(UTC), True), (datetime.now(UTC), 1.5)])
def test_a_row_of_the_wrong_types_makes_no_cursor(values: tuple[Any, ...]) -> None:
    """A mistake in the statement is found where it is made."""
    with pytest.raises(TypeError):
        NEWEST.cursor(values)


@pytest.mark.parametrize(
    "other",
    [
        Sort("other list", NEWEST.columns),
        Sort("newest", (Column("at", datetime, "t.at"), NEWEST.columns[1])),
        Sort("newest", (Column("at", datetime, "t.made_at", descending=True), NEWEST.columns[1])),
    ],
    ids=["list", "direction", "column"],
)
def test_a_cursor_of_another_list_or_order_is_refused(other: Sort) -> None:
    """The tag tells them apart even when the types fit."""
    with pytest.raises(BadCursor, match="this list"):
        other.values(NEWEST.cursor((datetime(2026, 8, 1, tzinfo=UTC), 1)))


@given(st.one_of(st.text(), st.binary().map(lambda raw: urlsafe_b64encode(raw).decode())))
def test_garbage_is_refused_and_nothing_else_happens(text: str) -> None:
    """No text but a cursor is read, and none makes another error."""
    with pytest.raises(BadCursor):
        NEWEST.values(text)


JSON = st.recursive(
    st.none() | st.booleans() | BIGINTS | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(JSON, max_size=6))
def test_forged_values_under_a_right_tag_are_values_of_the_columns_or_refused(parts: list[Any]) -> None:
    """Whatever a client puts together, PostgreSQL only ever sees values of the right types."""
    forged = urlsafe_b64encode(orjson.dumps([ALL_KINDS.tag, *parts])).rstrip(b"=").decode()
    try:
        values = ALL_KINDS.values(forged)
    except BadCursor:
        return
    assert [type(value) for value in values if value is not None] == [
        column.kind for column, value in zip(ALL_KINDS.columns, values, strict=True) if value is not None
    ]


@pytest.mark.parametrize(
    "parts",
    [
        [2**63, "a", "1", None, 1],
        [1, "a\0", "1", None, 1],
        [1, "a", "NaN", None, 1],
        [1, "a", "1E+999999", None, 1],
        [1, "a", "9" * 100, None, 1],
        [1, "a", "１", None, 1],
        [1, "a", "1", "2026-08-01T00:00:00", 1],
        [1, "a", "1", "2026-08-01T00:00:00+08:00", 1],
        [1, "a", "1", "2026-08-01", 1],
        [1, "a", 1, None, 1],
        [None, "a", "1", None, 1],
        [True, "a", "1", None, 1],
        [1.0, "a", "1", None, 1],
        [1, "a", "1", None],
        [1, "a", "1", None, 1, 1],
    ],
)
def test_values_that_no_column_holds_are_refused(parts: list[Any]) -> None:
    """Each would be an error of the driver or of PostgreSQL, or another spelling."""
    with pytest.raises(BadCursor):
        ALL_KINDS.values(urlsafe_b64encode(orjson.dumps([ALL_KINDS.tag, *parts])).rstrip(b"=").decode())


@pytest.mark.parametrize("extra", ["=", "\n", " ", "!", "A"])
def test_another_spelling_of_a_cursor_is_refused(extra: str) -> None:
    """One row, one cursor."""
    with pytest.raises(BadCursor):
        NEWEST.values(NEWEST.cursor((datetime(2026, 8, 1, tzinfo=UTC), 1)) + extra)


def test_a_very_long_text_is_refused_unread() -> None:
    """The work is bounded."""
    with pytest.raises(BadCursor):
        NEWEST.values("A" * 100_000_000)


def test_one_direction_is_one_row_comparison() -> None:
    """The form that an index on the same columns answers directly."""
    assert NEWEST.order_by == "t.at DESC, t.id DESC"
    assert NEWEST.after(2) == "(t.at, t.id) < ($2::timestamptz, $3::int8)"


def test_mixed_directions_have_a_bound_for_the_index_in_front() -> None:
    """The tie is inside, the range outside."""
    sort = Sort("mixed", (Column("stars", int, "t.stars", descending=True), Column("id", int, "t.id")))
    assert sort.order_by == "t.stars DESC, t.id"
    assert sort.after(1) == "t.stars <= $1::int8 AND (t.stars < $1::int8 OR (t.stars = $1::int8 AND (t.id > $2::int8)))"


def _sorts() -> list[Sort]:
    return [
        Sort(
            f"a{a_down}{a_null} b{b_down}{b_null} id{id_down}",
            (
                Column("a", int, "t.a", descending=a_down, nullable=a_null),
                Column("b", str, "t.b", descending=b_down, nullable=b_null),
                Column("id", int, "t.id", descending=id_down),
            ),
        )
        for a_down, b_down, id_down in [
            (True, True, True),
            (False, False, False),
            (True, False, True),
            (False, True, False),
        ]
        for a_null in (True, False)
        for b_null in (True, False)
    ]


@pytest.mark.parametrize("sort", _sorts(), ids=lambda sort: sort.name)
async def test_pages_put_together_are_the_whole_list(database: Database, sort: Sort) -> None:
    """Every mix of directions and nulls: each row once, in PostgreSQL's own order, whatever the page size."""
    draw = random.Random(sort.name)  # noqa: S311 - the same rows each run
    count = 40
    table = [
        [draw.choice([1, 2, 3, *[None] * sort.columns[0].nullable]) for _ in range(count)],
        [draw.choice(["甲", "b", "", *[None] * sort.columns[1].nullable]) for _ in range(count)],
        list(range(count)),
    ]
    source = "SELECT t.* FROM unnest($1::int4[], $2::text[], $3::int4[]) AS t (a, b, id)"
    async with database.session():
        whole = [tuple(row) for row in await db.fetch(f"{source} ORDER BY {sort.order_by}", *table)]
        paged = [tuple(row) for row in await db.fetch(f"{source} ORDER BY {sort.order_by} LIMIT 7", *table)]
        behind = f"{source} WHERE {sort.after(4)} ORDER BY {sort.order_by} LIMIT 7"
        while more := [tuple(row) for row in await db.fetch(behind, *table, *sort.values(sort.cursor(paged[-1])))]:
            paged += more
            assert len(paged) <= count
    assert len(whole) == count
    assert paged == whole


@pytest.mark.parametrize("value", [2**63 - 1, -(2**63)])
async def test_a_forged_number_beyond_the_column_is_no_error(database: Database, value: int) -> None:
    """The parameter is a bigint whatever the column is."""
    sort = Sort("small", (Column("id", int, "t.id"),))
    async with database.session():
        found = await db.fetch(f"SELECT t.id FROM (VALUES (1::int2)) AS t (id) WHERE {sort.after(1)}", value)
    assert len(found) == (value < 0)


async def test_the_condition_is_a_place_in_the_index_under_a_generic_plan(database: Database) -> None:
    """Why the first page has a text of its own: the same text with a null would filter from the beginning."""
    newest = Sort("newest", (Column("published_at", datetime, "t.published_at", descending=True), *NEWEST.columns[1:]))
    async with database.session(), db.transaction() as tx:
        for setting in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
            await tx.execute(f"SET LOCAL {setting} = off")  # an empty table would be read whole
        await tx.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        ours = await _plan(tx, "ours", newest.after(1), newest.order_by)
        other = await _plan(tx, "other", f"($1::timestamptz IS NULL OR {newest.after(1)})", newest.order_by)
    assert "Index Cond: (ROW(published_at, id) < ROW($1, $2))" in ours
    assert "Index Cond" not in other
    assert "Filter: (($1 IS NULL)" in other


async def _plan(tx: db.RequestConnection, name: str, condition: str, order: str) -> str:
    listing = f"SELECT id FROM product t WHERE status = 'PUBLISHED' AND {condition} ORDER BY {order} LIMIT 21"
    await tx.execute(f"PREPARE {name} AS {listing}")
    return "\n".join(row[0] for row in await tx.fetch(f"EXPLAIN EXECUTE {name} (NULL, NULL)"))
