"""Tests of the registered documents."""
