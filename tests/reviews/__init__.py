"""Tests of app.reviews."""
