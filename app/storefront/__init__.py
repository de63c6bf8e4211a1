"""Reads that span several domains: what a customer sees of the shop."""
