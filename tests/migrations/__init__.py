"""Tests of what the migrations make."""
