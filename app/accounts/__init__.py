"""Customers, staff and what they may do."""
