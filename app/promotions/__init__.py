"""Prices: what a cart costs, offers for a limited time, and how many of their units are left."""
