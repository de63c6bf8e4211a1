"""Tests of consent, export and erasure."""
