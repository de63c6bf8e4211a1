"""Prices for a limited time."""
