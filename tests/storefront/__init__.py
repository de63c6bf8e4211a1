"""Tests of app.storefront."""
