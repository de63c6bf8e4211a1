"""Tests of app.coupons."""
