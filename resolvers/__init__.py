"""Plain functions between the schema and the shop: unpack, load, return rows."""
