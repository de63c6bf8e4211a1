"""How rows reach the database: the columns that are copied per table, in an order that foreign keys accept."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

import asyncpg

Rows: TypeAlias = dict[str, list[tuple[Any, ...]]]
"""Rows by table, each in the order of `COLUMNS`."""

_COLUMNS = {
    "partner": "id code name kind is_active created_at",
    "category": "id parent_id slug name icon position",
    "hot_word": "id word position",
    "pickup_point": "id code name kind status city district address phone latitude longitude gln opens_at closes_at"
    " prep_minutes position created_at",
    "slot_rule": "id pickup_point_id weekday starts_at ends_at cutoff_days_before cutoff_at capacity is_active",
    "slot_closure": "id pickup_point_id closed_on reason",
    "pickup_slot": "id pickup_point_id starts_at ends_at cutoff_at capacity reserved",
    "producer": "id code name kind province city story gln licence_number licence_expires_on created_at",
    "place": "id uri name province city",
    "customer": "id display_name status is_demo created_at",
    "product": "id category_id slug name subtitle description status sold_by return_policy storage storage_min_c"
    " storage_max_c origin allergens shelf_life_days min_days_left price_from_fen sales_count rating_sum star_counts"
    " published_at created_at updated_at",
    "product_search": "id product_id name name_keys topic_keys keys",
    "sku": "id product_id code gtin spec price_fen list_price_fen net_grams pieces is_catch_weight max_per_order"
    " is_active position",
    "media": "id product_id kind position alt storage_key poster_key width height duration_seconds frame_count",
    "price_history": "id sku_id price_fen is_offer effective_at",
    "offer": "id sku_id name price_fen starts_at ends_at quota sold per_customer_limit is_active created_at",
    "lot": "id gtin lot_code sku_id producer_id status harvested_on packed_on best_before_on expires_on created_at",
    "trace_event": "id event_type event_id event_hash event_time event_offset recorded_at action biz_step disposition"
    " stage read_point biz_location biz_transactions sources destinations sensor_elements ilmd temperature_min_c"
    " temperature_max_c has_alarm corrective_event_ids canonical",
    "lot_event": "id lot_id event_id role quantity uom",
    "lot_seal": "id lot_id sequence event_id previous_hash chain_hash",
    "inspection_report": "id lot_id partner_id lab number sample_name sampled_on issued_on verdict status items"
    " created_at",
    "conformity_certificate": "id lot_id number product_name quantity origin issuer basis issued_on expires_on",
    "stock_lot": "id pickup_point_id sku_id lot_id on_hand held updated_at",
    "stock_movement": "id stock_lot_id kind on_hand_delta held_delta reason caller moved_at",
    "coupon": "id code name kind amount_fen percent_off cap_fen minimum_spend_fen scope usage_limit claimed_count"
    " per_customer_limit is_stackable claim_starts_at claim_ends_at valid_days valid_until created_at",
    "coupon_target": "id coupon_id category_id product_id",
    "coupon_code": "id coupon_id customer_id code ordinal ordinal_limit claimed_at expires_at",
    "gift_rule": "id sku_id buy_quantity gift_sku_id gift_quantity starts_at ends_at quota given is_active created_at",
    "cart": "id customer_id token_hash address_index pickup_point_id created_at touched_at",
    "cart_line": "id cart_id sku_id quantity seen_price_fen added_at",
    "review": "id product_id customer_id source sku_id lot_id pickup_point_id days_since_packed rating body media"
    " moderation moderation_reason helpful_count reply replied_at created_at",
    "review_vote": "id review_id customer_id voted_at",
    "favourite": "id customer_id product_id created_at",
    "consent": "id customer_id purpose policy_version granted channel decided_at",
    "sign_in": "id customer_id label created_at last_seen_at expires_at",
    "product_view": "id customer_id product_id viewed_at",
}
COLUMNS: dict[str, tuple[str, ...]] = {table: tuple(names.split()) for table, names in _COLUMNS.items()}


class Ids:
    """Hands out ids per table: from 1 in an empty database, or from ids reserved of the sequences."""

    def __init__(self, reserved: Mapping[str, list[int]] | None = None) -> None:
        self._next: dict[str, Iterator[int]] = {
            table: count(1) if reserved is None else iter(reserved.get(table, ())) for table in COLUMNS
        }

    def take(self, table: str) -> int:
        """The next id of a table."""
        return next(self._next[table])


@dataclass(frozen=True, slots=True)
class Book:
    """Rows under way to the database, and the ids they get."""

    ids: Ids
    rows: Rows = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, *values: Any) -> int:
        """Enters a row given without its id; the id it got."""
        key = self.ids.take(table)
        self.rows[table].append((key, *values))
        return key

    def enter(self, table: str, key: int, *values: Any) -> None:
        """Enters a row whose id was taken before."""
        self.rows[table].append((key, *values))


async def reserve(connection: asyncpg.Connection, wanted: Mapping[str, int]) -> Ids:
    """Ids that nobody else will get, `wanted` of them per table, taken from the sequences."""
    reserved = {
        table: [
            row[0]
            for row in await connection.fetch(
                "SELECT nextval($1::regclass) FROM generate_series(1, $2)", f"{table}_id_seq", number
            )
        ]
        for table, number in wanted.items()
    }
    return Ids(reserved)


async def copy(connection: asyncpg.Connection, rows: Rows) -> int:
    """Writes rows with COPY, parents before children; how many there were."""
    written = 0
    for table, columns in COLUMNS.items():
        if found := rows.get(table):
            await connection.copy_records_to_table(table, records=found, columns=columns)
            written += len(found)
    return written


async def advance_sequences(connection: asyncpg.Connection) -> None:
    """Sets each table's sequence behind the ids that were written explicitly."""
    for table in COLUMNS:
        await connection.execute(
            f"SELECT setval('{table}_id_seq', GREATEST((SELECT max(id) FROM {table}), 1), EXISTS (SELECT FROM {table}))"
        )
