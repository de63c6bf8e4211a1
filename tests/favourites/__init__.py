"""Tests of app/favourites."""
