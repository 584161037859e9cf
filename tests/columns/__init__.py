"""Tests of the rules in columns."""
