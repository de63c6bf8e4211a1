"""Registered GraphQL documents of each app."""
