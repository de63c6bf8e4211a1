"""Tests of app/files."""
