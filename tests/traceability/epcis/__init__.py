"""Tests of the EPCIS reader."""
