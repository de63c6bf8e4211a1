"""Carts: what a visitor or a customer wants to buy, what it costs, and what stands in its way."""
