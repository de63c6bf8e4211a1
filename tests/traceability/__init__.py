"""Tests of the traceability domain."""
