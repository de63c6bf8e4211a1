"""Tests of app.promotions."""
