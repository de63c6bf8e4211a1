"""What the migrations make is what the models say, and what only SQL can say is listed here."""

import re
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path

import asyncpg
import pytest
from tortoise.migrations import operations as ops

import migrations
from app import migrate
from app.tables import Database
from tests.migrations import expected

STANDING = "(withdrawn_at IS NULL)"
TIMES = "int4range((EXTRACT(epoch FROM starts_at))::integer, (EXTRACT(epoch FROM ends_at))::integer)"
ONLY_SQL_CONSTRAINTS = {
    "pickup_slot_no_overlap": "EXCLUDE USING gist (pickup_point_id WITH =, tstzrange(starts_at, ends_at) WITH &&)"
    f" WHERE ({STANDING})",
    "slot_rule_no_overlap": f"EXCLUDE USING gist (pickup_point_id WITH =, weekday WITH =, {TIMES} WITH &&)"
    " WHERE (is_active)",
    "extra_slot_no_overlap": f"EXCLUDE USING gist (pickup_point_id WITH =, opens_on WITH =, {TIMES} WITH &&)",
    "offer_no_overlap": "EXCLUDE USING gist (sku_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (is_active)",
    "trace_event_stored_once": "UNIQUE NULLS NOT DISTINCT (event_hash, error_declared_at)",
    "stock_lot_lot_of_sku": "FOREIGN KEY (lot_id, sku_id) REFERENCES lot(id, sku_id) ON DELETE RESTRICT",
}
ONLY_SQL_INDEXES = {
    "product_newest": "product USING btree (published_at DESC, id DESC) WHERE ((status)::text = 'PUBLISHED'::text)",
    "product_best_selling": "product USING btree (sales_count DESC, id DESC)"
    " WHERE ((status)::text = 'PUBLISHED'::text)",
    "product_cheapest": "product USING btree (price_from_fen, id) WHERE ((status)::text = 'PUBLISHED'::text)",
    "product_newest_of_category": "product USING btree (category_id, published_at DESC, id DESC)"
    " WHERE ((status)::text = 'PUBLISHED'::text)",
    "product_best_rated": "product USING btree (((((rating_sum * 1000) + 40000) / (((((10 + star_counts[1])"
    " + star_counts[2]) + star_counts[3]) + star_counts[4]) + star_counts[5]))) DESC, id DESC)"
    " WHERE ((status)::text = 'PUBLISHED'::text)",
    "product_choices": "product USING btree (id) INCLUDE (category_id, origin, storage, sold_by, price_from_fen,"
    " rating_sum, star_counts, sales_count, published_at) WHERE ((status)::text = 'PUBLISHED'::text)",
    "stock_hold_ending": "stock_hold USING btree (stock_lot_id, expires_at) INCLUDE (quantity)"
    " WHERE ((ended_at IS NULL) AND (expires_at IS NOT NULL))",
    "slot_hold_ending": "slot_hold USING btree (pickup_slot_id, expires_at)"
    " WHERE ((released_at IS NULL) AND (expires_at IS NOT NULL))",
    "coupon_hold_ending": "coupon_hold USING btree (expires_at)"
    " WHERE ((released_at IS NULL) AND (expires_at IS NOT NULL))",
    "offer_hold_ending": "offer_hold USING btree (offer_id, expires_at) INCLUDE (quantity)"
    " WHERE ((released_at IS NULL) AND (expires_at IS NOT NULL))",
    "gift_hold_ending": "gift_hold USING btree (gift_rule_id, expires_at) INCLUDE (quantity)"
    " WHERE ((released_at IS NULL) AND (expires_at IS NOT NULL))",
    "customer_order_waiting": "customer_order USING btree (pickup_slot_id) WHERE ((status)::text = 'READY'::text)",
    "customer_order_unpaid": "customer_order USING btree (pay_by, id) WHERE ((status)::text = 'PENDING_PAYMENT'::text)",
    "product_availability_by_point": "product_availability USING btree (pickup_point_id, sellable_until, product_id)",
    "offer_running": "offer USING btree (ends_at) INCLUDE (starts_at, sku_id, price_fen)"
    " WHERE (is_active AND ((quota IS NULL) OR (sold < quota)))",
    "sku_prices": "sku USING btree (id) INCLUDE (product_id, price_fen) WHERE is_active",
    "product_search_by_keys": "product_search USING gin (keys)",
    "product_search_by_topic_keys": "product_search USING gin (topic_keys)",
    "product_search_by_name_keys": "product_search USING gin (name_keys)",
    "review_newest": "review USING btree (product_id, created_at DESC, id DESC)"
    " WHERE ((moderation)::text = 'APPROVED'::text)",
    "review_most_helpful": "review USING btree (product_id, helpful_count DESC, id DESC)"
    " WHERE ((moderation)::text = 'APPROVED'::text)",
    "review_newest_of_rating": "review USING btree (product_id, rating, created_at DESC, id DESC)"
    " WHERE ((moderation)::text = 'APPROVED'::text)",
    "review_by_customer": "review USING btree (customer_id, created_at DESC)",
    "review_by_lot": "review USING btree (lot_id) WHERE (lot_id IS NOT NULL)",
    "staff_notice_open": "staff_notice USING btree (id) WHERE (handled_at IS NULL)",
    "pickup_slot_open": "pickup_slot USING btree (pickup_point_id, cutoff_at, starts_at)",
    "trace_event_by_time": "trace_event USING btree (event_time, id)",
    "product_revision_waiting": "product_revision USING btree (status, COALESCE(submitted_at, created_at), id)",
    "product_revision_due": "product_revision USING btree (publish_at) WHERE ((status)::text = 'APPROVED'::text)",
    "trace_event_alarms": "trace_event USING btree (event_time) WHERE has_alarm",
}
ONLY_SQL_TRIGGERS = {
    ("category", "category_is_a_tree"),
    ("customer_order", "customer_order_moves_legally"),
    ("pgqueuer", "tg_pgqueuer_changed"),
    ("product_revision", "product_revision_changed"),
    *(("stock_lot", f"stock_lot_{done}") for done in ("inserted", "updated", "deleted")),
    *((table, f"{table}_updated") for table in ("lot", "producer", "product", "sku")),
}
NOT_MODELS = ("tortoise_migrations", "pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics")
CATALOGUES = (expected.COLUMNS, expected.CHECKS, expected.INDEXES)
LEFT = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
AND relname NOT LIKE 'tortoise_migrations%'
UNION ALL SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
"""
GENERATED = "0011_promotions_and_reviews"
LATER = [
    path.stem for path in sorted(Path(migrations.__file__).parent.glob("[0-9]*.py")) if path.stem > GENERATED
]  # the migrations behind it
MADE_LATER = {
    operation.options["table"]
    for name in LATER
    for operation in import_module(f"migrations.{name}").Migration.operations
    if isinstance(operation, ops.CreateModel)
}
GONE_LATER = {"device"}  # the table of a model that is not there any more
LEDGERS = sorted(expected.table(model) for model in expected.models() if expected.is_ledger(model))


@pytest.fixture
async def owner(owner_url: str, database: Database) -> AsyncIterator[asyncpg.Connection]:
    """A migrated database as its owner, with the models' promises beside it in the schema `expected`."""
    connection = await asyncpg.connect(owner_url)
    await expected.build(connection)
    yield connection
    await connection.close()


async def rows(connection: asyncpg.Connection, sql: str, *args: str) -> set[tuple[object, ...]]:
    """The records as tuples, without tables that no model describes, and without the schema's name."""
    found = [tuple(row) for row in await connection.fetch(sql, *args)]
    return {
        tuple(re.sub(r"\b(expected|public)\.", "", value) if isinstance(value, str) else value for value in row)
        for row in found
        if row[0] not in NOT_MODELS
    }


async def test_columns_have_the_models_types_and_nullability(owner: asyncpg.Connection) -> None:
    """Every column of every model, and no other."""
    promised = await rows(owner, expected.COLUMNS, "expected")
    assert len(promised) > 300
    assert await rows(owner, expected.COLUMNS, "public") == promised


async def test_checks_are_those_of_the_models(owner: asyncpg.Connection) -> None:
    """By name and condition; none was dropped on the way, none is there that no model shows."""
    promised = await rows(owner, expected.CHECKS, "expected")
    assert len(promised) > 100
    assert await rows(owner, expected.CHECKS, "public") == promised


async def test_indexes_and_uniques_are_those_of_the_models_and_the_listed_ones(owner: asyncpg.Connection) -> None:
    """Columns, order, uniqueness and condition. A column's own UNIQUE may have any name."""
    promised, real = await _indexes(owner, "expected"), await _indexes(owner, "public")
    promised |= {(name, f"INDEX ON {definition}") for name, definition in ONLY_SQL_INDEXES.items()}
    promised |= {
        (
            "pickup_slot_no_overlap",
            f"INDEX ON pickup_slot USING gist (pickup_point_id, tstzrange(starts_at, ends_at)) WHERE {STANDING}",
        ),
        (
            "slot_rule_no_overlap",
            f"INDEX ON slot_rule USING gist (pickup_point_id, weekday, {TIMES}) WHERE is_active",
        ),
        ("extra_slot_no_overlap", f"INDEX ON extra_slot USING gist (pickup_point_id, opens_on, {TIMES})"),
        ("offer_no_overlap", "INDEX ON offer USING gist (sku_id, tstzrange(starts_at, ends_at)) WHERE is_active"),
        (
            "trace_event_stored_once",
            "UNIQUE INDEX ON trace_event USING btree (event_hash, error_declared_at) NULLS NOT DISTINCT",
        ),
    }
    assert real == promised


async def _indexes(owner: asyncpg.Connection, schema: str) -> set[tuple[str, str]]:
    named = {index.name for model in expected.models() for index in model._meta.indexes}
    named |= {constraint.name for model in expected.models() for constraint in model._meta.constraints}
    named |= set(ONLY_SQL_INDEXES) | set(ONLY_SQL_CONSTRAINTS)
    return {
        (
            str(name) if name in named else "",
            str(definition).replace(f"INDEX {name} ON", "INDEX ON").removeprefix("CREATE "),
        )
        for _, name, definition in await rows(owner, expected.INDEXES, schema)
    }


async def test_foreign_keys_refuse_to_orphan(owner: asyncpg.Connection) -> None:
    """Each reference of the models with RESTRICT, and the listed composite one."""
    real = [(row[0], tuple(row[1]), row[2], row[3]) for row in await owner.fetch(expected.FOREIGN_KEYS)]
    promised = [key for model in expected.models() for key in expected.foreign_keys(model)]
    assert len(promised) > 40
    assert sorted(real) == sorted([*promised, ("stock_lot", ("lot_id", "sku_id"), "lot", "r")])


async def test_what_only_sql_says_is_there(owner: asyncpg.Connection) -> None:
    """Exclusions, nulls that are equal, the composite key, triggers."""
    found = await owner.fetch(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ANY($1)",
        list(ONLY_SQL_CONSTRAINTS),
    )
    assert dict(map(tuple, found)) == ONLY_SQL_CONSTRAINTS
    exclusions = await owner.fetch("SELECT conname FROM pg_constraint WHERE contype = 'x'")
    assert {row[0] for row in exclusions} == {
        "pickup_slot_no_overlap",
        "offer_no_overlap",
        "slot_rule_no_overlap",
        "extra_slot_no_overlap",
    }
    triggers = await owner.fetch(
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal"
    )
    assert {tuple(row) for row in triggers} == ONLY_SQL_TRIGGERS


def test_the_append_only_tables_are_known() -> None:
    """Those whose docstring says so."""
    assert LEDGERS == [
        "audit_entry",
        "audit_seal",
        "consent",
        "coupon_redemption",
        "lot_event",
        "lot_seal",
        "order_event",
        "order_line_lot",
        "order_line_short",
        "order_refund",
        "payment_event",
        "personal_access",
        "price_history",
        "reconciliation_difference",
        "reconciliation_report",
        "stock_movement",
        "trace_event",
    ]


@pytest.mark.parametrize("ledger", LEDGERS)
async def test_the_serving_role_only_adds_to_a_ledger(app_url: str, ledger: str) -> None:
    """It tries, and is refused, by each way of changing or removing a row."""
    connection = await asyncpg.connect(app_url)
    for statement in (f"UPDATE {ledger} SET id = id", f"DELETE FROM {ledger}", f"TRUNCATE {ledger} CASCADE"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    assert await connection.fetchval("SELECT has_table_privilege($1, 'SELECT, INSERT')", ledger)
    await connection.close()


async def test_the_serving_role_writes_every_other_table_and_makes_none(app_url: str, database: Database) -> None:
    """SELECT, INSERT, UPDATE and DELETE; no CREATE, and the history of migrations is read only."""
    connection = await asyncpg.connect(app_url)
    for model in expected.models():
        name = expected.table(model)
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            has = await connection.fetchval("SELECT has_table_privilege($1, $2)", name, right)
            assert has == (name not in LEDGERS or right in {"SELECT", "INSERT"}), f"{right} on {name}"
    for statement in ("CREATE TABLE mine (id int)", "DELETE FROM tortoise_migrations", "DROP TABLE sku"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    await connection.close()


def test_the_history_is_one_line() -> None:
    """Each migration depends on the one before it alone, so that two branches cannot both be newest."""
    depends = [list(import_module(f"migrations.{name}").Migration.dependencies or []) for name in migrate.KNOWN]
    assert depends == [[], *([("shop", name)] for name in migrate.KNOWN[:-1])]
    assert [name[:4] for name in migrate.KNOWN] == [f"{n:04}" for n in range(1, len(migrate.KNOWN) + 1)]


async def test_what_sql_made_goes_and_comes_again(owner_url: str) -> None:
    """Down to the last generated migration leaves nothing of ours but tables, up makes the same again.

    The way further down is Tortoise's own generated SQL.
    """
    connection = await asyncpg.connect(owner_url)
    before = [await rows(connection, catalogue, "public") for catalogue in CATALOGUES]
    await migrate.to(owner_url, GENERATED)
    left = {name for (name,) in await connection.fetch(LEFT)}
    assert left == {expected.table(model) for model in expected.models()} - MADE_LATER | GONE_LATER
    assert await migrate.upgrade(owner_url) == LATER
    assert [await rows(connection, catalogue, "public") for catalogue in CATALOGUES] == before
    await connection.close()
