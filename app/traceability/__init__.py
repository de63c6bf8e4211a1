"""Lots and their trace events: where food comes from and where it went."""
