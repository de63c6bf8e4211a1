"""Tests of app.typescript."""
