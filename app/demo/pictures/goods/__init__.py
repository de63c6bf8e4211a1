"""How kinds of goods are built."""
