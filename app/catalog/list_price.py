"""What a crossed-out price (划线价) may not exceed, as SQL: one rule for who writes it and for who shows it.

That is the lowest price asked within the 7 days before the present price began, or else the one before; offers count
(明码标价和禁止价格欺诈规定, art. 17).
"""

PRICE_BEGAN = (
    "(SELECT max(h.effective_at) FROM price_history h WHERE h.sku_id = s.id AND NOT h.is_offer"
    " AND h.effective_at <= $2)"
)
"""When the present regular price of `sku s` began, at the time $2; null without one."""

ASKED_BEFORE = """
    SELECT h.price_fen FROM price_history h WHERE h.sku_id = s.id
      AND h.effective_at > began.at - interval '7 days' AND h.effective_at < began.at
    UNION ALL (SELECT h.price_fen FROM price_history h WHERE h.sku_id = s.id AND NOT h.is_offer
      AND h.effective_at <= began.at - interval '7 days' ORDER BY h.effective_at DESC LIMIT 1)
    UNION ALL SELECT e.price_fen FROM offer e WHERE e.sku_id = s.id AND e.is_active
      AND e.starts_at < began.at AND e.ends_at > began.at - interval '7 days'
  """
"""The prices asked of `sku s` before a price that began at `began.at`: rows of `price_fen`, to be minimised."""
