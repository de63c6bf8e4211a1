"""Reads an uploaded file to its end, in a process of its own that may be killed."""
