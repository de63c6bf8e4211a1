"""Tests of app.notices."""
