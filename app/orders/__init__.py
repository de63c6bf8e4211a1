"""Buying: checkout, quote, order, and every outcome of its payment."""
