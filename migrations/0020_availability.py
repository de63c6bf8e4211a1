from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint

# Two changes at once are put in order by the lock on the row; the UPDATE is a statement of its own, so that it sees
# what those who held the lock before have committed. Rows are locked in one order.
RENEW = """
CREATE FUNCTION product_availability_renew(product_ids bigint[], point_ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO product_availability (product_id, pickup_point_id)
  SELECT DISTINCT asked.product_id, asked.point_id FROM unnest(product_ids, point_ids) AS asked(product_id, point_id)
  WHERE NOT EXISTS (
    SELECT FROM product_availability a
    WHERE a.product_id = asked.product_id AND a.pickup_point_id = asked.point_id
  ) ORDER BY 1, 2 ON CONFLICT DO NOTHING;
  PERFORM FROM product_availability a JOIN unnest(product_ids, point_ids) AS asked(product_id, point_id)
    ON a.product_id = asked.product_id AND a.pickup_point_id = asked.point_id
  ORDER BY a.product_id, a.pickup_point_id FOR UPDATE OF a;
  UPDATE product_availability a SET sellable_until = found.last_day FROM (
    SELECT asked.product_id, asked.point_id, (
      SELECT max(LEAST(l.expires_on - p.min_days_left, f.licence_expires_on))
      FROM product p JOIN sku k ON k.product_id = p.id AND k.is_active
      JOIN stock_lot t ON t.sku_id = k.id AND t.pickup_point_id = asked.point_id AND t.on_hand > t.held
      JOIN lot l ON l.id = t.lot_id AND l.status = 'SELLABLE' AND l.expires_on IS NOT NULL
      JOIN producer f ON f.id = l.producer_id AND f.licence_expires_on IS NOT NULL
      WHERE p.id = asked.product_id
    ) AS last_day
    FROM (SELECT DISTINCT * FROM unnest(product_ids, point_ids)) AS asked(product_id, point_id)
  ) AS found
  WHERE a.product_id = found.product_id AND a.pickup_point_id = found.point_id
    AND a.sellable_until IS DISTINCT FROM found.last_day;
END $$
"""

# Selling from a lot that has more changes nothing here: only the first and the last unit do.
OF_STOCK = """
CREATE FUNCTION stock_lot_moves_availability() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE product_ids bigint[]; point_ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- who is putting one of these lots on hold does not see this row yet: wait for them
    PERFORM FROM lot WHERE id IN (SELECT lot_id FROM after_rows) ORDER BY id FOR SHARE;
    SELECT array_agg(k.product_id), array_agg(t.pickup_point_id) INTO product_ids, point_ids
    FROM after_rows t JOIN sku k ON k.id = t.sku_id WHERE t.on_hand > t.held;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(k.product_id), array_agg(t.pickup_point_id) INTO product_ids, point_ids
    FROM before_rows t JOIN sku k ON k.id = t.sku_id WHERE t.on_hand > t.held;
  ELSE
    WITH before AS (SELECT sku_id, lot_id, pickup_point_id FROM before_rows WHERE on_hand > held),
      after AS (SELECT sku_id, lot_id, pickup_point_id FROM after_rows WHERE on_hand > held),
      changed AS ((TABLE before EXCEPT TABLE after) UNION ALL (TABLE after EXCEPT TABLE before))
    SELECT array_agg(k.product_id), array_agg(t.pickup_point_id) INTO product_ids, point_ids
    FROM changed t JOIN sku k ON k.id = t.sku_id;
  END IF;
  IF product_ids IS NOT NULL THEN
    PERFORM product_availability_renew(product_ids, point_ids);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stock_lot_inserted AFTER INSERT ON stock_lot REFERENCING NEW TABLE AS after_rows
FOR EACH STATEMENT EXECUTE FUNCTION stock_lot_moves_availability();
CREATE TRIGGER stock_lot_deleted AFTER DELETE ON stock_lot REFERENCING OLD TABLE AS before_rows
FOR EACH STATEMENT EXECUTE FUNCTION stock_lot_moves_availability();
CREATE TRIGGER stock_lot_updated AFTER UPDATE ON stock_lot REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
FOR EACH STATEMENT EXECUTE FUNCTION stock_lot_moves_availability()
"""

OF_WHAT_IT_IS = """
CREATE FUNCTION row_moves_availability() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE product_ids bigint[]; point_ids bigint[];
BEGIN
  IF TG_TABLE_NAME = 'lot' THEN
    SELECT array_agg(k.product_id), array_agg(t.pickup_point_id) INTO product_ids, point_ids FROM (
      SELECT id, status, expires_on, producer_id FROM before_rows
      EXCEPT SELECT id, status, expires_on, producer_id FROM after_rows
    ) AS l JOIN stock_lot t ON t.lot_id = l.id AND t.on_hand > t.held JOIN sku k ON k.id = t.sku_id;
  ELSIF TG_TABLE_NAME = 'producer' THEN
    SELECT array_agg(k.product_id), array_agg(t.pickup_point_id) INTO product_ids, point_ids FROM (
      SELECT id, licence_expires_on FROM before_rows EXCEPT SELECT id, licence_expires_on FROM after_rows
    ) AS f JOIN lot l ON l.producer_id = f.id
    JOIN stock_lot t ON t.lot_id = l.id AND t.on_hand > t.held JOIN sku k ON k.id = t.sku_id;
  ELSIF TG_TABLE_NAME = 'product' THEN
    SELECT array_agg(a.product_id), array_agg(a.pickup_point_id) INTO product_ids, point_ids FROM (
      SELECT id, min_days_left FROM before_rows EXCEPT SELECT id, min_days_left FROM after_rows
    ) AS p JOIN product_availability a ON a.product_id = p.id;
  ELSE
    WITH before AS (SELECT id, product_id, is_active FROM before_rows),
      after AS (SELECT id, product_id, is_active FROM after_rows),
      changed AS ((TABLE before EXCEPT TABLE after) UNION ALL (TABLE after EXCEPT TABLE before))
    SELECT array_agg(k.product_id), array_agg(t.pickup_point_id) INTO product_ids, point_ids
    FROM changed k JOIN stock_lot t ON t.sku_id = k.id AND t.on_hand > t.held;
  END IF;
  IF product_ids IS NOT NULL THEN
    PERFORM product_availability_renew(product_ids, point_ids);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER lot_updated AFTER UPDATE ON lot REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
FOR EACH STATEMENT EXECUTE FUNCTION row_moves_availability();
CREATE TRIGGER producer_updated AFTER UPDATE ON producer REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
FOR EACH STATEMENT EXECUTE FUNCTION row_moves_availability();
CREATE TRIGGER product_updated AFTER UPDATE ON product REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
FOR EACH STATEMENT EXECUTE FUNCTION row_moves_availability();
CREATE TRIGGER sku_updated AFTER UPDATE ON sku REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
FOR EACH STATEMENT EXECUTE FUNCTION row_moves_availability()
"""

FILL = """
SELECT product_availability_renew(array_agg(product_id), array_agg(pickup_point_id)) FROM (
  SELECT DISTINCT k.product_id, t.pickup_point_id FROM stock_lot t JOIN sku k ON k.id = t.sku_id
) AS stocked
"""

# All that filters, facets and orders of a list read of a product, so that counting the whole shop touches no row of
# it; what is at a point, by day; the offers that run; and which products stand under a word on their shelf.
INDEXES = """
CREATE INDEX product_choices ON product (id) INCLUDE (category_id, origin, storage, sold_by, price_from_fen,
  rating_sum, star_counts, sales_count, published_at) WHERE status = 'PUBLISHED';
CREATE INDEX product_availability_by_point ON product_availability (pickup_point_id, sellable_until, product_id);
CREATE INDEX offer_running ON offer (ends_at) INCLUDE (starts_at, sku_id, price_fen)
  WHERE is_active AND (quota IS NULL OR sold < quota);
CREATE INDEX sku_prices ON sku (id) INCLUDE (product_id, price_fen) WHERE is_active;
CREATE INDEX product_search_by_topic_keys ON product_search USING gin (topic_keys)
"""

# Keys are matched by their indexes and never read: out of the way of names, which are.
KEYS_APART = "ALTER TABLE product_search SET (toast_tuple_target = 128)"

DROP = """
ALTER TABLE product_search RESET (toast_tuple_target);
DROP INDEX product_choices, product_availability_by_point, offer_running, sku_prices, product_search_by_topic_keys;
DROP TRIGGER stock_lot_inserted ON stock_lot;
DROP TRIGGER stock_lot_deleted ON stock_lot;
DROP TRIGGER stock_lot_updated ON stock_lot;
DROP TRIGGER lot_updated ON lot;
DROP TRIGGER producer_updated ON producer;
DROP TRIGGER product_updated ON product;
DROP TRIGGER sku_updated ON sku;
DROP FUNCTION stock_lot_moves_availability(), row_moves_availability(),
  product_availability_renew(bigint[], bigint[])
"""


def ref(to: str, column: str) -> fields.ForeignKeyField:
    return fields.ForeignKeyField(
        to, source_field=column, db_constraint=True, to_field="id", related_name=False, on_delete=OnDelete.RESTRICT
    )


class Migration(migrations.Migration):
    dependencies = [("shop", "0019_partner_events")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ProductAvailability",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("product", ref("shop.Product", "product_id")),
                ("pickup_point", ref("shop.PickupPoint", "pickup_point_id")),
                ("sellable_until", fields.DateField(null=True)),
            ],
            options={
                "table": "product_availability",
                "app": "shop",
                "pk_attr": "id",
                "table_description": "Until which day a product can be handed out at a pickup point, from what stands there now.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="ProductAvailability",
            constraint=UniqueConstraint(
                fields=("product_id", "pickup_point_id"),
                name="product_availability_product_id_pickup_point_id_key",
            ),
        ),
        ops.RunSQL([RENEW, OF_STOCK, OF_WHAT_IT_IS, INDEXES, KEYS_APART, FILL], reverse_sql=DROP),
    ]
