"""The demo's pictures."""
