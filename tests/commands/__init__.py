"""Tests of the commands of `yougou`."""
