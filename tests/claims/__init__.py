"""Tests of defect claims."""
