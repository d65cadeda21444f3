"""Stamped sheets of the office, by number."""
