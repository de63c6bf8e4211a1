"""The front end in a real browser."""
