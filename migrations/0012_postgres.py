"""What Tortoise cannot say: exclusion, composite keys, partial and descending indexes, a trigger."""

from tortoise import migrations
from tortoise.migrations import operations as ops

EXTENSIONS = "CREATE EXTENSION IF NOT EXISTS btree_gist; CREATE EXTENSION IF NOT EXISTS pg_trgm"

SLOTS_DO_NOT_OVERLAP = """
ALTER TABLE pickup_slot ADD CONSTRAINT pickup_slot_no_overlap
EXCLUDE USING gist (pickup_point_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
"""

OFFERS_DO_NOT_OVERLAP = """
ALTER TABLE offer ADD CONSTRAINT offer_no_overlap
EXCLUDE USING gist (sku_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (is_active)
"""

# CBV 2.0: the hash leaves the error declaration out, so an event and its declaration share it
EVENT_STORED_ONCE = """
ALTER TABLE trace_event ADD CONSTRAINT trace_event_stored_once
UNIQUE NULLS NOT DISTINCT (event_hash, error_declared_at)
"""

STOCK_IS_OF_ITS_LOT = """
ALTER TABLE stock_lot ADD CONSTRAINT stock_lot_lot_of_sku
FOREIGN KEY (lot_id, sku_id) REFERENCES lot (id, sku_id) ON DELETE RESTRICT
"""

CATEGORIES_ARE_A_TREE = """
CREATE FUNCTION category_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('category_is_a_tree')); -- two moves at once could close a circle together
  IF EXISTS (
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM category WHERE id = NEW.parent_id
      UNION SELECT c.id, c.parent_id FROM category c JOIN above ON c.id = above.parent_id
    ) SELECT 1 FROM above WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'category % would be above itself', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'category_is_a_tree';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER category_is_a_tree BEFORE INSERT OR UPDATE OF parent_id ON category
FOR EACH ROW EXECUTE FUNCTION category_refuse_circle()
"""

LISTINGS = """
CREATE INDEX product_newest ON product (published_at DESC, id DESC) WHERE status = 'PUBLISHED';
CREATE INDEX product_best_selling ON product (sales_count DESC, id DESC) WHERE status = 'PUBLISHED';
CREATE INDEX product_cheapest ON product (price_from_fen, id) WHERE status = 'PUBLISHED';
CREATE INDEX product_newest_of_category ON product (category_id, published_at DESC, id DESC)
  WHERE status = 'PUBLISHED';
CREATE INDEX review_newest ON review (product_id, created_at DESC, id DESC) WHERE moderation = 'APPROVED';
CREATE INDEX review_most_helpful ON review (product_id, helpful_count DESC, id DESC)
  WHERE moderation = 'APPROVED';
CREATE INDEX review_newest_of_rating ON review (product_id, rating, created_at DESC, id DESC)
  WHERE moderation = 'APPROVED';
CREATE INDEX review_by_customer ON review (customer_id, created_at DESC);
CREATE INDEX review_by_lot ON review (lot_id) WHERE lot_id IS NOT NULL;
CREATE INDEX pickup_slot_open ON pickup_slot (pickup_point_id, cutoff_at, starts_at);
CREATE INDEX trace_event_by_time ON trace_event (event_time, id);
CREATE INDEX trace_event_alarms ON trace_event (event_time) WHERE has_alarm
"""

DROP = """
DROP INDEX product_newest, product_best_selling, product_cheapest, product_newest_of_category, review_newest,
  review_most_helpful, review_newest_of_rating, review_by_customer, review_by_lot, pickup_slot_open,
  trace_event_by_time, trace_event_alarms;
DROP TRIGGER category_is_a_tree ON category;
DROP FUNCTION category_refuse_circle();
ALTER TABLE stock_lot DROP CONSTRAINT stock_lot_lot_of_sku;
ALTER TABLE trace_event DROP CONSTRAINT trace_event_stored_once;
ALTER TABLE offer DROP CONSTRAINT offer_no_overlap;
ALTER TABLE pickup_slot DROP CONSTRAINT pickup_slot_no_overlap
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0011_promotions_and_reviews")]

    operations = [
        ops.RunSQL(EXTENSIONS, reverse_sql="SELECT 1"),
        ops.RunSQL(
            [
                SLOTS_DO_NOT_OVERLAP,
                OFFERS_DO_NOT_OVERLAP,
                EVENT_STORED_ONCE,
                STOCK_IS_OF_ITS_LOT,
                CATEGORIES_ARE_A_TREE,
                LISTINGS,
            ],
            reverse_sql=DROP,
        ),
    ]
