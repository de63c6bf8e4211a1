"""Tests of pickup points and slots."""
