"""Tests of app.holds."""
