"""Tests of resolvers."""
