"""Lessons, made from the examples that stand in the file of each service."""
