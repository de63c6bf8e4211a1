"""JavaScript clients against the running shop."""
