"""Tests of app.inventory."""
