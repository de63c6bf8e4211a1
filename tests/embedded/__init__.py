"""Tests of app.embedded, with real processes."""
