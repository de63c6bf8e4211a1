"""One module per noun of the schema."""
